"""A ledger with the tally listening, on a database of its own."""

from collections.abc import Iterator

import pytest

from psot.database import Database
from psot.ledger import Catalogue
from tests.integration.ledger.tally import ledger_on, projection


@pytest.fixture
def rung() -> list[str]:
    """What the bell heard."""
    return []


@pytest.fixture
def ledger(database: Database, rung: list[str]) -> Iterator[Database]:
    """A database whose sessions can append, with the tally enrolled."""
    with ledger_on(database, Catalogue((projection(),)), rung) as ready:
        yield ready
