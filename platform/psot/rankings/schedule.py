"""What happens with boards by itself: they follow the ratings, weeks are noted, old sets go."""

from concurrent.futures import Future, ThreadPoolExecutor

import structlog
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from psot import clock
from psot.database import Database
from psot.rankings import medal_board, sets
from psot.rankings.boards import Publisher
from psot.rankings.operations import count_medals, note_week
from psot.ratings.queries import seasons

# People see themselves move on a region's board as soon as on that of all.
EVERY_S = 1
# Names, and the wish to stand on no board, change without a fact.
WHOLE_EVERY = 10
# A week is noted many times; the last one stands. Counted in rounds.
NOTED_EVERY = 3600
# A protocol becomes official hours after its race.
COUNTED_EVERY = 30

_log = structlog.get_logger()


class Keeper:
    """Keeps boards in a thread of its own: filling them after a loss takes seconds.

    One round at a time; a round that is due while the last one still works is left out.
    """

    def __init__(self, database: Database, redis: "Redis") -> None:
        self._database, self._redis = database, redis
        self._publisher = Publisher(database, redis, all_every=WHOLE_EVERY)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="boards")
        self._round: Future[None] | None = None
        self._rounds = 0

    def keep(self) -> None:
        """Begin a round, unless one is on."""
        if self._round is None or self._round.done():
            self._round = self._thread.submit(self._keep)

    def finish(self) -> None:
        """Wait for the round that is on."""
        if self._round is not None:
            self._round.result()

    def _keep(self) -> None:
        try:
            self._publisher.keep()
            if self._rounds % NOTED_EVERY == 0:
                note_weeks(self._database)
                forget_past(self._database, self._redis)
            if self._rounds % COUNTED_EVERY == 0:
                with self._database.begin() as session:
                    count_medals(session)
            if self._rounds % WHOLE_EVERY == 0:
                with self._database.begin() as session:
                    medal_board.publish(session, self._redis)
            self._rounds += 1
        except (SQLAlchemyError, RedisError) as error:
            _log.warning("boards_not_kept", error=type(error).__name__)


def note_weeks(database: Database) -> int:
    """Note the places of the running week; returns how many changed since the last note."""
    with database.begin() as session:
        return note_week(session, now=clock.now())


def forget_past(database: Database, redis: "Redis") -> list[str]:
    """Remove the sets of every season but the newest; returns the seasons that had some."""
    with database.begin() as session:
        older = [one.name for one in seasons(session)[1:]]
    return [name for name in older if sets.forget(redis, name)]
