"""``psot db`` and ``psot ledger`` as an operator uses them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from psot.cli import main
from psot.config import Settings
from psot.ledger import append_many
from psot.runtime import Runtime, connect
from tests.chaos.story import story

FACTS = 400


class Desk:
    """An operator's shell on one database."""

    def __init__(self, database_url: str, redis_url: str, folder: Path) -> None:
        self.environment = {
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "PSOT_DATA_DIR": str(folder),
            "PSOT_DEMO": "1",
        }
        self.made: Runtime = connect(Settings.from_environment(self.environment))

    def psot(self, *words: str, status: int = 0) -> str:
        result: Result = CliRunner().invoke(main, words, env=self.environment)
        assert result.exit_code == status, result.output
        return result.output

    def tell(self, facts: int) -> None:
        told = [(one.fact, one.key, one.at) for one in story(facts, seed=2)]
        with self.made.database.begin() as session:
            append_many(session, told)

    def run(self, statement: str) -> None:
        with self.made.database.begin() as session:
            session.execute(text(statement))


@pytest.fixture
def desk(database_url: str, redis_url: str, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(database_url, redis_url, tmp_path)
    yield desk
    desk.made.close()


def test_a_fresh_database_is_brought_up_and_fits(
    empty_database_url: str, redis_url: str, tmp_path: Path
) -> None:
    desk = Desk(empty_database_url, redis_url, tmp_path)

    desk.psot("db", "check", status=1)
    desk.psot("db", "upgrade")
    assert "fits" in desk.psot("db", "check")
    desk.psot("db", "downgrade", "base", "--yes")
    desk.psot("db", "check", status=1)
    desk.made.close()


def test_the_ledger_is_counted_folded_and_proven(desk: Desk) -> None:
    desk.tell(FACTS)

    assert f"{FACTS:,}  facts" in desk.psot("ledger", "stats")
    assert "up to date" in desk.psot("ledger", "rebuild", "ratings", "--yes")
    assert "equal" in desk.psot("ledger", "verify", "ratings")
    assert "0 waiting" in desk.psot("ledger", "stats")


def test_drift_is_found_named_and_mended(desk: Desk) -> None:
    desk.tell(FACTS)
    desk.psot("ledger", "rebuild", "ratings", "--yes")
    desk.run("UPDATE rating_members SET rating_milli = rating_milli + 1")

    found = desk.psot("ledger", "verify", status=1)
    assert "rating_members" in found
    assert "DIFFER" in found
    desk.psot("ledger", "rebuild", "ratings", "--yes")
    desk.psot("ledger", "verify")


def test_dead_letters_are_listed_and_replayed(desk: Desk) -> None:
    desk.tell(FACTS)
    desk.psot("ledger", "rebuild", "ratings", "--yes")
    desk.run(
        "INSERT INTO ledger_dead_letters (projection, seq, error)"
        " SELECT 'ratings', min(seq), 'a poison fact' FROM ledger_facts"
    )
    desk.run(
        "UPDATE ledger_deliveries SET dead = true, delivered_at = NULL"
        " WHERE seq = (SELECT min(seq) FROM ledger_facts)"
    )

    listed = desk.psot("ledger", "dead-letters")
    assert "a poison fact" in listed
    assert "1 dead letters opened again" in desk.psot("ledger", "replay", "ratings")
    assert "0 dead letters" in desk.psot("ledger", "dead-letters")


def test_a_projection_that_is_not_there_is_refused_by_name(desk: Desk) -> None:
    assert "'nonsense' is not" in desk.psot("ledger", "verify", "nonsense", status=2)
