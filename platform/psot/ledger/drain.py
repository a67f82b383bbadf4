"""Drain all projections until nothing is open, and publish at most four times a second."""

import time
from collections.abc import Callable

import structlog
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import text

from psot.database import Database
from psot.ledger.bell import Bell
from psot.ledger.delivery import BATCH, Pass, deliver
from psot.ledger.projection import Catalogue, Projection

# Who is behind takes more at once: what changes for everybody is then counted less often. So many
# fit into a job of the worker; a rebuild by hand has all the time it needs.
CATCH_UP = 5_000
REBUILD = 100_000
PUBLISH_EVERY_S = 0.25
PAUSE_S = 0.05
# Without a bell a drainer looks so often: for tries that are due again, and for lost bells.
LOOK_EVERY_S = 0.25
LINGER_S = 2.0
# A job ends before RQ's own limit ends it; the bell is rung again for what is left.
LONGEST_S = 45.0

# One look for all of them: most have nothing open most of the time.
_OPEN = text(
    """
    SELECT projection FROM unnest(CAST(:asked AS text[])) AS projection
    WHERE EXISTS (
        SELECT FROM ledger_deliveries d
        WHERE d.projection = projection.projection AND d.delivered_at IS NULL AND NOT d.dead
          AND (d.retry_at IS NULL OR d.retry_at <= clock_timestamp())
    )
    """
)

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
        self._folded_at_s: dict[str, float] = {}

    def run(self, *, linger_s: float = LINGER_S) -> int:
        """Drain until idle for ``linger_s``; returns the number of effects written."""
        start_s = last_work_s = last_publish_s = self._monotonic()
        looked_at_s = start_s - LOOK_EVERY_S
        total, more = 0, True
        while True:
            rung = self._bell.take_down()
            now_s = self._monotonic()
            done = 0
            if rung or more or now_s - looked_at_s >= LOOK_EVERY_S:
                looked_at_s = now_s
                done, more = self._look(now_s)
            total += done
            now_s = self._monotonic()
            last_work_s = now_s if done or more else last_work_s
            if self._unpublished and (now_s - last_publish_s >= PUBLISH_EVERY_S or not done):
                self._publish()
                last_publish_s = now_s
            if now_s - start_s > LONGEST_S:
                self._bell.leave()
                self._bell.ring()
                return total
            idle = not done and not more and now_s - last_work_s >= linger_s
            if idle and not self._bell.leave():
                return total
            if not self._behind:
                self._sleep(PAUSE_S)

    def _look(self, now_s: float) -> tuple[int, bool]:
        """Fold what is open; returns the effects written, and whether to look again soon."""
        done, more = 0, False
        open_ = self._open()
        for one in self._catalogue.projections:
            if one.name not in open_:
                self._behind.discard(one.name)
            elif one.name not in self._behind and self._rests(one, now_s):
                more = True
            else:
                result = self._pass(one)
                done += result.done
                # What came while somebody else folds it, that one may not have seen.
                more = more or bool(result.done) or result.locked
        return done, more

    def _open(self) -> set[str]:
        with self._database.begin() as session:
            return set(session.scalars(_OPEN, {"asked": list(self._catalogue.names())}))

    def _rests(self, projection: Projection, now_s: float) -> bool:
        folded_at_s = self._folded_at_s.get(projection.name)
        return folded_at_s is not None and now_s - folded_at_s < projection.rest_s

    def _pass(self, projection: Projection) -> Pass:
        batch = self._catch_up if projection.name in self._behind else BATCH
        result = deliver(self._database, projection, batch=batch)
        self._folded_at_s[projection.name] = self._monotonic()
        if result.more:
            self._behind.add(projection.name)
        else:
            self._behind.discard(projection.name)
        if result.done and projection.publish is not None:
            self._unpublished.add(projection.name)
        return result

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
