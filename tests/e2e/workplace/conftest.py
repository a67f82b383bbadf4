"""A house with scenarios on its shelf: its web process, members and trainers in browsers."""

import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest
import yaml
from flask import Flask
from playwright.sync_api import Browser, Page

from psot.embedded.postgres import Postgres
from psot.embedded.valkey import Valkey
from psot.library import queries as library
from psot.members.sessions import DatabaseSessions
from tests.e2e.looks import Look
from tests.houses import PSOT, ROOT, START_S, free_port
from tests.integration.workplace.conftest import put_on_shelf
from tests.services import wait_until
from tests.web import SECRET, database_of, make_app, make_settings, sign_in

DESK = Look()
SCENARIOS = ROOT / "content/packs/start/scenarios"


def is_ready(page: Page, what: str) -> None:
    """Wait until the script of a page has built what it builds."""
    page.wait_for_selector(f'html[data-ready="{what}"]', state="attached")


def real(name: str) -> dict[str, Any]:
    """Return a scenario that comes with the product."""
    row: dict[str, Any] = yaml.safe_load((SCENARIOS / f"{name}.yaml").read_text(encoding="utf-8"))
    return row


@dataclass
class Works:
    """The house: its address and the browser that members use."""

    app: Flask
    base: str
    browser: Browser
    shelf: set[str] = field(default_factory=set)

    def put(self, row: dict[str, Any] | None = None) -> str:
        """Let members play a scenario that may be on the shelf; the small shop if none is named."""
        name: str = row["id"] if row else "mini"
        if name not in self.shelf:
            with database_of(self.app).begin() as session:
                known = name in library.scenarios(session)
            if not known:
                put_on_shelf(self.app, row)
            self.shelf.add(name)
        return name

    @contextmanager
    def someone(self, look: Look = DESK, *, roles: tuple[str, ...] = ()) -> Iterator[Page]:
        """Yield a page of a new member, signed in."""
        context = self.browser.new_context(
            viewport={"width": look.width_px, "height": look.height_px},
            reduced_motion="reduce",
            base_url=self.base,
        )
        name = cast("DatabaseSessions", self.app.session_interface).cookie
        cookie = sign_in(self.app, roles=roles, language=look.language).get_cookie(name)
        assert cookie is not None
        chosen = {
            "psot_theme": look.theme,
            "psot_language": look.language,
            name: cookie.value,
        }
        context.add_cookies(
            [{"name": each, "value": one, "url": self.base} for each, one in chosen.items()]
        )
        context.set_default_timeout(60_000)
        try:
            yield context.new_page()
        finally:
            context.close()


def begin(page: Page, scenario: str = "mini", mode: str = "practice", seed: int = 1) -> None:
    """Begin a run as the page of the scenario does, with a seed that the test knows."""
    page.goto(f"/workplace/{scenario}")
    page.evaluate(
        """([address, told]) => {
          const form = document.createElement("form");
          form.method = "post";
          form.action = address;
          const csrf_token = document.querySelector("meta[name=csrf-token]").content;
          for (const [name, value] of Object.entries({ ...told, csrf_token })) {
            const field = document.createElement("input");
            [field.name, field.value] = [name, value];
            form.append(field);
          }
          document.body.append(form);
          form.submit();
        }""",
        [f"/workplace/{scenario}/runs", {"mode": mode, "seed": str(seed)}],
    )
    is_ready(page, "run")


@pytest.fixture(scope="module")
def works(  # noqa: PLR0917 - fixtures
    request: pytest.FixtureRequest,
    postgres: Postgres,
    valkey: Valkey,
    migrated_template: str,
    tmp_path_factory: pytest.TempPathFactory,
    browser: Browser,
) -> Iterator[Works]:
    """The web process of a house on services of the test."""
    name = f"works_{request.module.__name__.rpartition('.')[2]}"
    with postgres.connect("postgres") as session:
        session.execute(f"CREATE DATABASE {name} TEMPLATE {migrated_template} STRATEGY FILE_COPY")
    folder: Path = tmp_path_factory.mktemp("house")
    app = make_app(make_settings(postgres.url(name), valkey.url(), folder))
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    usual = {key: value for key, value in os.environ.items() if not key.startswith("PSOT_")}
    environment = usual | {
        "DATABASE_URL": postgres.url(name),
        "REDIS_URL": valkey.url(),
        "SECRET_KEY": SECRET,
        "PSOT_DATA_DIR": str(folder),
        "PSOT_PORT": str(port),
        "PSOT_BASE_URL": base,
        "PYTHONPATH": f"{ROOT}:{ROOT / 'platform'}",
    }
    with (folder / "printed").open("wb") as printed:
        web = subprocess.Popen(
            [sys.executable, PSOT, "web"], env=environment, stdout=printed, stderr=printed
        )
        try:
            wait_until(lambda: _answers(base), START_S)
            yield Works(app, base, browser)
        finally:
            web.terminate()
            web.wait(timeout=30)
            database_of(app).close()


def _answers(base: str) -> bool:
    try:
        with urllib.request.urlopen(f"{base}/healthz", timeout=5):  # noqa: S310 - our own house
            return True
    except (OSError, urllib.error.URLError):
        return False
