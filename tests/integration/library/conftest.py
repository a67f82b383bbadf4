"""A database with the start pack, and a ledger that is told of everything."""

from collections.abc import Iterator

import pytest

from psot.database import Database
from tests.content import told_to_nobody


@pytest.fixture
def library(database_url: str) -> Iterator[Database]:
    """The library of a database of its own."""
    with told_to_nobody(database_url) as database:
        yield database
