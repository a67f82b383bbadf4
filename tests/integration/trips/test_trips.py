"""Statements that travel together: one transaction, one round trip, errors as ever."""

from collections.abc import Iterator

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


def test_a_connection_begins_by_itself_again_after_a_trip_that_began(database_url: str) -> None:
    def put_and_fail(alone: Database) -> None:
        with alone.begin() as session:
            session.execute(PUT, {"rows": [2]})
            raise LookupError

    alone = Database(database_url, pool=1)
    with alone.begin() as session, one_trip(session) as trip:
        trip.ask(MAKE, {})
        trip.ask(PUT, {"rows": [1]})
    with pytest.raises(LookupError):
        put_and_fail(alone)

    assert standing(alone) == [1]
    with alone.begin() as session:
        session.execute(text("DROP TABLE trip_rows"))
    alone.close()


def test_what_failed_after_a_trip_that_began_undoes_it(rows: Database) -> None:
    def put_and_fail() -> None:
        with rows.begin() as session:
            with one_trip(session) as trip:
                trip.ask(PUT, {"rows": [1]})
            session.execute(PUT, {"rows": [2]})
            raise LookupError

    with pytest.raises(LookupError):
        put_and_fail()
    assert standing(rows) == []


def test_a_commit_travels_with_what_it_ends(rows: Database) -> None:
    with rows.begin() as session:
        session.execute(PUT, {"rows": [1]})
        with one_trip(session, commits=True) as trip:
            for number in (2, 3):
                trip.ask(PUT, {"rows": [number]})

        assert standing(rows) == [1, 2, 3]
    assert standing(rows) == [1, 2, 3]


def test_no_commit_is_done_where_something_failed_on_the_way(rows: Database) -> None:
    def put_twice() -> None:
        with rows.begin() as session, one_trip(session, commits=True) as trip:
            for number in (1, 2, 1):
                trip.ask(PUT, {"rows": [number]})

    with pytest.raises(IntegrityError):
        put_twice()
    assert standing(rows) == []


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
