"""The first half of the fold: facts become rows, each the same whatever came before it.

Seasons, homes and first answers are kept here; minutes that come without an answer in `credited`.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from events.competition import RaceQuestionAnswered
from events.learning import QuestionAnswered
from events.member import MemberMoved, MemberRegistered
from events.rating import SeasonCalibrated, SeasonOpened
from events.workplace import RunFinished
from psot.ledger import Recorded
from psot.ratings.rules import season_named, week_at
from psot.ratings.tally import First

SCENARIO = "workplace:"
"""Before the id of a scenario where it stands among the questions."""
NO_EFFORT_MS = -1
"""Time of a run's answer: no minutes for effort, since its norm is credited instead."""

Home = tuple[datetime, str]
Homes = dict[UUID, list[Home]]
Fresh = dict[UUID, list[First] | None]

_OPEN = text(
    """
    INSERT INTO rating_seasons (season, starts_on, weeks, rules, mean_ppm, epoch)
    VALUES (:season, :starts_on, :weeks, :rules, :mean_ppm, nextval('rating_versions'))
    ON CONFLICT (season) DO NOTHING RETURNING season
    """
)
_CALIBRATE = text(
    """
    INSERT INTO rating_calibrations AS kept
        (season, number, weeks_elapsed, mean_ppm, facility_ppm, median_ms, left_out, left_out_at,
         taken_at)
    VALUES (:season, :number, :weeks_elapsed, :mean_ppm,
            CAST(:facility_ppm AS jsonb), CAST(:median_ms AS jsonb), CAST(:left_out AS jsonb),
            CAST(:left_out_at AS jsonb), :taken_at)
    ON CONFLICT (season) DO UPDATE
    SET number = excluded.number, weeks_elapsed = excluded.weeks_elapsed,
        mean_ppm = excluded.mean_ppm, facility_ppm = excluded.facility_ppm,
        median_ms = excluded.median_ms, left_out = excluded.left_out,
        left_out_at = excluded.left_out_at, taken_at = excluded.taken_at
    WHERE excluded.number > kept.number
    RETURNING season
    """
)
_HOMES = text(
    "SELECT member, since, region FROM rating_homes WHERE member = ANY(CAST(:members AS uuid[]))"
)
_SETTLE = text(
    """
    INSERT INTO rating_homes (member, since, region)
    SELECT * FROM unnest(CAST(:members AS uuid[]), CAST(:since AS timestamptz[]),
                         CAST(:regions AS text[]))
    ON CONFLICT DO NOTHING
    """
)
# Of two first answers the one given earlier stands, in a quiz or in a race; the rest of the order
# only decides between answers of one moment, so that every order of folding decides alike.
_ANSWER = text(
    """
    INSERT INTO rating_attempts AS kept
        (season, member, question, question_version, nth, answered_at, attempt, quiz, week,
         score_ppm, response_ms, race)
    SELECT * FROM json_to_recordset(CAST(:rows AS json)) AS new (
        season text, member uuid, question text, question_version int, nth int,
        answered_at timestamptz, attempt uuid,
        quiz text, week int, score_ppm int, response_ms bigint, race uuid)
    ON CONFLICT (season, member, question) DO UPDATE
    SET question_version = excluded.question_version,
        nth = excluded.nth, answered_at = excluded.answered_at, attempt = excluded.attempt,
        quiz = excluded.quiz, week = excluded.week, score_ppm = excluded.score_ppm,
        response_ms = excluded.response_ms, race = excluded.race
    WHERE (excluded.answered_at, excluded.nth, excluded.attempt)
        < (kept.answered_at, kept.nth, kept.attempt)
    RETURNING season, member, question, xmax = 0 AS inserted
    """
)


def open_seasons(session: Session, batch: Sequence[Recorded]) -> set[str]:
    """Keep the seasons of the batch; returns those that were not open before.

    Raises ValueError for a season that is not the calendar's: then its weeks would not be either.
    """
    opened: set[str] = set()
    for fact in (one.fact for one in batch if isinstance(one.fact, SeasonOpened)):
        calendar = season_named(fact.season)
        if (calendar.starts_on, calendar.weeks) != (fact.starts_on, fact.weeks):
            raise ValueError(f"{fact.season} does not start on {fact.starts_on}")
        values = {
            "season": fact.season,
            "starts_on": fact.starts_on,
            "weeks": fact.weeks,
            "rules": fact.rules,
            "mean_ppm": fact.mean_ppm,
        }
        opened.update(session.execute(_OPEN, values).scalars())
    return opened


def keep_calibrations(session: Session, batch: Sequence[Recorded]) -> set[str]:
    """Keep the newest calibration of each season; returns the seasons that got a newer one."""
    newer: set[str] = set()
    for one in batch:
        if isinstance(one.fact, SeasonCalibrated):
            values = {
                "season": one.fact.season,
                "number": one.fact.number,
                "weeks_elapsed": one.fact.weeks_elapsed,
                "mean_ppm": one.fact.mean_ppm,
                "facility_ppm": json.dumps(one.fact.facility_ppm),
                "median_ms": json.dumps(one.fact.median_ms),
                "left_out": json.dumps(one.fact.left_out),
                "left_out_at": json.dumps(
                    {name: since.isoformat() for name, since in one.fact.left_out_at.items()}
                ),
                "taken_at": one.occurred_at,
            }
            newer.update(session.execute(_CALIBRATE, values).scalars())
    return newer


def settle(session: Session, batch: Sequence[Recorded]) -> tuple[Homes, Homes]:
    """Keep where members live; returns the homes of the members concerned, before and after."""
    told = [
        (one.fact.member, one.occurred_at, one.fact.region)
        for one in batch
        if isinstance(one.fact, MemberRegistered | MemberMoved)
    ]
    if not told:
        return {}, {}
    members = sorted({member for member, _, _ in told})
    before = homes_of(session, members)
    session.execute(
        _SETTLE,
        {
            "members": [member for member, _, _ in told],
            "since": [since for _, since, _ in told],
            "regions": [region for _, _, region in told],
        },
    )
    return before, homes_of(session, members)


def homes_of(session: Session, members: Iterable[UUID]) -> Homes:
    """Return every home of each of ``members``, in no order."""
    homes: Homes = {member: [] for member in members}
    for row in session.execute(_HOMES, {"members": list(homes)}):
        homes[row.member].append((row.since, row.region))
    return homes


def keep_answers(session: Session, batch: Sequence[Recorded]) -> dict[str, Fresh]:
    """Keep first answers; returns by season and member those that are new.

    None stands for a member of whom an answer known before gave way to an earlier one.
    """
    rows = _firsts(batch)
    if not rows:
        return {}
    told = json.dumps(list(rows.values()), default=str)
    fresh: dict[str, Fresh] = {}
    for season, member, question, inserted in session.execute(_ANSWER, {"rows": told}):
        of_season = fresh.setdefault(season, {})
        known = of_season.get(member, [])
        if not inserted or known is None:
            of_season[member] = None
            continue
        row = rows[season, member, question]
        known.append(
            First(
                question=question,
                week=row["week"],
                score_ppm=row["score_ppm"],
                response_ms=row["response_ms"],
                version=row["question_version"],
            )
        )
        of_season[member] = known
    return fresh


def _firsts(batch: Sequence[Recorded]) -> dict[tuple[str, UUID, str], dict[str, Any]]:
    """Return the first answer of the batch for each season, member and question, as a row."""
    rows: dict[tuple[str, UUID, str], dict[str, Any]] = {}
    order: dict[tuple[str, UUID, str], tuple[datetime, int, UUID]] = {}
    for one in batch:
        fact = one.fact
        if isinstance(fact, QuestionAnswered | RaceQuestionAnswered):
            given = _given_in(fact)
        elif isinstance(fact, RunFinished) and fact.number == 1:
            given = _run(fact)
        else:
            continue
        season, week = week_at(one.occurred_at)
        where = (season, fact.member, given["question"])
        place = (one.occurred_at, given["nth"], given["attempt"])
        if where in order and order[where] <= place:
            continue
        order[where] = place
        rows[where] = {
            "season": season,
            "member": fact.member,
            "answered_at": one.occurred_at,
            "week": week,
            "score_ppm": fact.score_ppm,
            **given,
        }
    return rows


def _given_in(fact: QuestionAnswered | RaceQuestionAnswered) -> dict[str, Any]:
    """Return where an answer was given: in an attempt at a quiz, or in a race."""
    asked = {
        "question": fact.question,
        "question_version": fact.question_version,
        "response_ms": fact.response_ms,
    }
    if isinstance(fact, RaceQuestionAnswered):
        return {"nth": 0, "attempt": fact.race, "quiz": "", "race": fact.race, **asked}
    return {"nth": fact.nth, "attempt": fact.attempt, "quiz": fact.quiz, "race": None, **asked}


def _run(fact: RunFinished) -> dict[str, Any]:
    """Return the first run of a scenario as the first answer to a question of its name."""
    return {
        "question": f"{SCENARIO}{fact.scenario}",
        "question_version": fact.version,
        "response_ms": NO_EFFORT_MS,
        "nth": fact.number,
        "attempt": fact.run,
        "quiz": "",
        "race": None,
    }
