"""The schedule of races: what is due is done by a job of RQ's scheduler, to the second.

Whenever a race or its stage changes, a job is put on the queue for the next moment at which
something is due. A duty of the scheduler looks every second as well: it is the net under a lost
job. Two of them, or both at once, do no harm: a race is locked while it moves.

Later stages belong to the course and the jury.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

import structlog
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from psot.database import Database
from psot.errors import PsotError
from psot.races import letters
from psot.races.life import enter_stage
from psot.races.models import Race
from psot.races.planning import STEPS, due, reminds_at
from psot.races.stages import Stage

_MINUTE_S: Final = 60

_log = structlog.get_logger()


def keep(database: Database, now: datetime) -> int:
    """Move every race that is due, remind its racers, and return how many steps were made.

    A race that cannot go on stays where it is; that is told in the log once a minute.
    """
    with database.begin() as session:
        waiting = session.scalars(
            select(Race.id)
            .where(
                Race.stage.in_([*STEPS]),
                or_(
                    *(getattr(Race, name) <= now + lead for name, _, lead in STEPS.values()),
                    Race.reminded_at.is_(None),
                ),
            )
            .order_by(Race.starts_at, Race.id)
        ).all()
    return sum(_keep_one(database, race, now) for race in waiting)


def _keep_one(database: Database, race_id: UUID, now: datetime) -> int:
    steps = 0
    while (step := _step(database, race_id, now)) is not None:
        steps += step
    with database.begin() as session:
        steps += _remind(session, race_id, now)
    return steps


def _step(database: Database, race_id: UUID, now: datetime) -> int | None:
    """Move a race by one stage; None where nothing is due or it cannot go on."""
    step: tuple[datetime, Stage] | None = None
    try:
        with database.begin() as session:
            row = session.get(Race, race_id, with_for_update=True)
            step = due(row)
            if step is None or step[0] > now:
                return None
            enter_stage(session, race_id, step[1], now=now, by=None)
            return 1
    except PsotError as error:
        late_s = int((now - step[0]).total_seconds()) if step else 0
        if late_s % _MINUTE_S == 0:
            _log.warning("race_cannot_go_on", race=str(race_id), code=error.code, late_s=late_s)
        return None


def _remind(session: Session, race_id: UUID, now: datetime) -> int:
    row = session.get(Race, race_id, with_for_update=True)
    moment = reminds_at(row)
    if row is None or moment is None or row.starts_at is None:
        return 0
    if not moment <= now < row.starts_at:
        return 0
    row.reminded_at = now
    letters.remind(session, row)
    return 1
