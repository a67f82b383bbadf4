"""Runs and tasks in the database: many racers of a race locked, read and written at once.

Locks are taken by bib, lowest first, and those of several races one race after the other. So no two
transactions wait for each other in a circle.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

from psot import compact
from psot.course import allowance
from psot.course.rows import RUN_COLUMNS, RUN_WRITTEN, TASK_COLUMNS, RunRow, TaskRow
from psot.races.lanes import Lane
from psot.trips import Trip, one_trip

_RUN_TYPES: Final[Mapping[str, str]] = {
    "bib": "int",
    "entered_at": "timestamptz",
    "seat_no": "int",
    "seat_sha256": "text",
    "rtts_ms": "jsonb",
    "bucket_ms": "int",
    "told": "int",
    "due_ms": "int",
    "state": "text",
    "out": "text",
    "away": "int",
}
_TASK_TYPES: Final[Mapping[str, str]] = {
    "bib": "int",
    "number": "int",
    "leg": "int",
    "lap": "int",
    "kind": "text",
    "question": "text",
    "version": "int",
    "options": "jsonb",
    "shown_ms": "int",
    "limit_ms": "int",
    "allowance_ms": "int",
    "credit_ms": "int",
    "chosen": "text",
    "outcome": "text",
    "ended_ms": "int",
    "late_chosen": "text",
    "late_ms": "int",
}
_ENDING: Final = ("credit_ms", "chosen", "outcome", "ended_ms", "late_chosen", "late_ms")
"""What of a task changes after it was shown."""


def _rows_of(name: str, types: Mapping[str, str], columns: Iterable[str]) -> str:
    typed = ", ".join(f"{one} {types[one]}" for one in columns)
    return f"jsonb_to_recordset(CAST(:{name} AS jsonb)) AS {name} ({typed})"


def _lock(how: str) -> TextClause:
    # PostgreSQL numbers every version of a row by the transaction that wrote it (xmin). The
    # version of the race is read by the same statement: before the lock, as `sets.current` does.
    return text(
        f"SELECT {', '.join(RUN_COLUMNS)}, CAST(xmin AS text) AS mark,"  # noqa: S608 - our own names
        " (SELECT version FROM races WHERE id = :race) AS edition"
        " FROM race_runs WHERE race = :race AND bib = ANY(CAST(:bibs AS int[]))"
        f" ORDER BY bib FOR UPDATE{how}"
    )


_LOCKED: Final = (*RUN_COLUMNS, "mark", "edition")
_LOCK_ALL: Final = _lock("")
_LOCK_FREE: Final = _lock(" SKIP LOCKED")
_TASKS: Final = text(
    f"SELECT {', '.join(TASK_COLUMNS)} FROM race_tasks"  # noqa: S608 - our own names
    " WHERE race = :race AND bib = ANY(CAST(:bibs AS int[])) ORDER BY bib, number"
)
_BEGIN: Final = text(
    "INSERT INTO race_runs (race, bib, member, rtts_ms, bucket_ms)"
    " VALUES (:race, :bib, :member, '[]', :bucket_ms) ON CONFLICT DO NOTHING"
)
# The bibs are named apart: PostgreSQL cannot know how few rows a JSON brings, and would read the
# runs and tasks of the whole race to find them.
_WRITE: Final = text(
    f"""
    WITH closed AS (
        UPDATE race_tasks t SET {", ".join(f"{one} = ended.{one}" for one in _ENDING)}
        FROM {_rows_of("ended", _TASK_TYPES, ("bib", "number", *_ENDING))}
        WHERE t.race = :race AND t.bib = ANY(CAST(:bibs AS int[]))
            AND t.bib = ended.bib AND t.number = ended.number
    ), stored AS (
        INSERT INTO race_tasks (race, {", ".join(TASK_COLUMNS)})
        SELECT :race, {", ".join(f"shown.{one}" for one in TASK_COLUMNS)}
        FROM {_rows_of("shown", _TASK_TYPES, TASK_COLUMNS)}
    )
    UPDATE race_runs r SET {", ".join(f"{one} = runs.{one}" for one in RUN_WRITTEN[1:])}
    FROM {_rows_of("runs", _RUN_TYPES, RUN_WRITTEN)}
    WHERE r.race = :race AND r.bib = ANY(CAST(:bibs AS int[])) AND r.bib = runs.bib
    RETURNING r.bib, CAST(r.xmin AS text) AS mark
    """  # noqa: S608 - our own names
)


@dataclass(frozen=True, kw_only=True)
class Written:
    """What is to be written of one racer: the run, tasks shown, tasks ended or answered late."""

    run: RunRow
    shown: Sequence[TaskRow]
    ended: Sequence[TaskRow]


def lock(session: Session, race: UUID, bibs: Iterable[int]) -> dict[int, RunRow]:
    """Return the runs of ``bibs`` under their locks; those that never began are absent."""
    rows = session.execute(_LOCK_ALL, {"race": race, "bibs": sorted(bibs)})
    return {row.bib: _run(row) for row in rows}


def lock_free(session: Session, race: UUID, bibs: Iterable[int]) -> tuple[int, dict[int, RunRow]]:
    """Return the race's version and the runs whose locks nobody holds, under their locks."""
    with one_trip(session) as trip:
        asked = trip.ask(_LOCK_FREE, {"race": race, "bibs": sorted(bibs)})
    rows = [dict(zip(_LOCKED, row, strict=True)) for row in asked.rows()]
    edition = rows[0]["edition"] if rows else 0
    runs = [RunRow(**{name: row[name] for name in _LOCKED[:-1]}) for row in rows]
    return edition, {one.bib: one for one in runs}


def begin(session: Session, race: UUID, lane: Lane) -> None:
    """Begin the racer's run unless somebody did."""
    first = {"bib": lane.bib, "member": lane.member, "bucket_ms": allowance.AT_FIRST_MS}
    session.execute(_BEGIN, {"race": race, **first})


def tasks(session: Session, race: UUID, bibs: Iterable[int]) -> dict[int, list[TaskRow]]:
    """Return the tasks of each of ``bibs``, in their order; call it under their locks."""
    found: dict[int, list[TaskRow]] = {bib: [] for bib in bibs}
    for row in session.execute(_TASKS, {"race": race, "bibs": sorted(found)}):
        found[row.bib].append(TaskRow(**row._mapping))  # noqa: SLF001 - the documented mapping
    return found


def write(trip: Trip, race: UUID, racers: Sequence[Written]) -> Callable[[], None]:
    """Write what became of ``racers``, whose locks the caller holds, within ``trip``.

    What is returned, called after the trip, tells their runs the new marks.
    """
    if not racers:
        return _nothing
    runs = {one.run.bib: one.run for one in racers}
    ended = [
        {name: getattr(task, name) for name in ("bib", "number", *_ENDING)}
        for one in racers
        for task in one.ended
    ]
    told = {
        "race": race,
        "bibs": sorted(runs),
        "ended": compact.dumps(ended),
        "shown": compact.dumps([task.values() for one in racers for task in one.shown]),
        "runs": compact.dumps([run.values() for run in runs.values()]),
    }
    asked = trip.ask(_WRITE, told)

    def mark() -> None:
        for bib, new in asked.rows():
            runs[bib].mark = new

    return mark


def _nothing() -> None:
    """Nobody was written."""


def _run(row: Any) -> RunRow:
    return RunRow(**{name: getattr(row, name) for name in (*RUN_COLUMNS, "mark")})
