"""How runs end: finished by their last action, stopped by their member, by a class, by the clock.

Each write takes the session first and never commits. What the clock has ended is ended by `settle`,
which a caller does in a transaction of its own: it stands, though the action that comes too late is
refused.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events.workplace import RunFinished
from psot.ledger import append
from psot.workplace import judging
from psot.workplace.errors import UnknownRun
from psot.workplace.models import Class, Outcome, Run
from psot.workplace.timing import elapsed_ms, ends_at
from psot.workplace.values import CHECK, ClassView, RunView
from psot.workplace.views import class_view, run_view
from scoring import workplace as rules

OVERDUE_AT_ONCE = 200
FINISHED = "finished"
ERRORS = ("false_alarm", "order", "forbidden", "mismarked")
"""Parts that nobody has to do: they are there because somebody did them."""


def stop(session: Session, *, member: UUID, run: UUID, now: datetime) -> RunView:
    """Leave a run with what is done; one that is over stays as it is. Raises UnknownRun."""
    row = held(session, member, run)
    if row.ended_at is None:
        stop_row(session, row, now=stops_at(row, now))
    return run_view(row)


def settle(session: Session, *, run: UUID, now: datetime) -> bool:
    """End a check whose time is up, at the end of its time; tells whether it did."""
    row = session.get(Run, run, with_for_update=True)
    if row is None or row.ended_at is not None:
        return False
    group = group_of(session, row)
    if not is_over(row, now, group):
        return False
    stop_row(session, row, now=ends_at(run_view(row), now, group) or now)
    return True


def overdue(session: Session, now: datetime) -> Sequence[UUID]:
    """Return checks that may be over by their time; `settle` looks closer."""
    limit = func.make_interval(0, 0, 0, 0, 0, Run.minutes * 3)
    rows = session.scalars(
        select(Run.id)
        .where(Run.ended_at.is_(None), Run.mode == CHECK, Run.started_at + limit < now)
        .order_by(Run.started_at)
        .limit(OVERDUE_AT_ONCE)
    )
    return list(rows)


def end_class_runs(session: Session, group: UUID, now: datetime) -> None:
    """Stop every unfinished run of a class, in one order."""
    rows = session.scalars(
        select(Run)
        .where(Run.group == group, Run.ended_at.is_(None))
        .order_by(Run.id)
        .with_for_update()
    ).all()
    for row in rows:
        stop_row(session, row, now=now)


def held(session: Session, member: UUID, run: UUID) -> Run:
    """Return the member's run, locked. Raises UnknownRun."""
    row = session.scalar(select(Run).where(Run.id == run, Run.member == member).with_for_update())
    if row is None:
        raise UnknownRun(_("There is no such run."), subject=str(run))
    return row


def group_of(session: Session, row: Run) -> ClassView | None:
    """Return the class of a run."""
    found = None if row.group is None else session.get(Class, row.group)
    return None if found is None else class_view(found)


def is_over(row: Run, now: datetime, group: ClassView | None) -> bool:
    """Tell whether the time of a run is up."""
    until = ends_at(run_view(row), now, group)
    return until is not None and now > until


def stops_at(row: Run, now: datetime) -> datetime:
    """Return when a run that is stopped now has ended: no check lasts longer than its time."""
    until = ends_at(run_view(row), now, None)
    return now if until is None or row.group is not None else min(now, until)


def stop_row(session: Session, row: Run, *, now: datetime) -> None:
    """End a run as it stands."""
    at_ms = elapsed_ms(run_view(row), now, group_of(session, row))
    after, _ = rules.stop(judging.judgement(session, row), at_ms)
    end(session, row, after, now=now)


def end(session: Session, row: Run, after: rules.Judgement, *, now: datetime) -> None:
    """End a run: its figures, what came of each part, and the ledger's word."""
    row.duration_ms = after.at_ms
    row.ended_at = now
    row.how = after.ended
    score = after.score
    row.score_ppm = score.score_ppm
    session.add_all(
        Outcome(run=row.id, kind=one.kind, part=one.id, scenario=row.scenario, verdict=one.verdict)
        for one in score.parts
        if one.possible or one.kind in ERRORS
    )
    session.flush()
    fact = RunFinished(
        member=row.member,
        run=row.id,
        scenario=row.scenario,
        version=row.version,
        mode=row.mode,
        number=row.number,
        how=row.how,
        score_ppm=score.score_ppm,
        duration_ms=row.duration_ms,
        minutes=row.minutes if row.how == FINISHED else 0,
    )
    append(session, fact, key=str(row.id), occurred_at=now)
