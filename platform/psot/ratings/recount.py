"""The second half of the fold: the figures of the members touched, and the sums of their regions.

A member's figures are made of a tally of whole numbers: new answers are added to it exactly, and
what changes for everybody has it counted anew. A region's sums change by the exact difference of
its members. So nothing drifts.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, TextClause, text
from sqlalchemy.orm import Session

from psot.ratings.contributions import contributions, given_minutes
from psot.ratings.credited import Watched
from psot.ratings.homes import Standing, standing
from psot.ratings.intake import Fresh, homes_of
from psot.ratings.rules import Standard, figures
from psot.ratings.sums import NOTHING, Sums
from psot.ratings.tally import Tally
from scoring.rating import EffectivenessSums, squared_ppm2

CHUNK = 5000

Row = dict[str, Any]

_TALLIES = text(
    """
    SELECT member, sum(attempts)::int AS attempts, array_agg(week) AS weeks,
           array_agg(efforts) AS efforts, sum(weight_ppm)::bigint AS weight_ppm,
           sum(weighted)::bigint AS weighted
    FROM (
        SELECT a.member, a.week, count(*) AS attempts,
               count(*) FILTER (WHERE a.response_ms >= coalesce(q.effort_from_ms, 0)) AS efforts,
               sum(w.weight_ppm) AS weight_ppm, sum(w.weight_ppm * a.score_ppm) AS weighted
        FROM rating_attempts a
        LEFT JOIN unnest(CAST(:questions AS text[]), CAST(:weights_ppm AS bigint[]),
                         CAST(:efforts_ms AS bigint[])) AS q (question, weight_ppm, effort_from_ms)
            USING (question)
        LEFT JOIN unnest(CAST(:out AS text[]), CAST(:out_versions AS int[]))
            AS o (question, question_version) USING (question, question_version)
        CROSS JOIN LATERAL (
            SELECT CASE WHEN o.question IS NULL THEN coalesce(q.weight_ppm, :unknown_ppm)
                   ELSE 0 END AS weight_ppm) AS w
        WHERE a.season = :season AND a.member = ANY(CAST(:members AS uuid[]))
        GROUP BY a.member, a.week
    ) AS weeks GROUP BY member
    """
)
# The answers of a batch are many and its questions too; while statistics are young the planner
# believes in one of each and would walk all questions for every answer.
_NO_LOOPS = text("SET LOCAL enable_nestloop = off")
_LOOPS = text("SET LOCAL enable_nestloop = on")
_RACED = text(
    """
    SELECT member, week, sum(minutes)::int AS minutes
    FROM (
        SELECT season, member, week, minutes FROM rating_participations
        UNION ALL SELECT season, member, week, minutes FROM rating_practices
    ) AS normed
    WHERE season = :season AND member = ANY(CAST(:members AS uuid[])) GROUP BY member, week
    """
)
_WATCHED = text(
    """
    SELECT member, week, sum(ms)::bigint AS ms FROM rating_watched
    WHERE season = :season AND member = ANY(CAST(:members AS uuid[])) GROUP BY member, week
    """
)
_STORED = text(
    "SELECT * FROM rating_members WHERE season = :season AND member = ANY(CAST(:members AS uuid[]))"
)
_WRITE = text(
    """
    INSERT INTO rating_members (season, member, region, on_roster, activity_ppb, effectiveness_ppb,
                                rating_milli, minutes, first_attempts, weight_ppm, weighted_ppm2,
                                efforts, race_minutes, watched_ms, given_minutes, version)
    SELECT :season, new.*, nextval('rating_versions')
    FROM json_to_recordset(CAST(:rows AS json)) AS new (
        member uuid, region text, on_roster boolean, activity_ppb bigint, effectiveness_ppb bigint,
        rating_milli int, minutes int, first_attempts int, weight_ppm bigint, weighted_ppm2 bigint,
        efforts int[], race_minutes int[], watched_ms bigint[], given_minutes int[])
    ON CONFLICT (season, member) DO UPDATE
    SET region = excluded.region, on_roster = excluded.on_roster,
        activity_ppb = excluded.activity_ppb, effectiveness_ppb = excluded.effectiveness_ppb,
        rating_milli = excluded.rating_milli, minutes = excluded.minutes,
        first_attempts = excluded.first_attempts, weight_ppm = excluded.weight_ppm,
        weighted_ppm2 = excluded.weighted_ppm2, efforts = excluded.efforts,
        race_minutes = excluded.race_minutes, watched_ms = excluded.watched_ms,
        given_minutes = excluded.given_minutes, version = excluded.version
    """
)
_WRITTEN = (
    "member",
    "region",
    "on_roster",
    "activity_ppb",
    "effectiveness_ppb",
    "rating_milli",
    "minutes",
    "first_attempts",
    "weight_ppm",
    "weighted_ppm2",
    "efforts",
    "race_minutes",
    "watched_ms",
    "given_minutes",
)
_EVERYBODY = text(
    "SELECT member FROM rating_attempts WHERE season = :season"
    " UNION SELECT member FROM rating_participations WHERE season = :season"
    " UNION SELECT member FROM rating_practices WHERE season = :season"
    " UNION SELECT member FROM rating_watched WHERE season = :season"
    " UNION SELECT member FROM rating_contributions WHERE season = :season"
)


def recount(
    session: Session, standard: Standard, touched: Fresh, watched: Watched
) -> dict[str, Sums]:
    """Bring the rows of the members ``touched`` up to date; returns what changed for each region.

    The new first answers of a member, and what was newly credited of recordings, are added to the
    stored tally; None has it counted anew.
    """
    changed: dict[str, Sums] = defaultdict(lambda: NOTHING)
    members = sorted(touched)
    for start in range(0, len(members), CHUNK):
        chunk = {member: touched[member] for member in members[start : start + CHUNK]}
        for region, difference in _recount(session, standard, chunk, watched):
            changed[region] += difference
    return changed


def everybody(session: Session, season: str) -> list[UUID]:
    """Return all who have anything in ``season``: answers, races, practice, recordings, gifts."""
    return list(session.execute(_EVERYBODY, {"season": season}).scalars())


def rows_under(session: Session, standard: Standard, members: Sequence[UUID]) -> Iterator[Row]:
    """Yield the rows of ``members`` as ``standard`` would have them, whatever is stored.

    Reads what counts of each anew and writes nothing: for trying rules on a season.
    """
    homes = homes_of(session, members)
    for member, tally in _counted(session, standard, members):
        yield _row(member, tally, standing(homes[member], standard.starts_at), standard)


def _recount(
    session: Session, standard: Standard, touched: Fresh, watched: Watched
) -> Iterator[tuple[str, Sums]]:
    named = {"season": standard.season, "members": list(touched)}
    stored = {row["member"]: dict(row) for row in session.execute(_STORED, named).mappings()}
    homes = homes_of(session, touched)
    changed = []
    for member, tally in _tallied(session, standard, touched, watched, stored):
        old = stored.get(member)
        new = _row(member, tally, standing(homes[member], standard.starts_at), standard)
        if old is not None and all(old[name] == new[name] for name in _WRITTEN):
            continue
        changed.append(new)
        if old is not None and old["on_roster"]:
            yield old["region"], -sums_of(old, standard)
        if new["on_roster"]:
            yield new["region"], sums_of(new, standard)
    if changed:
        rows = json.dumps(changed, default=str)
        session.execute(_WRITE, {"season": standard.season, "rows": rows})


def _tallied(
    session: Session,
    standard: Standard,
    touched: Fresh,
    watched: Watched,
    stored: Mapping[UUID, Row],
) -> Iterator[tuple[UUID, Tally]]:
    anew = []
    for member, answers in touched.items():
        if answers is None or member not in stored:
            anew.append(member)
            continue
        row = stored[member]
        tally = Tally(
            first_attempts=row["first_attempts"],
            efforts=tuple(row["efforts"]),
            weight_ppm=row["weight_ppm"],
            weighted_ppm2=row["weighted_ppm2"],
            race_minutes=tuple(row["race_minutes"]),
            watched_ms=tuple(row["watched_ms"]),
            given_minutes=tuple(row["given_minutes"]),
        )
        tally = tally.with_answers(answers, standard)
        yield member, tally.with_watched(watched.get(member, {}), standard)
    if anew:
        yield from _counted(session, standard, anew)


def _counted(
    session: Session, standard: Standard, members: Sequence[UUID]
) -> Iterator[tuple[UUID, Tally]]:
    """Add up all that counts of each of ``members``, in the database."""
    questions = standard.measured
    session.execute(_NO_LOOPS)
    rows = session.execute(
        _TALLIES,
        {
            "season": standard.season,
            "members": list(members),
            "questions": list(questions),
            "weights_ppm": [standard.weight_ppm(one) for one in questions],
            "efforts_ms": [standard.effort_from_ms(one) for one in questions],
            "unknown_ppm": standard.unknown_weight_ppm,
            "out": [question for question, _ in standard.editions_out],
            "out_versions": [version for _, version in standard.editions_out],
        },
    ).all()
    session.execute(_LOOPS)
    raced = _by_week(session, _RACED, standard, members)
    watched = _by_week(session, _WATCHED, standard, members)
    given = {
        member: given_minutes(found, standard)
        for member, found in contributions(session, standard, members).items()
    }
    none = (0,) * standard.parameters.weeks
    for row in rows:
        efforts = dict(zip(row.weeks, row.efforts, strict=True))
        tally = Tally(
            first_attempts=row.attempts,
            efforts=tuple(efforts.get(week, 0) for week in range(standard.parameters.weeks)),
            weight_ppm=row.weight_ppm,
            weighted_ppm2=row.weighted,
            race_minutes=raced.pop(row.member, ()),
            watched_ms=watched.pop(row.member, ()),
            given_minutes=given.pop(row.member, ()),
        )
        yield row.member, tally
    for member in sorted(raced.keys() | watched.keys() | given.keys()):
        tally = Tally(
            first_attempts=0,
            efforts=none,
            weight_ppm=0,
            weighted_ppm2=0,
            race_minutes=raced.get(member, ()),
            watched_ms=watched.get(member, ()),
            given_minutes=given.get(member, ()),
        )
        yield member, tally


def _by_week(
    session: Session, statement: TextClause, standard: Standard, members: Sequence[UUID]
) -> dict[UUID, tuple[int, ...]]:
    """Return what each week holds, of those of ``members`` who have anything."""
    found: dict[UUID, list[int]] = {}
    named = {"season": standard.season, "members": list(members)}
    for member, week, amount in session.execute(statement, named):
        found.setdefault(member, [0] * standard.parameters.weeks)[week] = amount
    return {member: tuple(weeks) for member, weeks in found.items()}


def _row(member: UUID, tally: Tally, where: Standing, standard: Standard) -> Row:
    sums = EffectivenessSums(weight_ppm=tally.weight_ppm, weighted_score_ppm2=tally.weighted_ppm2)
    activity_ppb, effectiveness_ppb, rating_milli, minutes = figures(
        standard,
        tally.efforts,
        sums,
        race_minutes=tally.race_minutes,
        watched_ms=tally.watched_ms,
        given_minutes=tally.given_minutes,
    )
    return {
        "member": member,
        "region": where.region,
        "on_roster": where.on_roster,
        "activity_ppb": activity_ppb,
        "effectiveness_ppb": effectiveness_ppb,
        "rating_milli": rating_milli,
        "minutes": minutes,
        "first_attempts": tally.first_attempts,
        "weight_ppm": tally.weight_ppm,
        "weighted_ppm2": tally.weighted_ppm2,
        "efforts": list(tally.efforts),
        "race_minutes": list(tally.race_minutes),
        "watched_ms": list(tally.watched_ms),
        "given_minutes": list(tally.given_minutes),
    }


def sums_of(row: Row | RowMapping, standard: Standard) -> Sums:
    """Return what a member's row on a roster adds to the sums of its region."""
    qualified = row["first_attempts"] >= standard.parameters.region_min_attempts
    return Sums(
        active=1,
        activity_ppb=row["activity_ppb"],
        qualified=int(qualified),
        effectiveness_ppb=row["effectiveness_ppb"] if qualified else 0,
        activity_ppm2=squared_ppm2(row["activity_ppb"]),
        effectiveness_ppm2=squared_ppm2(row["effectiveness_ppb"]) if qualified else 0,
    )
