"""The whole application with published quizzes and an open season, and programs that call it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from psot import clock
from psot.api import operations
from psot.api.scopes import SCOPES
from psot.learning.operations import publish_quiz
from psot.ledger.consumers import enrol
from psot.ledger.delivery import deliver
from psot.projections import CATALOGUE
from psot.ratings.operations import open_season
from tests.quizzes import the_pack
from tests.web import a_member, database_of, make_app, make_settings

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SEASON = "2026-Q4"
EVERYTHING = tuple(one.name for one in SCOPES)


@dataclass(frozen=True, kw_only=True)
class Program:
    """A caller with a token of its own and no cookies."""

    app: Flask
    member: UUID
    secret: str

    def call(self, method: str, path: str, body: Any = None, **kwargs: Any) -> Any:
        """Send a request to the API with the token; the answer is werkzeug's."""
        headers = {"Authorization": f"Bearer {self.secret}"} | kwargs.pop("headers", {})
        more = {"json": body} if body is not None else {}
        caller = self.app.test_client(use_cookies=False)
        caller.careless = True  # type: ignore[attr-defined]  # a program has no page to take a CSRF token from
        return caller.open(f"/api/v1{path}", method=method, headers=headers, **more, **kwargs)

    def get(self, path: str, **kwargs: Any) -> Any:
        return self.call("GET", path, **kwargs)

    def post(self, path: str, body: Any = None, **kwargs: Any) -> Any:
        return self.call("POST", path, body, **kwargs)


def a_program(
    app: Flask,
    *,
    scopes: tuple[str, ...] = ("read", "answer"),
    roles: tuple[str, ...] = (),
    days: int = 30,
    **details: Any,
) -> Program:
    """Make a member with a token for `scopes`."""
    with database_of(app).begin() as session:
        member = a_member(session, roles=roles, **details)
        made = operations.make_token(
            session,
            member=member.id,
            roles=roles,
            name="report script",
            wanted=scopes,
            days=days,
            now=clock.now(),
        )
        return Program(app=app, member=member.id, secret=made.secret)


def an_operator(app: Flask) -> Program:
    """Make an organizer whose token may do everything."""
    return a_program(app, scopes=EVERYTHING, roles=("organizer",))


def fold(app: Flask) -> None:
    """Do what a worker does: fold every fact that waits."""
    for one in CATALOGUE.projections:
        while deliver(database_of(app), one).done:
            pass


@pytest.fixture
def app(database_url: str, redis_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The application with every quiz published and the season open."""
    made = make_app(make_settings(database_url, redis_url, tmp_path / "data"))
    database = database_of(made)
    enrol(database, CATALOGUE)
    with database.begin() as session:
        for slug in the_pack().quizzes:
            publish_quiz(session, slug=slug, editor=None, now=NOW)
        open_season(session, name=SEASON, now=NOW)
    fold(made)
    yield made
    database.close()


@pytest.fixture
def program(app: Flask) -> Program:
    """A participant's program that may read and answer."""
    return a_program(app)
