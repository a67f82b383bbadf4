"""A connection that the server ended is noticed without asking, and nobody gets an error for it."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from psot.database import Database
from psot.embedded.postgres import Postgres
from tests.services import wait_until

POOL = 3


@pytest.fixture
def pool(database_url: str) -> Iterator[Database]:
    """A small pool of the product's."""
    made = Database(database_url, pool=POOL)
    yield made
    made.close()


def backend(session: Session) -> int:
    """The process of the server at the other end."""
    return int(session.scalar(text("SELECT pg_backend_pid()")) or 0)


def backends(pool: Database) -> set[int]:
    """The servers' processes of all connections that ``pool`` may have."""
    with ExitStack() as stack:
        sessions = [stack.enter_context(pool.begin()) for _ in range(POOL)]
        return {backend(one) for one in sessions}


def end(postgres: Postgres, pids: set[int]) -> None:
    """Let the server end connections, and return when they are gone."""
    with postgres.connect("postgres") as server:
        for pid in pids:
            server.execute("SELECT pg_terminate_backend(%s)", (pid,))
        left = "SELECT count(*) FROM pg_stat_activity WHERE pid = ANY(%s)"
        wait_until(lambda: server.execute(left, (list(pids),)).fetchone() == (0,))


def test_connections_that_the_server_ended_are_made_anew(
    pool: Database, postgres: Postgres
) -> None:
    before = backends(pool)
    end(postgres, before)

    after = backends(pool)

    assert len(before) == len(after) == POOL
    assert not before & after


def test_one_that_only_reads_finds_out_as_well(pool: Database, postgres: Postgres) -> None:
    with pool.reading() as session:
        before = backend(session)
    end(postgres, {before})

    with pool.reading() as session:
        assert backend(session) != before


def test_one_that_was_told_something_else_is_kept(pool: Database, postgres: Postgres) -> None:
    with pool.begin() as session:
        before = backend(session)
        session.execute(text("LISTEN news"))
        name = session.scalar(text("SELECT current_database()"))
    with postgres.connect(str(name)) as server:
        server.execute("NOTIFY news")

    with pool.begin() as session:
        assert backend(session) == before


def test_nothing_is_asked_before_a_statement(database_url: str, tmp_path: Path) -> None:
    pool, told = Database(database_url, pool=1), tmp_path / "told"
    with told.open("wb") as trace:
        with pool.reading() as session:
            held = session.connection().connection.driver_connection
            assert held is not None
            held.pgconn.trace(trace.fileno())
        with pool.reading() as session:
            session.execute(text("SELECT 1"))
        held.pgconn.untrace()
    pool.close()

    sent = [line.split("\t") for line in told.read_text().splitlines()]
    questions = [words[3] for words in sent if words[1] == "F" and words[3] in {"Query", "Execute"}]
    assert len(questions) == 1, sent
