"""How the house is doing, at one moment: ledger, queues, workers, services."""

from dataclasses import dataclass
from datetime import datetime

from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.orm import Session

import psot
from psot import clock
from psot.ledger.stats import DeadLetterView, Lag, dead_letters, lags
from psot.observability.queues import QueueState, WorkerState, queue_states, worker_states

LETTERS_SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class Versions:
    """What runs: PSOT, PostgreSQL, and the Redis server, "" where it does not answer."""

    psot: str
    postgresql: str
    redis: str


@dataclass(frozen=True, kw_only=True)
class Operations:
    """The state of the house ``at`` a moment; ``queues`` is None where Redis does not answer."""

    at: datetime
    lags: tuple[Lag, ...]
    letters: tuple[DeadLetterView, ...]
    queues: tuple[QueueState, ...] | None
    workers: tuple[WorkerState, ...]
    versions: Versions

    @property
    def waiting(self) -> int:
        """Facts that wait for any projection."""
        return sum(one.waiting for one in self.lags)

    @property
    def oldest_s(self) -> float:
        """Age in s of the oldest fact that waits for a running projection."""
        return max((one.oldest_s for one in self.lags if one.stopped_at is None), default=0.0)

    @property
    def dead(self) -> int:
        """Dead letters of all projections."""
        return sum(one.dead for one in self.lags)

    @property
    def stopped(self) -> tuple[Lag, ...]:
        """The projections that stand still."""
        return tuple(one for one in self.lags if one.stopped_at is not None)


def operations(session: Session, redis: Redis) -> Operations:
    """Look at everything once. Redis may be away; the ledger is told all the same."""
    postgresql = str(session.execute(text("SHOW server_version")).scalar_one())
    try:
        queues: tuple[QueueState, ...] | None = tuple(queue_states(redis))
        workers = tuple(worker_states(redis))
        server = redis.info("server")
        found = f"{server.get('server_name', 'redis')} " + str(
            server.get("valkey_version") or server.get("redis_version")
        )
    except RedisError:
        queues, workers, found = None, (), ""
    return Operations(
        at=clock.now(),
        lags=lags(session),
        letters=tuple(dead_letters(session, limit=LETTERS_SHOWN)),
        queues=queues,
        workers=workers,
        versions=Versions(psot=psot.__version__, postgresql=postgresql, redis=found),
    )
