"""A community in tests."""

import pytest
from flask import Flask

from tests.community import Community


@pytest.fixture
def community(app: Flask) -> Community:
    """The community of ``app``, with nobody's question in it."""
    return Community(app)
