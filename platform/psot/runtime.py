"""What a process that is not the web app works with: made once by its door, from the settings."""

from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from redis import BlockingConnectionPool, Redis
from sqlalchemy.orm import Session

from psot.config import Settings
from psot.course import undoing
from psot.database import Database
from psot.jury.queries import published
from psot.ledger import Ledger
from psot.ledger.bell import Bell
from psot.projections import CATALOGUE
from psot.races import surroundings


@dataclass(frozen=True, kw_only=True)
class Runtime:
    """The settings of a process with its database, its Redis and the ledger between them."""

    settings: Settings
    database: Database
    redis: Redis

    def close(self) -> None:
        """Close every connection."""
        self.database.close()
        self.redis.close()


REDIS_CONNECTIONS: Final = 16
"""Of a process, at most; a question to Redis takes a fraction of a millisecond."""
WAIT_S: Final = 2

_current: ContextVar[Runtime] = ContextVar("psot_runtime")


def connect(settings: Settings) -> Runtime:
    """Make what ``settings`` describe; nothing connects before its first use."""
    database = Database(settings.database_url, pool=settings.database_pool)
    redis = redis_client(settings.redis_url)
    Ledger(catalogue=CATALOGUE, ring=Bell(redis).ring).attach(database)
    around = surroundings.Surroundings(redis=redis, base_url=settings.base_url, results=_results)
    surroundings.attach(database, around)
    undoing.listen()
    return Runtime(settings=settings, database=database, redis=redis)


def _results(session: Session, race: UUID) -> Iterable[Mapping[str, Any]] | None:
    """Return the rows of the protocol that a pursuit follows."""
    found = published(session, race)
    rows: list[Mapping[str, Any]] | None = found.body["results"] if found else None
    return rows


def redis_client(url: str) -> Redis:
    """Return a client that never waits long: nothing that a member asks for hangs on Redis.

    Whoever comes while all its connections are in use waits for one. Without an end to their number
    a crowd at the door opens one each, which costs more than waiting and fails on a busy machine.
    """
    pool = BlockingConnectionPool.from_url(
        url,
        max_connections=REDIS_CONNECTIONS,
        timeout=WAIT_S,
        socket_timeout=WAIT_S,
        socket_connect_timeout=1,
    )
    return Redis.from_pool(pool)


def enter(made: Runtime) -> None:
    """Make ``made`` the runtime of this process."""
    _current.set(made)


def runtime() -> Runtime:
    """Return the runtime of this process; raises LookupError before `enter`."""
    return _current.get()
