"""Statements that travel together: one transaction, one round trip, errors as ever."""

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from psot.database import Database
from psot.trips import one_trip

MAKE = text("CREATE TABLE trip_rows (a int PRIMARY KEY)")
PUT = text("INSERT INTO trip_rows SELECT unnest(CAST(:rows AS int[])) RETURNING a")
ALL = text("SELECT a FROM trip_rows WHERE a % 100 <> :besides ORDER BY a")
END = text("SELECT pg_terminate_backend(pg_backend_pid())")


@pytest.fixture
def rows(database: Database) -> Iterator[Database]:
    with database.begin() as session:
        session.execute(MAKE)
    yield database
    with database.begin() as session:
        session.execute(text("DROP TABLE trip_rows"))


def standing(database: Database) -> list[int]:
    with database.begin() as session:
        return list(session.scalars(ALL, {"besides": 99}))


def test_what_travels_together_is_done_in_its_order_and_committed_with_the_rest(
    rows: Database,
) -> None:
    with rows.begin() as session:
        with one_trip(session) as trip:
            put = trip.ask(PUT, {"rows": [2, 1]})
            found = trip.ask(ALL, {"besides": 99})
        session.execute(PUT, {"rows": [3]})

        assert put.rows() == [(2,), (1,)]
        assert found.rows() == [(1,), (2,)]
    assert standing(rows) == [1, 2, 3]


def test_a_trip_costs_one_wait_with_the_begin_before_it(
    rows: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[str] = []
    wait = psycopg.Connection.wait

    def counted(*given: object, **named: object) -> object:
        waits.append("wait")
        return wait(*given, **named)  # type: ignore[arg-type]  # whatever it is given

    with rows.begin() as session:
        session.connection()
        monkeypatch.setattr(psycopg.Connection, "wait", counted)
        with one_trip(session) as trip:
            for number in range(5):
                trip.ask(PUT, {"rows": [number]})
            asked = len(waits)
        monkeypatch.undo()

    # Each statement is handed to the driver without waiting for an answer; then comes the one wait.
    assert len(waits) == asked + 1
    assert standing(rows) == [0, 1, 2, 3, 4]


def put(database: Database, *trips: list[int]) -> None:
    """Put rows in one transaction: the first alone, the others in one trip."""
    first, *others = trips
    with database.begin() as session:
        session.execute(PUT, {"rows": first})
        with one_trip(session) as trip:
            for one in others:
                trip.ask(PUT, {"rows": one})


def test_a_statement_that_fails_undoes_the_trip_and_is_told_as_sqlalchemy_tells_it(
    rows: Database,
) -> None:
    with pytest.raises(IntegrityError) as caught:
        put(rows, [1], [2], [1], [3])

    assert isinstance(caught.value, DBAPIError)
    assert not caught.value.connection_invalidated
    assert standing(rows) == []


def end(database: Database) -> None:
    """Let the server end the connection in the middle of a trip."""
    with database.begin() as session, one_trip(session) as trip:
        trip.ask(END, {})


def test_a_server_that_is_gone_is_an_operational_error_and_the_next_transaction_works(
    rows: Database,
) -> None:
    with pytest.raises(OperationalError) as caught:
        end(rows)

    assert caught.value.connection_invalidated
    assert standing(rows) == []
