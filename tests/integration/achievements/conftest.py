"""A database in which achievements listen to the ledger."""

from collections.abc import Iterator

import pytest

from psot.database import Database
from tests.integration.achievements.history import listening


@pytest.fixture
def ledger(database: Database) -> Iterator[Database]:
    """A database of its own in which facts can be told and folded."""
    with listening(database) as ready:
        yield ready
