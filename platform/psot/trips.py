"""Statements that travel to PostgreSQL together: one round trip for all of them.

A busy process waits for each answer, and then in line until its turn has come: of a transaction of
five statements that is most of its time. What is asked within `one_trip` is sent at once, with the
BEGIN before it where it is the first, by the pipeline of psycopg. Its answers can be read after it.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any, cast

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy import TextClause
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

Row = tuple[Any, ...]


class Asked:
    """One statement of a trip."""

    def __init__(self, cursor: "psycopg.Cursor[Row]") -> None:
        self._cursor = cursor

    def rows(self) -> list[Row]:
        """Return its rows; only after the trip."""
        return self._cursor.fetchall()


class Trip:
    """The statements that travel together."""

    def __init__(self, connection: "psycopg.Connection[Row]") -> None:
        self._connection = connection

    def ask(self, statement: TextClause, values: Mapping[str, Any]) -> Asked:
        """Send a statement of this module's caller with its ``values`` along."""
        return Asked(self._connection.execute(_written(statement), values))


@contextmanager
def one_trip(session: Session, *, commits: bool = False) -> Iterator[Trip]:
    """Send what is asked within in one round trip, in the transaction of ``session``.

    Where it ``commits`` the COMMIT travels behind them, and is done where none of them failed; the
    caller asks nothing more and lets the session end as ever.

    Raises sqlalchemy's DBAPIError at the end, as the session itself would, for the first statement
    that fails; those after it have not been done.
    """
    connection = session.connection()
    raw = cast("psycopg.Connection[Row]", connection.connection.driver_connection)
    begins = raw.info.transaction_status is TransactionStatus.IDLE and not raw.autocommit
    try:
        if begins:  # its own BEGIN psycopg would wait for
            raw.autocommit = True
        with raw.pipeline():
            if begins:
                raw.execute(b"BEGIN", prepare=False)
            yield Trip(raw)
            if commits:
                raw.execute(b"COMMIT", prepare=False)
    except psycopg.Error as error:
        gone = raw.closed or raw.broken
        if gone:
            connection.invalidate(error)
        raise DBAPIError.instance(
            None,
            None,
            error,
            psycopg.Error,
            hide_parameters=True,  # as `psot.database` has it
            connection_invalidated=gone,
            dialect=connection.dialect,
        ) from error
    except BaseException:
        if raw.closed:  # whoever waited was stopped
            connection.invalidate()
        raise


@cache
def _written(statement: TextClause) -> bytes:
    """Return a statement as psycopg reads it: a few there are, each made once."""
    dialect = PGDialect_psycopg()  # type: ignore[no-untyped-call]  # SQLAlchemy does not say
    return str(statement.compile(dialect=dialect)).encode()
