"""A race that people watch: the product's web process, and boards the test lets be published."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import pytest
import redis as redis_py
from flask import Flask
from playwright.sync_api import Browser, Page

from psot.embedded.postgres import Postgres
from psot.embedded.valkey import Valkey
from psot.ledger import Catalogue
from psot.ledger.consumers import enrol
from psot.members.sessions import DatabaseSessions
from psot.races.values import RaceView
from psot.standings.projections import STANDINGS
from tests.e2e.looks import Look, opened
from tests.houses import PSOT, ROOT, START_S, free_port
from tests.integration.standings.racing import Track
from tests.services import wait_until
from tests.web import SECRET, database_of, make_app, make_settings, sign_in

DESK = Look()
HALL = Look(1920)
PHONE = Look(390)


@dataclass
class Hall:
    """Where a race is watched: pages of a running product, and the track it is told from."""

    app: Flask
    base: str
    browser: Browser
    track: Track

    @contextmanager
    def watching(
        self,
        race: RaceView,
        page: str = "live",
        look: Look = DESK,
        *,
        member: UUID | None = None,
        script: bool = True,
    ) -> Iterator[Page]:
        """A page of ``race`` in a browser of its own, of ``member`` or a visitor."""
        with opened(self.browser, self.base, "/healthz", look, script=script) as seen:
            if member is not None:
                self.sign_in(seen, member=member)
            seen.goto(f"/races/{race.id}/{page}")
            yield seen

    @contextmanager
    def remote(self, race: RaceView, look: Look = PHONE, *, script: bool = True) -> Iterator[Page]:
        """The remote control in an organizer's hand."""
        with opened(self.browser, self.base, "/healthz", look, script=script) as seen:
            self.sign_in(seen, roles=("organizer",))
            seen.goto(f"/organizer/races/{race.id}/remote")
            yield seen

    def sign_in(self, page: Page, **who: Any) -> None:
        name = cast("DatabaseSessions", self.app.session_interface).cookie
        cookie = sign_in(self.app, language=_language(page), **who).get_cookie(name)
        assert cookie is not None
        page.context.add_cookies([{"name": name, "value": cookie.value, "url": self.base}])


def _language(page: Page) -> str:
    chosen = {one.get("name"): one.get("value") for one in page.context.cookies()}
    return chosen.get("psot_language") or "ru"


@pytest.fixture(scope="module")
def hall(
    postgres: Postgres,
    migrated_template: str,
    valkey: Valkey,
    tmp_path_factory: pytest.TempPathFactory,
    browser: Browser,
) -> Iterator[Hall]:
    """One house for the stories of a module, each of which has a race of its own."""
    with postgres.connect("postgres") as session:
        session.execute(f"CREATE DATABASE hall TEMPLATE {migrated_template} STRATEGY FILE_COPY")
    with redis_py.Redis.from_url(valkey.url()) as client:
        client.flushall()
    folder = tmp_path_factory.mktemp("hall")
    app = make_app(make_settings(postgres.url("hall"), valkey.url(), folder / "data"))
    with _house(app, postgres.url("hall"), valkey.url(), folder, browser) as standing:
        yield standing
    database_of(app).close()
    with postgres.connect("postgres") as session:
        session.execute("DROP DATABASE hall WITH (FORCE)")


@pytest.fixture
def empty_hall(
    app: Flask, database_url: str, redis_url: str, tmp_path: Path, browser: Browser
) -> Iterator[Hall]:
    """A house of the test's own, in which nobody has raced yet."""
    with _house(app, database_url, redis_url, tmp_path, browser) as standing:
        yield standing


@contextmanager
def _house(
    app: Flask, database_url: str, redis_url: str, folder: Path, browser: Browser
) -> Iterator[Hall]:
    """The web process of a house; nobody publishes but the test."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("PSOT_")
    } | {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "SECRET_KEY": SECRET,
        "PSOT_DATA_DIR": str(folder / "house"),
        "PSOT_PORT": str(port),
        "PSOT_BASE_URL": base,
        "PYTHONPATH": f"{ROOT}:{ROOT / 'platform'}",
    }
    (folder / "house").mkdir()
    enrol(database_of(app), Catalogue((STANDINGS,)))
    with (
        (folder / "printed").open("wb") as printed,
        redis_py.Redis.from_url(redis_url) as redis,
    ):
        web = subprocess.Popen(
            [sys.executable, PSOT, "web"], env=environment, stdout=printed, stderr=printed
        )
        try:
            wait_until(lambda: _answers(port), START_S)
            yield Hall(app, base, browser, Track(database=database_of(app), redis=redis))
        finally:
            web.terminate()
            web.wait(30)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
