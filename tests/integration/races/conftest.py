"""A database in which races are told to the ledger."""

import pytest

from psot.database import Database
from psot.ledger import Catalogue, Ledger


@pytest.fixture
def races(database: Database) -> Database:
    """A database of its own with a ledger to which nobody listens."""
    Ledger(catalogue=Catalogue(()), ring=lambda: None).attach(database)
    return database
