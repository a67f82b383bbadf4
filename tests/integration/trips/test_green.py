"""A process of greenlets waits for PostgreSQL by one greenlet, and only where it has to."""

from collections.abc import Iterator
from typing import Any

import gevent
import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from psot import database as databases
from psot.database import Database
from psot.green import Connection
from psot.trips import one_trip

SLEEP = text("SELECT CAST(pg_sleep(:seconds) AS text)")
ECHO = text("SELECT length(CAST(:text AS text))")
MAKE = text("CREATE TABLE green_rows (a int)")
PUT = text("INSERT INTO green_rows VALUES (:a)")
ALL = text("SELECT a FROM green_rows ORDER BY a")
LONGER_THAN_ANY_BUFFER = 20_000_000


@pytest.fixture
def green(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The product's pool as a process of greenlets has it."""
    monkeypatch.setattr(databases, "is_module_patched", lambda _name: True)
    pool = Database(database_url, pool=2)
    with pool.begin() as session:
        session.execute(MAKE)
    yield pool
    with pool.begin() as session:
        session.execute(text("DROP TABLE green_rows"))
    pool.close()


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What connections have waited for."""
    seen: list[int] = []
    until = Connection._until

    def noted(connection: Connection, wanted: int) -> None:
        seen.append(wanted)
        until(connection, wanted)

    monkeypatch.setattr(Connection, "_until", noted)
    return seen


def sleep(green: Database, seconds: float) -> None:
    with green.begin() as session:
        session.execute(SLEEP, {"seconds": seconds})


def standing(green: Database) -> list[int]:
    with green.begin() as session:
        return list(session.scalars(ALL))


def test_while_one_greenlet_waits_the_others_go_on(green: Database) -> None:
    order: list[str] = []

    def slow() -> None:
        order.append("asked")
        sleep(green, 0.3)
        order.append("answered")

    def quick() -> None:
        sleep(green, 0)
        order.append("meanwhile")

    gevent.joinall([gevent.spawn(slow), gevent.spawn(quick)], raise_error=True)

    assert order == ["asked", "meanwhile", "answered"]


def test_a_trip_gives_the_turn_away_once_however_many_statements_it_has(
    green: Database, waits: list[int]
) -> None:
    with green.begin() as session:
        session.connection()
        waits.clear()
        with one_trip(session, commits=True) as trip:
            trip.ask(SLEEP, {"seconds": 0.1})  # or the answer might be there at once
            for number in range(5):
                trip.ask(PUT, {"a": number})
        assert len(waits) == 1
    assert len(waits) == 1
    assert standing(green) == [0, 1, 2, 3, 4]


def test_what_the_kernel_does_not_take_at_once_arrives_whole(
    green: Database, waits: list[int]
) -> None:
    with green.begin() as session:
        length = session.scalar(ECHO, {"text": "x" * LONGER_THAN_ANY_BUFFER})

    assert length == LONGER_THAN_ANY_BUFFER
    assert max(waits) > 1  # it waited to write


def in_a_session(green: Database) -> None:
    with green.begin() as session:
        session.execute(PUT, {"a": 1})
        session.execute(SLEEP, {"seconds": 30})


def in_a_trip(green: Database) -> None:
    with green.begin() as session, one_trip(session) as trip:
        trip.ask(PUT, {"a": 1})
        trip.ask(SLEEP, {"seconds": 30})


@pytest.mark.parametrize("ask", [in_a_session, in_a_trip])
def test_whoever_is_stopped_while_waiting_leaves_nothing_behind(green: Database, ask: Any) -> None:
    with pytest.raises(gevent.Timeout), gevent.Timeout(0.2):
        ask(green)

    assert green.engine.pool.checkedout() == 0  # type: ignore[attr-defined]  # of a QueuePool
    for _ in range(4):  # more than there are connections: none gives the answer to another question
        assert standing(green) == []


def test_a_server_that_ends_the_connection_is_heard_of(green: Database) -> None:
    def end() -> None:
        with green.begin() as session:
            session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with pytest.raises(OperationalError) as caught:
        end()

    assert caught.value.connection_invalidated
    assert standing(green) == []


def test_psycopg_itself_may_wait_for_a_time(green: Database) -> None:
    with green.asking() as asking:
        connection = asking.connection.driver_connection
        assert isinstance(connection, Connection)
        assert list(connection.notifies(timeout=0.05)) == []
