"""The schedule of races: what is due is done by a job of RQ's scheduler, to the second.

Whenever a race or its stage changes, a job is put on the queue for the next moment at which
something is due. A duty of the scheduler looks every second as well: it is the net under a lost
job. Two of them, or both at once, do no harm: a race is locked while it moves.

A start that is long over is not made up for: the organizer decides what becomes of the race. Later
stages belong to the course and the jury.
"""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from psot.database import Database
from psot.errors import PsotError
from psot.races import letters
from psot.races.life import enter_stage
from psot.races.models import Race
from psot.races.planning import REMINDED, STEPS, due, plan, reminds_at
from psot.races.stages import Stage

OVERDUE: Final = timedelta(minutes=10)
"""So late the schedule still starts a race, after an outage say; later it is done by hand."""
_MINUTE_S: Final = 60

_log = structlog.get_logger()


def keep(database: Database, now: datetime) -> int:
    """Move every race that is due, remind its racers, and return how many steps were made.

    A race that cannot go on stays where it is; that is told in the log once a minute.
    """
    with database.begin() as session:
        waiting = session.scalars(
            select(Race.id).where(or_(*_waiting(now))).order_by(Race.starts_at, Race.id)
        ).all()
    return sum(_keep_one(database, race, now) for race in waiting)


def _waiting(now: datetime) -> list[ColumnElement[bool]]:
    """Return the conditions under which a race is worth a look."""
    steps = [
        and_(Race.stage == stage, getattr(Race, name) <= now + lead)
        for stage, (name, _, lead) in STEPS.items()
    ]
    ahead: Any = func.make_interval(0, 0, 0, 0, 0, Race.remind_minutes)
    reminder = and_(
        Race.stage.in_([*REMINDED]),
        Race.reminded_at.is_(None),
        Race.remind_minutes > 0,
        Race.starts_at > now,
        Race.starts_at <= now + ahead,
    )
    return [*steps, reminder]


def _keep_one(database: Database, race_id: UUID, now: datetime) -> int:
    steps = 0
    try:
        while _step(database, race_id, now):
            steps += 1
        with database.begin() as session:
            steps += _remind(session, race_id, now)
    except SQLAlchemyError:
        raise
    except Exception:  # noqa: BLE001 - one broken race must not keep the others from starting
        _log.exception("race_broken", race=str(race_id))
    return steps


def _step(database: Database, race_id: UUID, now: datetime) -> bool:
    """Move a race by one stage; tells whether it went on."""
    step: tuple[datetime, Stage] | None = None
    try:
        with database.begin() as session:
            row = session.get(Race, race_id, with_for_update=True)
            step = due(row)
            if row is None or step is None or step[0] > now or _over(row, now):
                return False
            enter_stage(session, race_id, step[1], now=now, by=None)
            return True
    except PsotError as error:
        late_s = int((now - step[0]).total_seconds()) if step else 0
        if late_s % _MINUTE_S == 0:
            _log.warning("race_cannot_go_on", race=str(race_id), code=error.code, late_s=late_s)
        return False


def _over(row: Race, now: datetime) -> bool:
    """Whether the race should have started long ago."""
    return row.starts_at is not None and row.starts_at < now - OVERDUE


def _remind(session: Session, race_id: UUID, now: datetime) -> int:
    row = session.get(Race, race_id, with_for_update=True)
    moment = reminds_at(row)
    if row is None or moment is None or row.starts_at is None:
        return 0
    if not moment <= now < row.starts_at:
        return 0
    row.reminded_at = now
    letters.remind(session, row)
    plan(session, row, now)
    return 1
