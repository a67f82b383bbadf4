"""A database in which study listens to the ledger."""

from collections.abc import Iterator

import pytest

from psot.database import Database
from tests.integration.study.history import listening


@pytest.fixture
def ledger(database: Database) -> Iterator[Database]:
    """A database of its own in which facts can be told and folded."""
    with listening(database) as ready:
        yield ready
