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
DRAINER = "psot:ledger:drainer"
"""Somebody drains and will see the flag: no job is needed."""

# The flag outlives a lost job, or a drainer that died, by this much; the sweeper rings besides.
FLAG_TTL_S = 1
# A drainer says that it is there whenever it reads: one that died, or that folds for long, is
# missed after this, and another one called.
DRAINER_TTL_S = 1
# After Redis failed to answer, leave it alone for so long: answers must not wait for it.
BACK_OFF_S = 1.0

# KEYS: flag, drainer. ARGV: seconds the flag lives. Returns 1 where somebody has to be called.
_RAISE = """
if not redis.call('SET', KEYS[1], '1', 'NX', 'EX', ARGV[1]) then return 0 end
return 1 - redis.call('EXISTS', KEYS[2])
"""

_log = structlog.get_logger()


class Bell:
    """Raises a flag, and calls a drainer by a job where none is there to see it.

    The flag is taken down *before* the drainer reads, so that a fact committed later raises it
    again. A drainer that goes says so first and looks for the flag then: whoever raised it while
    the drainer was there is heard, whoever raises it later calls another.
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
            if self._redis.eval(_RAISE, 2, FLAG, DRAINER, str(FLAG_TTL_S)):
                self._call()
        except RedisError as error:
            self._silent_until = self._monotonic() + BACK_OFF_S
            _log.warning("bell_not_rung", error=str(error))

    def take_down(self) -> bool:
        """Take the flag down, first thing before reading, as one who is there from now on.

        Returns whether it was up.
        """
        with self._redis.pipeline() as pipe:
            pipe.set(DRAINER, "1", ex=DRAINER_TTL_S)
            pipe.delete(FLAG)
            return bool(pipe.execute()[-1])

    def leave(self) -> bool:
        """Go; returns whether the flag is up, so that the one who goes has to stay."""
        with self._redis.pipeline() as pipe:
            pipe.delete(DRAINER)
            pipe.exists(FLAG)
            return bool(pipe.execute()[-1])

    def _call(self) -> None:
        # A job that still waits will read later than now: a second one would find nothing.
        if not self._queue.count:
            self._queue.enqueue(JOB, result_ttl=0, failure_ttl=3600, job_timeout=60)
