"""When the next thing of a race is due, and the job that asks for it then."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import structlog
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.serializers import JSONSerializer
from sqlalchemy import event
from sqlalchemy.orm import Session

from psot.races.models import Race
from psot.races.stages import Stage
from psot.races.surroundings import around

QUEUE: Final = "jobs"
JOB: Final = "psot.jobs.keep_races"
LEAD: Final = timedelta(seconds=10)
"""So much before its start a race begins to run, so that nobody starts late."""
REMINDED: Final = frozenset({Stage.REGISTRATION, Stage.ZEROING})

STEPS: Final = {
    Stage.DRAFT: ("announces_at", Stage.ANNOUNCED, timedelta()),
    Stage.ANNOUNCED: ("registers_at", Stage.REGISTRATION, timedelta()),
    Stage.REGISTRATION: ("zeroes_at", Stage.ZEROING, timedelta()),
    Stage.ZEROING: ("starts_at", Stage.RUNNING, LEAD),
}
"""By stage: the moment that ends it, what follows, and how much earlier that begins."""

_log = structlog.get_logger()


def due(row: Race | None) -> tuple[datetime, Stage] | None:
    """Return when a race enters which stage by its schedule; None where that is done by hand."""
    step = STEPS.get(Stage(row.stage)) if row is not None else None
    moment: datetime | None = getattr(row, step[0]) if step is not None else None
    if step is None or moment is None:
        return None
    return moment - step[2], step[1]


def reminds_at(row: Race | None) -> datetime | None:
    """Return when the reminder is due; None where it was sent or there is none."""
    if row is None or Stage(row.stage) not in REMINDED or row.practice_of is not None:
        return None
    if row.reminded_at is not None or row.starts_at is None or not row.remind_minutes:
        return None
    return row.starts_at - timedelta(minutes=row.remind_minutes)


def plan(session: Session, row: Race, now: datetime) -> None:
    """Ask RQ's scheduler, after the commit, to look when the next thing of ``row`` is due."""
    redis = around(session).redis
    step = due(row)
    moments = [one for one in (step[0] if step else None, reminds_at(row)) if one is not None]
    if redis is None or not moments:
        return
    # RQ's scheduler counts in whole seconds: a fraction of one too early would find nothing due.
    race_id, moment = row.id, max(now, min(moments)) + timedelta(microseconds=999_999)
    event.listen(
        session, "after_commit", lambda _session: _enqueue(redis, race_id, moment), once=True
    )


def _enqueue(redis: Redis, race_id: UUID, moment: datetime) -> None:
    try:
        Queue(QUEUE, connection=redis, serializer=JSONSerializer).enqueue_at(
            moment,
            JOB,
            job_id=f"race-{race_id.hex}-{int(moment.timestamp())}",
            result_ttl=0,
            failure_ttl=3600,
            job_timeout=60,
        )
    except RedisError as error:
        # The duty of the scheduler will see to it.
        _log.warning("race_not_planned", race=str(race_id), error=type(error).__name__)
