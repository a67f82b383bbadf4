"""The clock of a run: real time by the server, the pauses of its class left out."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from psot.workplace.values import CHECK, CHECK_TIMES_NORM, ClassView, RunView

_MS = timedelta(milliseconds=1)


def elapsed(started_at: datetime, now: datetime, group: ClassView | None) -> timedelta:
    """Return how long a run that began at ``started_at`` has lasted at ``now``."""
    return max(timedelta(), now - started_at - _paused(started_at, now, group))


def elapsed_ms(run: RunView, now: datetime, group: ClassView | None) -> int:
    """Return the milliseconds of a run; those of an ended one do not grow."""
    if run.duration_ms is not None:
        return run.duration_ms
    return elapsed(run.started_at, now, group) // _MS


def ends_at(run: RunView, now: datetime, group: ClassView | None) -> datetime | None:
    """Return when a check ends by itself, as far as is known at ``now``; None for practice."""
    if run.mode != CHECK:
        return None
    sitting = timedelta(minutes=run.minutes * CHECK_TIMES_NORM)
    return run.started_at + sitting + _paused(run.started_at, now, group)


def _paused(since: datetime, now: datetime, group: ClassView | None) -> timedelta:
    if group is None:
        return timedelta()
    pauses = list(group.pauses)
    if group.paused_at is not None:
        pauses.append((group.paused_at, now))
    return sum(_overlaps(pauses, since, now), timedelta())


def _overlaps(
    pauses: Iterable[tuple[datetime, datetime]], since: datetime, now: datetime
) -> Iterable[timedelta]:
    for began, ended in pauses:
        yield max(timedelta(), min(ended, now) - max(began, since))
