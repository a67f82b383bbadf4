"""What other rooms may ask about the course."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from psot.course.loading import outages_ms
from psot.course.models import Run, Task
from psot.races.values import RaceView


@dataclass(frozen=True, kw_only=True)
class TaskView:
    """A task with what came of it; see `psot.course.models.Task`. For the jury and its racer."""

    bib: int
    number: int
    leg: int
    lap: int
    kind: str
    question: str
    version: int
    options: tuple[tuple[str, str], ...]
    shown_ms: int
    limit_ms: int | None
    allowance_ms: int
    credit_ms: int
    chosen: str | None
    outcome: str | None
    ended_ms: int | None
    late_chosen: str | None
    late_ms: int | None
    contradicted: int


@dataclass(frozen=True, kw_only=True)
class RunView:
    """A racer's run; see `psot.course.models.Run`."""

    bib: int
    member: UUID
    seat_no: int
    rtts_ms: tuple[int, ...]
    bucket_ms: int
    told: int
    state: str
    out: str
    away: int


def tasks(session: Session, race: UUID, bib: int | None = None) -> list[TaskView]:
    """Return the tasks of a race, of one racer where ``bib`` is given, in their order."""
    wanted = select(Task).where(Task.race == race).order_by(Task.bib, Task.number)
    if bib is not None:
        wanted = wanted.where(Task.bib == bib)
    return [_task(row) for row in session.scalars(wanted)]


def answers(session: Session, race: UUID) -> Sequence[Any]:
    """Return the tasks of a race as bare rows, for whoever looks through all of them at once."""
    wanted = select(
        Task.bib,
        Task.number,
        Task.question,
        Task.shown_ms,
        Task.ended_ms,
        Task.outcome,
        Task.chosen,
        Task.late_ms,
        Task.contradicted,
    ).where(Task.race == race)
    return session.execute(wanted.order_by(Task.bib, Task.number)).all()


def runs(session: Session, race: UUID) -> list[RunView]:
    """Return the runs of a race, by bib."""
    rows = session.scalars(select(Run).where(Run.race == race).order_by(Run.bib))
    return [
        RunView(
            bib=row.bib,
            member=row.member,
            seat_no=row.seat_no,
            rtts_ms=tuple(row.rtts_ms),
            bucket_ms=row.bucket_ms,
            told=row.told,
            state=row.state,
            out=row.out,
            away=row.away,
        )
        for row in rows
    ]


def away(session: Session, race: UUID, at_least: int) -> dict[int, int]:
    """Return how often the page of each racer lost the focus, by bib, where it did so often."""
    wanted = select(Run.bib, Run.away).where(Run.race == race, Run.away >= at_least)
    return {row.bib: row.away for row in session.execute(wanted)}


def told(session: Session, race: UUID) -> int:
    """Return how many facts of its racers stand on the ledger."""
    return session.scalar(select(func.sum(Run.told)).where(Run.race == race)) or 0


def outages(session: Session, view: RaceView) -> list[tuple[int, int]]:
    """Return when the service was away, in milliseconds after the race's zero."""
    return outages_ms(session, view)


def entered(session: Session, race: UUID) -> int:
    """Return how many racers have taken their seat."""
    wanted = select(func.count()).where(Run.race == race, Run.entered_at.is_not(None))
    return session.scalar(wanted) or 0


def due(session: Session, race: UUID, before_ms: int, at_most: int) -> Iterable[int]:
    """Return the bibs for whom something was due before ``before_ms``, the longest ago first."""
    return session.scalars(
        select(Run.bib)
        .where(Run.race == race, Run.due_ms < before_ms)
        .order_by(Run.due_ms)
        .limit(at_most)
    ).all()


def out(session: Session, race: UUID) -> set[int]:
    """Return the bibs that are out."""
    return set(session.scalars(select(Run.bib).where(Run.race == race, Run.out != "")))


def _task(row: Task) -> TaskView:
    return TaskView(
        bib=row.bib,
        number=row.number,
        leg=row.leg,
        lap=row.lap,
        kind=row.kind,
        question=row.question,
        version=row.version,
        options=tuple((shown, option) for shown, option in row.options),
        shown_ms=row.shown_ms,
        limit_ms=row.limit_ms,
        allowance_ms=row.allowance_ms,
        credit_ms=row.credit_ms,
        chosen=row.chosen,
        outcome=row.outcome,
        ended_ms=row.ended_ms,
        late_chosen=row.late_chosen,
        late_ms=row.late_ms,
        contradicted=row.contradicted,
    )
