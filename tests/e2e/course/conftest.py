"""Races in real browsers: the web process and the worker of the product, and racers who sign in."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import pytest
import redis as redis_py
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy import update

from psot import clock
from psot.config import Settings
from psot.embedded.postgres import Postgres
from psot.embedded.valkey import Valkey
from psot.ledger.consumers import enrol
from psot.members.models import Member
from psot.members.sessions import DatabaseSessions
from psot.projections import CATALOGUE
from psot.races import operations, queries
from psot.races.stages import Stage
from psot.races.values import RaceView
from tests.e2e.looks import Look, opened
from tests.houses import free_port, house
from tests.races import a_race, racer
from tests.services import wait_until
from tests.web import SECRET, database_of, make_app, make_settings, sign_in

SHORT: dict[str, Any] = {
    "laps": 2,
    "bouts": ["P"],
    "stations": 1,
    "fall_s": 2,
    "loop_s": 2,
    "prone_s": 60,
}
"""A sprint of two stations and one bout, with short holds."""
PROCFILE = "web: psot web\nworker: psot worker ledger\nscheduler: psot scheduler\n"
PATIENCE_S = 150.0
"""How long a house may take to open on a busy machine."""


DESK = Look()


@dataclass
class Arena:
    """The product running, and the test's own way into its database."""

    app: Flask
    base: str
    browser: Browser

    def race(self, *, stage: Stage = Stage.RUNNING, racers: int = 1, **details: Any) -> RaceView:
        """A race at ``stage``; a running one starts in some seconds."""
        details.setdefault("options", SHORT)
        details.setdefault("title", "Кубок «Электробезопасность»")
        with database_of(self.app).begin() as session:
            return a_race(session, stage=stage, racers=racers, now=clock.now(), **details)

    def under_way(self, **details: Any) -> RaceView:
        """A race whose first racer starts now."""
        details.setdefault("options", SHORT)
        details.setdefault("title", "Кубок «Электробезопасность»")
        with database_of(self.app).begin() as session:
            before = clock.now() - timedelta(seconds=10)
            return a_race(session, stage=Stage.RUNNING, racers=1, now=before, **details)

    def enter_stage(self, race: UUID, stage: Stage) -> RaceView:
        """Bring ``race`` to ``stage`` by hand."""
        with database_of(self.app).begin() as session:
            return operations.enter_stage(session, race, stage, now=clock.now(), by=None)

    def right(self, race: UUID) -> dict[str, str]:
        """The right option of every question of ``race``, by their texts."""
        with database_of(self.app).begin() as session:
            asked = [one.question for one in queries.question_set(session, race)]
        return {
            one.text: next(option.text for option in one.options if option.id in one.correct)
            for one in asked
        }

    @contextmanager
    def racing(self, race: UUID, *, bib: int = 1, look: Look = DESK) -> Iterator[Page]:
        """The screen of the racer with ``bib``."""
        with database_of(self.app).begin() as session:
            member = racer(session, race, bib)
            session.execute(
                update(Member).where(Member.id == member).values(language=look.language)
            )
        with opened(self.browser, self.base, "/healthz", look) as page:
            self.sign_in(page, member)
            page.goto(f"/races/{race}/run")
            yield page

    def sign_in(self, page: Page, member: UUID) -> None:
        """Let ``page`` be of ``member``."""
        name = cast("DatabaseSessions", self.app.session_interface).cookie
        cookie = sign_in(self.app, member=member).get_cookie(name)
        assert cookie is not None
        page.context.add_cookies([{"name": name, "value": cookie.value, "url": self.base}])


@pytest.fixture(scope="module")
def arena(
    postgres: Postgres,
    migrated_template: str,
    valkey: Valkey,
    tmp_path_factory: pytest.TempPathFactory,
    browser: Browser,
) -> Iterator[Arena]:
    """One house for the stories of a module: its web process, its worker, its scheduler."""
    folder = tmp_path_factory.mktemp("house")
    with postgres.connect("postgres") as session:
        session.execute(f"CREATE DATABASE arena TEMPLATE {migrated_template} STRATEGY FILE_COPY")
    with redis_py.Redis.from_url(valkey.url()) as client:
        client.flushall()
    settings = make_settings(postgres.url("arena"), valkey.url(), folder / "data")
    app = make_app(settings)
    enrol(database_of(app), CATALOGUE)
    with _house(folder, settings) as base:
        yield Arena(app, base, browser)
    database_of(app).close()
    with postgres.connect("postgres") as session:
        session.execute("DROP DATABASE arena WITH (FORCE)")


@contextmanager
def _house(folder: Path, settings: Settings) -> Iterator[str]:
    """The product under its supervisor, which puts a process that fell back on its feet."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    data = folder / "data"
    data.mkdir(exist_ok=True)
    with house(
        data,
        procfile=PROCFILE,
        port=port,
        DATABASE_URL=settings.database_url,
        REDIS_URL=settings.redis_url,
        SECRET_KEY=SECRET,
        PSOT_BASE_URL=base,
    ) as up:
        wait_until(lambda: _answers(port) or up.process.poll() is not None, PATIENCE_S)
        assert up.process.poll() is None, up.log.read_text()
        yield base


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
