"""An app that wears the shell and nothing else."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.e2e.shell.gallery import create_gallery


@pytest.fixture
def house() -> Flask:
    """Return the gallery with its door open: no CSRF token is asked for."""
    app = create_gallery()
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.fixture
def member_house() -> Flask:
    """Return the gallery as a member with the organizer's role sees it."""
    app = create_gallery(signed_in=True)
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.fixture
def visitor(house: Flask) -> Iterator[FlaskClient]:
    """A browser that has chosen nothing yet."""
    with house.test_client() as client:
        yield client
