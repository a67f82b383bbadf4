"""PostgreSQL through SQLAlchemy: the base of all models, engines and transactions.

Inside a request use ``with transaction() as session:``; everywhere else a `Database` made from the
settings and ``with database.begin() as session:``.
"""

import os
import select
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, cast

import psycopg
from flask import current_app, g
from gevent.monkey import get_original, is_module_patched
from sqlalchemy import Connection, DateTime, Engine, MetaData, create_engine, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker

from psot import compact, green

_HELD = "_database_reading"

UNREACHABLE_AFTER_S = 8
"""A connection whose other end has not answered for so long is given up, at both ends.

Less than the wait for a lock: what a host had locked when it was cut off is free again before
anybody gives up waiting for it. Asked every two seconds after four of silence; a slow statement is
not a silent host, the kernel answers for it.
"""
_PATIENCE = {
    "keepalives_idle": UNREACHABLE_AFTER_S // 2,
    "keepalives_interval": 2,
    "keepalives_count": 2,
    "tcp_user_timeout": UNREACHABLE_AFTER_S * 1000,
}
_OPTIONS = {
    "lock_timeout": "15s",
    "timezone": "UTC",
    # What nobody waits for any more is given up, with its locks.
    "client_connection_check_interval": "2s",
    # The server's end: the same, by the server's names.
    **{f"tcp_{name.removeprefix('tcp_')}": value for name, value in _PATIENCE.items()},
}


class Base(DeclarativeBase):
    """All tables of PSOT; one naming convention, so that migrations can name constraints."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy declares it so
        datetime: DateTime(timezone=True),
        dict[str, Any]: JSONB,
        list[Any]: JSONB,
    }


def new_id() -> uuid.UUID:
    """Return a random id that sorts by its time of birth (RFC 9562, version 7)."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10))
    value = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76
    value |= (random >> 64 & 0xFFF) << 64 | 0b10 << 62 | random & (1 << 62) - 1
    return uuid.UUID(int=value)


def driver_url(url: str) -> str:
    """Return ``url`` naming psycopg 3 as its driver: ``postgresql://…`` is what people write."""
    for plain in ("postgresql://", "postgres://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    return url


class Database:
    """One pool of connections to ``url``, at most ``pool`` of them; nothing connects before use.

    READ COMMITTED. A statement waits for a lock at most 15 s and for a silent network
    `UNREACHABLE_AFTER_S`, so that no request hangs for ever.
    """

    def __init__(self, url: str, *, pool: int = 8) -> None:
        self.engine = create_engine(
            driver_url(url),
            pool_size=pool,
            max_overflow=0,
            pool_timeout=10,
            hide_parameters=True,  # what members typed stays out of errors, and so out of logs
            json_deserializer=compact.loads,
            connect_args={
                "application_name": "psot",
                "connect_timeout": 5,
                "options": " ".join(f"-c {name}={value}" for name, value in _OPTIONS.items()),
                **_PATIENCE,
            },
        )
        if is_module_patched("select"):
            event.listen(self.engine, "do_connect", _connect_green)
        event.listen(self.engine, "checkout", _looker(self.engine))
        event.listen(self.engine, "checkin", _whole)
        self.sessions = sessionmaker(self.engine, expire_on_commit=False)
        # READ COMMITTED shows every statement what is committed then, within a transaction or not.
        self._at_once = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self.readers = sessionmaker(self._at_once, expire_on_commit=False, autoflush=False)
        event.listen(self.readers, "before_flush", _refuse)

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """Give a session whose transaction commits at the end and rolls back on any error."""
        with self.sessions.begin() as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that reads: its statements travel without a BEGIN and a COMMIT."""
        with self.readers() as session:
            yield session

    @contextmanager
    def asking(self) -> Iterator[Connection]:
        """Give a connection for reading rows, as `reading` without what entities take."""
        with self._at_once.connect() as connection:
            yield connection

    def session(self) -> Session:
        """Give a session of one's own; the caller closes it."""
        return self.sessions()

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def _connect_green(
    _dialect: object, _record: object, told: list[Any], named: dict[str, Any]
) -> green.Connection:
    return green.Connection.connect(*told, **named)


def _whole(connection: "psycopg.Connection[Any] | None", _record: object) -> None:
    """Let a connection that comes back begin by itself again: a trip sends its own BEGIN."""
    if connection is not None and connection.autocommit:
        connection.autocommit = False


def _looker(engine: Engine) -> Callable[[Any, object, object], None]:
    """Return what looks at a connection of the pool before it is used; nothing is asked for that.

    A server that ends a connection says so, or the system gives up a peer that is silent: an idle
    connection is then readable or broken. Only such a one is asked whether it is there, since it
    may have been told something else. Where it is not, the pool makes all its connections anew.
    """
    # gevent's own poll would have the loop watch the connection, which costs more than a question.
    poll_of: type[select.poll] = get_original("select", "poll")

    def look(connection: Any, _record: object, _proxy: object) -> None:
        try:
            poll = poll_of()
            poll.register(connection.fileno(), select.POLLIN)
            if poll.poll(0):
                engine.dialect.do_ping(connection)
        except psycopg.Error as error:
            raise InvalidatePoolError from error

    return look


def current() -> Database:
    """Return the database of the running app."""
    return cast("Database", current_app.extensions["psot.database"])


@contextmanager
def transaction() -> Iterator[Session]:
    """Give a session of the running app's database; it commits at the end.

    Within `reading` it is the session that reads.
    """
    held: Session | None = g.get(_HELD)
    if held is not None:
        yield held
        return
    with current().begin() as session:
        yield session


@contextmanager
def reading() -> Iterator[Session]:
    """Give a session of the running app's database for a page that writes nothing.

    Everything that the request asks meanwhile travels on its one connection: whoever may write
    something, or asks who makes the request, does that before. Adding anything to it is an error.
    """
    with current().reading() as session:
        setattr(g, _HELD, session)
        try:
            yield session
        finally:
            delattr(g, _HELD)


def _refuse(session: Session, *_told: object) -> None:
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("a page that reads has written something")
