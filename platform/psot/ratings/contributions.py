"""What members give to others: answers that an expert accepted, questions that were approved.

Each counts once for ever, in the week of its first acceptance or approval, and only so many of a
kind in one week. An answer that an editor took down is worth nothing while it is down.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from events.community import AnswerAccepted, PostRestored, PostTakenDown
from events.library import VersionPublished
from psot.ledger import Recorded
from psot.ratings.rules import Standard, week_at
from scoring.rating import Parameters, Week, credited_minutes

ANSWER = "answer"
QUESTION = "question"

# Of several acceptances in a season the first one stands.
_GIVE = text(
    """
    INSERT INTO rating_contributions AS kept
        (kind, object, season, member, week, earned_at, approved_by, thread)
    SELECT * FROM json_to_recordset(CAST(:rows AS json)) AS new (
        kind text, object text, season text, member uuid, week int, earned_at timestamptz,
        approved_by uuid, thread uuid)
    ON CONFLICT (kind, object, season) DO UPDATE
    SET member = excluded.member, week = excluded.week, earned_at = excluded.earned_at,
        approved_by = excluded.approved_by, thread = excluded.thread
    WHERE (excluded.earned_at, excluded.approved_by, excluded.thread)
        < (kept.earned_at, kept.approved_by, kept.thread)
    """
)
_DECIDE = text(
    """
    INSERT INTO rating_decisions (answer, nth, decided_at, down)
    SELECT * FROM json_to_recordset(CAST(:rows AS json)) AS new (
        answer text, nth int, decided_at timestamptz, down boolean)
    ON CONFLICT DO NOTHING
    """
)
_TOUCHED = text(
    "SELECT season, member FROM rating_contributions WHERE object = ANY(:objects)"
    " GROUP BY season, member"
)
_GIVEN = text(
    """
    SELECT c.member, c.kind, c.object, c.week, c.earned_at, c.approved_by, c.thread,
           EXISTS (SELECT FROM rating_contributions e
                   WHERE e.kind = c.kind AND e.object = c.object
                     AND e.season COLLATE "C" < c.season COLLATE "C") AS earlier,
           c.kind = 'answer' AND coalesce((
               SELECT d.down FROM rating_decisions d
               WHERE d.answer = c.object AND d.decided_at < :settled_at
               ORDER BY d.nth DESC LIMIT 1), false) AS down
    FROM rating_contributions c
    WHERE c.season = :season AND c.member = ANY(CAST(:members AS uuid[]))
    ORDER BY c.earned_at, c.kind, c.object COLLATE "C"
    """
)


class Counting(StrEnum):
    """Whether a contribution earns its minutes, and if not, why."""

    COUNTS = "counts"
    DOWN = "down"
    """An editor took the answer down."""
    EARLIER = "earlier"
    """It earned them in a season before."""
    BEYOND = "beyond"
    """So many of its kind had been earned in this week already."""


@dataclass(frozen=True, kw_only=True)
class Contribution:
    """An accepted answer or an approved question of a member, and what it earned.

    ``object`` is the id of the answer, which stands in ``thread``, or the name of the question.
    """

    kind: str
    object: str
    thread: UUID | None
    week: int
    earned_at: datetime
    approved_by: UUID
    counting: Counting
    minutes: int


def keep_contributions(session: Session, batch: Sequence[Recorded]) -> dict[str, set[UUID]]:
    """Keep what was given and what editors decided; returns by season whose figures may change."""
    rows: dict[tuple[str, str, str], dict[str, Any]] = {}
    decisions: list[dict[str, Any]] = []
    for one in batch:
        if isinstance(one.fact, PostTakenDown | PostRestored) and one.fact.answer is not None:
            decisions.append(
                {
                    "answer": str(one.fact.answer),
                    "nth": one.fact.nth,
                    "decided_at": one.occurred_at,
                    "down": isinstance(one.fact, PostTakenDown),
                }
            )
        row = _given_by(one)
        if row is not None:
            where = (row["kind"], row["object"], row["season"])
            rows[where] = min(rows.get(where, row), row, key=_order)
    if rows:
        session.execute(_GIVE, {"rows": json.dumps(list(rows.values()), default=str)})
    if decisions:
        session.execute(_DECIDE, {"rows": json.dumps(decisions, default=str)})
    objects = {name for _, name, _ in rows} | {one["answer"] for one in decisions}
    touched: dict[str, set[UUID]] = {}
    if objects:
        for season, member in session.execute(_TOUCHED, {"objects": sorted(objects)}):
            touched.setdefault(season, set()).add(member)
    return touched


def contributions(
    session: Session, standard: Standard, members: Iterable[UUID]
) -> dict[UUID, list[Contribution]]:
    """Return what each of ``members`` gave in the season, in the order of time, with its worth."""
    named = {
        "season": standard.season,
        "members": list(members),
        "settled_at": standard.settled_at,
    }
    found: dict[UUID, list[Contribution]] = defaultdict(list)
    earned: dict[UUID, Counter[tuple[str, int]]] = defaultdict(Counter)
    for row in session.execute(_GIVEN, named):
        counting = _counting(row, earned[row.member], standard.parameters)
        found[row.member].append(
            Contribution(
                kind=row.kind,
                object=row.object,
                thread=row.thread,
                week=row.week,
                earned_at=row.earned_at,
                approved_by=row.approved_by,
                counting=counting,
                minutes=worth(row.kind, standard.parameters) if counting is Counting.COUNTS else 0,
            )
        )
    return found


def given_minutes(given: Iterable[Contribution], standard: Standard) -> tuple[int, ...]:
    """Return the minutes that contributions earned in each week of the season."""
    weeks = [0] * standard.parameters.weeks
    for one in given:
        weeks[one.week] += one.minutes
    return tuple(weeks)


def worth(kind: str, parameters: Parameters) -> int:
    """Return the minutes of one contribution that counts."""
    one = Week(approved_questions=int(kind == QUESTION), accepted_answers=int(kind == ANSWER))
    return int(credited_minutes(one, parameters))


def _counting(row: Any, earned: Counter[tuple[str, int]], parameters: Parameters) -> Counting:
    if row.earlier:
        return Counting.EARLIER
    if row.down:
        return Counting.DOWN
    if earned[row.kind, row.week] >= parameters.contributions_per_week:
        return Counting.BEYOND
    earned[row.kind, row.week] += 1
    return Counting.COUNTS


def _given_by(one: Recorded) -> dict[str, Any] | None:
    """Return the contribution that a fact tells of, as a row; None where it tells of none."""
    given = _what(one.fact)
    if given is None:
        return None
    season, week = week_at(one.occurred_at)
    return {**given, "season": season, "week": week, "earned_at": one.occurred_at}


def _what(fact: object) -> Mapping[str, Any] | None:
    if isinstance(fact, AnswerAccepted) and fact.by_expert:
        return {
            "kind": ANSWER,
            "object": str(fact.answer),
            "member": fact.member,
            "approved_by": fact.by,
            "thread": fact.thread,
        }
    if isinstance(fact, VersionPublished) and _is_approved(fact):
        return {
            "kind": QUESTION,
            "object": fact.name,
            "member": fact.author,
            "approved_by": fact.reviewer,
            "thread": None,
        }
    return None


def _is_approved(fact: VersionPublished) -> bool:
    """Tell whether it is the first version of a question, let pass by somebody else."""
    people = {fact.author, fact.reviewer}
    return fact.kind == QUESTION and fact.version == 1 and None not in people and len(people) > 1


def _order(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["earned_at"], row["approved_by"], row["thread"] or UUID(int=0)
