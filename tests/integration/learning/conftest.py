"""A database with the ledger attached and a quiz on the page."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from psot.database import Database
from psot.learning.operations import publish_quiz
from tests.integration.ratings.history import listening
from tests.quizzes import the_pack

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def ledger(database: Database) -> Iterator[Database]:
    """A database of its own with a ledger to which the ratings listen."""
    with listening(database) as ready:
        yield ready


@pytest.fixture
def slug(ledger: Database) -> str:
    """The slug of a published quiz."""
    quiz = next(iter(the_pack().quizzes))
    with ledger.begin() as session:
        publish_quiz(session, slug=quiz, editor=None, now=NOW)
    return quiz
