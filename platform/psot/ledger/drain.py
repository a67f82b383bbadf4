"""Drain all projections until nothing is open, and publish at most four times a second."""

import time
from collections.abc import Callable

import structlog
from redis import Redis
from redis.exceptions import RedisError

from psot.database import Database
from psot.ledger.bell import Bell
from psot.ledger.delivery import BATCH, deliver
from psot.ledger.projection import Catalogue, Projection

# Who is behind takes more at once: what changes for everybody is then counted less often. So many
# fit into a job of the worker; a rebuild by hand has all the time it needs.
CATCH_UP = 5_000
REBUILD = 100_000
PUBLISH_EVERY_S = 0.25
PAUSE_S = 0.05
LINGER_S = 2.0
# A job ends before RQ's own limit ends it; the bell is rung again for what is left.
LONGEST_S = 45.0

_log = structlog.get_logger()


class Drainer:
    """One drainer; any number may run. Each projection is folded by one of them at a time."""

    def __init__(
        self,
        database: Database,
        redis: Redis,
        catalogue: Catalogue,
        *,
        catch_up: int = CATCH_UP,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._database = database
        self._redis = redis
        self._catalogue = catalogue
        self._catch_up = catch_up
        self._bell = Bell(redis)
        self._monotonic = monotonic
        self._sleep = sleep
        self._unpublished: set[str] = set()
        self._behind: set[str] = set()

    def run(self, *, linger_s: float = LINGER_S) -> int:
        """Drain until idle for ``linger_s``; returns the number of effects written."""
        start = last_work = last_publish = self._monotonic()
        total = 0
        while True:
            self._bell.take_down()
            done = sum(self._pass(one) for one in self._catalogue.projections)
            total += done
            now = self._monotonic()
            last_work = now if done else last_work
            if self._unpublished and (now - last_publish >= PUBLISH_EVERY_S or not done):
                self._publish()
                last_publish = now
            if now - start > LONGEST_S:
                self._bell.ring()
                return total
            if not done and now - last_work >= linger_s:
                return total
            if not done:
                self._sleep(PAUSE_S)

    def _pass(self, projection: Projection) -> int:
        batch = self._catch_up if projection.name in self._behind else BATCH
        result = deliver(self._database, projection, batch=batch)
        done = result.done
        if result.more:
            self._behind.add(projection.name)
        else:
            self._behind.discard(projection.name)
        if done and projection.publish is not None:
            self._unpublished.add(projection.name)
        return done

    def _publish(self) -> None:
        for name in sorted(self._unpublished):
            publish(self._catalogue[name], self._database, self._redis)
        self._unpublished.clear()


def publish(projection: Projection, database: Database, redis: Redis) -> None:
    """Publish one projection; a Redis that does not answer delays the board, never the facts."""
    if projection.publish is None:
        return
    try:
        projection.publish(database, redis)
    except RedisError as error:
        _log.warning("board_not_published", projection=projection.name, error=str(error))
