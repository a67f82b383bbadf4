"""What the scheduler does for seasons: open those planned, freeze what began, count previews."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.orm import Session

from psot.database import Database
from psot.seasons import operations, queries, trying
from psot.seasons.queries import Status

PREVIEW_FOR = timedelta(minutes=10)

_LOCK = text("SELECT pg_try_advisory_xact_lock(hashtext('psot.seasons.keep'))")


def keep(database: Database, now: datetime, ring: Callable[[], None] = lambda: None) -> list[str]:
    """Open the planned seasons whose moment has come; returns their names.

    Besides, freezes the rosters of a season that was opened before there were any, and counts how
    the rosters of a season to be opened would be. Two schedulers do it once. ``ring`` calls a
    worker to a shadow that no worker was told of.
    """
    with database.begin() as session:
        if not session.execute(_LOCK).scalar():
            return []
        made, forgotten = _keep(session, now), trying.waiting(session, now)
    if forgotten:
        ring()
    return made


def _keep(session: Session, now: datetime) -> list[str]:
    made = []
    known = {one.name: one for one in queries.known(session, now)}
    for name in queries.due_plans(session, now):
        if name in known and known[name].status is not Status.DUE:
            operations.drop_plan(session, name)
            continue
        operations.open_season(session, now=now, name=name)
        made.append(name)
    for one in known.values():
        begun = one.opened is not None and now >= one.calendar.starts_at
        if begun and one.frozen is None:
            operations.freeze(session, one.calendar, now=now)
        if one.status in {Status.DUE, Status.COMING} and one.name not in made:
            counted = queries.preview(session, one.name)
            if counted is None or now - counted.counted_at >= PREVIEW_FOR:
                operations.keep_preview(session, one.calendar, now=now)
    return made
