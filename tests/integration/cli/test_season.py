"""``psot season`` as an operator uses it, from the opening to the check of the protocol."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from psot import clock
from psot.cli import main
from psot.config import Settings
from psot.ledger.consumers import enrol
from psot.projections import CATALOGUE
from psot.runtime import Runtime, connect
from tests.integration.ratings.history import drain, tell
from tests.seasons import ANSWERS, HISTORY, OPENED, OVER, SEASON


class Desk:
    """An operator's shell on one database, at a moment of the story."""

    def __init__(self, database_url: str, redis_url: str, folder: Path) -> None:
        self.environment = {
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "PSOT_DATA_DIR": str(folder),
            "PSOT_DEMO": "1",
        }
        self.made: Runtime = connect(Settings.from_environment(self.environment))
        enrol(self.made.database, CATALOGUE)
        self.now = OPENED

    def psot(self, *words: str, status: int = 0, typed: str = "") -> str:
        with clock.fixed(self.now):
            result: Result = CliRunner().invoke(main, words, env=self.environment, input=typed)
        assert result.exit_code == status, result.output
        return result.output


@pytest.fixture
def desk(database_url: str, redis_url: str, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(database_url, redis_url, tmp_path)
    yield desk
    desk.made.close()


def test_a_season_is_opened_closed_and_its_protocol_checked(desk: Desk) -> None:
    tell(desk.made.database, HISTORY)
    assert "is open" in desk.psot("season", "open")
    tell(desk.made.database, ANSWERS)
    desk.now = OVER
    assert SEASON in desk.psot("season", "list")

    first = desk.psot("season", "close", SEASON, typed="y\n", status=1)
    drain(desk.made.database)
    desk.psot("season", "close", SEASON, typed="n\n", status=1)
    closed = desk.psot("season", "close", SEASON, typed="y\n")
    holds = desk.psot("season", "verify", SEASON)
    with desk.made.database.begin() as session:
        session.execute(text("UPDATE season_places SET place = 9"))
    broken = desk.psot("season", "verify", SEASON, status=1)

    assert "last figures have just been taken" in first
    assert "SHA-256" in closed
    assert "NO" not in holds
    assert "NO   the places" in broken


def test_a_quarter_that_has_not_begun_is_planned(desk: Desk) -> None:
    assert "2027-Q1 opens by itself on 2027-01-01" in desk.psot("season", "open", "2027-Q1")
