"""A database in which races are run, folded and judged."""

import pytest

from psot.database import Database
from tests.jury import attach


@pytest.fixture
def judged(database: Database) -> Database:
    """A database of its own with a ledger to which standings and ratings listen."""
    return attach(database)
