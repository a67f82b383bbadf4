"""Racers who take their seats before the zero are let in together: one commit for many.

A whole field comes within a minute or two, and before the zero nothing but the seat is at stake: no
task, no leg, no fact. Everything else is told to go alone, by `psot.course.operations.enter`, where
each hears why. Within the race `psot.course.together` does the same for those under way.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from psot import compact
from psot.course import allowance, sets
from psot.course.group import ALONE, Group
from psot.course.operations import OPEN, Entered
from psot.course.rows import RUN_COLUMNS, RunRow
from psot.course.seats import new_seat
from psot.course.situation import before_zero
from psot.course.together import NO_ANSWER
from psot.database import transaction
from psot.races.lanes import Lane, starting

GATHER_S: Final = 0.02
"""So long the first of a company waits for others: on the line nobody is in a hurry, and each
company is a transaction."""

# Locks by bib, lowest first, as `psot.course.store` takes them.
_TAKE: Final = text(
    f"""
    INSERT INTO race_runs (race, bib, member, rtts_ms, bucket_ms, seat_no, seat_sha256, entered_at)
    SELECT :race, bib, member, '[]', :bucket_ms, 1, seat_sha256, entered_at
    FROM jsonb_to_recordset(CAST(:seats AS jsonb))
        AS seats (bib int, member uuid, seat_sha256 text, entered_at timestamptz)
    ORDER BY bib
    ON CONFLICT (race, bib) DO UPDATE
    SET seat_no = race_runs.seat_no + 1, seat_sha256 = excluded.seat_sha256,
        entered_at = coalesce(race_runs.entered_at, excluded.entered_at)
    RETURNING {", ".join(f"race_runs.{one}" for one in RUN_COLUMNS)}
    """  # noqa: S608 - our own names
)


@dataclass(frozen=True, kw_only=True)
class _Call:
    """One racer who comes to the line."""

    race: UUID
    member: UUID
    received_at: datetime


_groups: Final[sets.Kept[UUID, Group[_Call]]] = sets.Kept(sets.RACES)


def line_up(race: UUID, member: UUID, received_at: datetime) -> Any:
    """Return the seat of a racer of a race without a zero, once it is taken; ALONE: it is not.

    Raises OperationalError or sqlalchemy's TimeoutError where the database does not answer.
    """
    known = sets.newest(race)
    if known is not None and known.zero_at is not None:
        return ALONE
    group = _groups.get(race) or _groups.put(race, Group(_serve, pause=_gather))
    made = group.ask(member, _Call(race=race, member=member, received_at=received_at))
    if isinstance(made, NO_ANSWER):
        raise made
    return made


def _gather(_usual_s: float) -> None:
    time.sleep(GATHER_S)


def _serve(calls: Sequence[_Call]) -> list[Any]:
    try:
        with transaction() as session:
            made = _let_in(session, calls[0].race, {one.member: one for one in calls})
    except NO_ANSWER as error:
        return [error] * len(calls)
    return [made.get(one.member, ALONE) for one in calls]


def _let_in(session: Session, race: UUID, calls: Mapping[UUID, _Call]) -> dict[UUID, Entered]:
    view = sets.current(session, race)
    if view.zero_at is not None or view.stage not in OPEN:
        return {}
    secret = sets.race_set(session, view).secret
    lanes = [lane for lane, _legs in starting(session, race, calls)]
    seats = {one.bib: new_seat() for one in lanes}
    told = [_row(one, seats[one.bib][1], calls[one.member].received_at) for one in lanes]
    asked = {"race": race, "bucket_ms": allowance.AT_FIRST_MS, "seats": compact.dumps(told)}
    runs = [RunRow(**row._mapping) for row in session.execute(_TAKE, asked)]  # noqa: SLF001 - the documented mapping
    return {
        run.member: Entered(
            seat=seats[run.bib][0],
            seat_no=run.seat_no,
            situation=before_zero(view, run, secret, calls[run.member].received_at),
        )
        for run in runs
    }


def _row(lane: Lane, seat_sha256: str, entered_at: datetime) -> dict[str, Any]:
    return {
        "bib": lane.bib,
        "member": str(lane.member),
        "seat_sha256": seat_sha256,
        "entered_at": entered_at.isoformat(),
    }
