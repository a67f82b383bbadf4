"""A country in tests."""

from collections.abc import Iterator

import pytest
from flask import Flask

from psot import clock
from tests.regions import NOW, Country


@pytest.fixture
def country(app: Flask) -> Iterator[Country]:
    """The country of ``app`` with an open season and nobody in it, in its eighth week."""
    with clock.fixed(NOW):
        yield Country(app)
