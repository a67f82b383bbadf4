"""A small app that is watched: observability and the shell, with doors that fail in known ways."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from redis.exceptions import ConnectionError as RedisAway

from psot import observability, shell
from psot.app import create_app
from psot.config import Settings
from psot.errors import Invalid, NotFound, TooMany

SECRET = "a secret of thirty-two characters"


def fail_in_known_ways(app: Flask) -> None:
    """Give `app` one door for each kind of failure, for people and for programs."""

    def broken() -> str:
        raise ZeroDivisionError("the text with a secret in it")

    def missing() -> str:
        raise NotFound("No quiz of this name.", subject="fire-safety")

    def wrong() -> str:
        raise Invalid("Check the fields.", fields={"name": ["Too long."]})

    def hasty() -> str:
        raise TooMany("Take a break.", retry_after_s=7)

    def away() -> str:
        raise RedisAway("connection refused")

    for prefix in ("/api/", "/pages/"):
        for door in (broken, missing, wrong, hasty, away):
            app.add_url_rule(f"{prefix}{door.__name__}", f"{prefix}{door.__name__}", door)


def watched(settings: Settings) -> Flask:
    """Return the small app for `settings`."""
    rooms = (observability.install, shell.install, fail_in_known_ways, _without_csrf)
    return create_app(settings, rooms=rooms)


def _without_csrf(app: Flask) -> None:
    app.add_template_global(lambda: "", "csrf_token")


@pytest.fixture
def settings(database_url: str, redis_url: str, tmp_path: Path) -> Settings:
    """Settings of a process on the services of the test."""
    return Settings(
        database_url=database_url, redis_url=redis_url, data_dir=tmp_path, secret_key=SECRET
    )


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The small watched app."""
    made = watched(settings)
    yield made
    made.extensions["psot.database"].close()
    made.extensions["psot.redis"].close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A caller of it."""
    return app.test_client()
