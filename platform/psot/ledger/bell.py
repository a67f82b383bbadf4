"""The bell: one RQ job says that facts wait. It carries nothing, and losing it loses nothing."""

import time
from collections.abc import Callable

import structlog
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.serializers import JSONSerializer

QUEUE = "ledger"
JOB = "psot.jobs.drain"
FLAG = "psot:ledger:bell"

# The flag outlives a lost job by this much; the sweeper rings besides.
FLAG_TTL_S = 5
# After Redis failed to answer, leave it alone for so long: answers must not wait for it.
BACK_OFF_S = 1.0

_log = structlog.get_logger()


class Bell:
    """Rings at most one drain job at a time; deduplicated by a flag that the drainer takes down.

    The flag is deleted *before* the drainer reads, so that a fact committed later rings again.
    """

    def __init__(self, redis: Redis, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._redis = redis
        self._queue = Queue(QUEUE, connection=redis, serializer=JSONSerializer)
        self._monotonic = monotonic
        self._silent_until = 0.0

    def ring(self) -> None:
        """Ask for a drain; a Redis that does not answer is logged, and the sweeper will find it."""
        if self._monotonic() < self._silent_until:
            return
        try:
            if self._redis.set(FLAG, "1", nx=True, ex=FLAG_TTL_S):
                self._queue.enqueue(JOB, result_ttl=0, failure_ttl=3600, job_timeout=60)
        except RedisError as error:
            self._silent_until = self._monotonic() + BACK_OFF_S
            _log.warning("bell_not_rung", error=str(error))

    def take_down(self) -> None:
        """Take the flag down, first thing before reading."""
        self._redis.delete(FLAG)
