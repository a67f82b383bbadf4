"""A race on a start list, whose facts are told to the ledger and published to a real Redis."""

import pytest
from redis import Redis

from psot.database import Database
from psot.ledger import Catalogue, Ledger
from psot.ledger.consumers import enrol
from psot.standings import copies
from psot.standings.projections import STANDINGS
from tests.integration.standings.racing import Track

CATALOGUE = Catalogue((STANDINGS,))


@pytest.fixture(autouse=True)
def looked_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows are cut from what was published just now."""
    monkeypatch.setattr(copies, "LOOK_EVERY_S", -1)


@pytest.fixture
def track(database: Database, redis: Redis) -> Track:
    """A database in which races are told, and a Redis to which they are published."""
    Ledger(catalogue=CATALOGUE, ring=lambda: None).attach(database)
    enrol(database, CATALOGUE)
    return Track(database=database, redis=redis)
