"""A house with its recordings, and a member whose browser is signed in."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from psot import clock
from psot.embedded.postgres import Postgres
from psot.embedded.valkey import Valkey
from psot.members.sessions import DatabaseSessions
from psot.recordings import operations
from tests import web
from tests.e2e.looks import Look
from tests.e2e.serving import serving

DESK = Look()


@pytest.fixture(scope="module")
def app(
    request: pytest.FixtureRequest,
    postgres: Postgres,
    valkey: Valkey,
    migrated_template: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Flask]:
    """The whole application with the recordings that come with it."""
    name = f"recordings_e2e_{request.module.__name__.rpartition('.')[2]}"
    with postgres.connect("postgres") as session:
        session.execute(f"CREATE DATABASE {name} TEMPLATE {migrated_template} STRATEGY FILE_COPY")
    folder: Path = tmp_path_factory.mktemp("data")
    made = web.make_app(web.make_settings(postgres.url(name), valkey.url(), folder))
    with web.database_of(made).begin() as session:
        operations.load_packaged(session, now=clock.now())
    yield made
    web.database_of(made).close()


@pytest.fixture(scope="module")
def base(app: Flask) -> Iterator[str]:
    """Address of the running house."""
    with serving(app) as address:
        yield address


@contextmanager
def at(
    browser: Browser,
    base: str,
    path: str,
    member: web.Browser | None = None,
    look: Look = DESK,
    *,
    script: bool = True,
) -> Iterator[Page]:
    """Yield ``path`` as ``member`` sees it; its scripts fail the test where they fail."""
    context = browser.new_context(
        viewport={"width": look.width_px, "height": look.height_px},
        reduced_motion="reduce",
        java_script_enabled=script,
        base_url=base,
    )
    chosen = {"psot_theme": look.theme, "psot_language": look.language}
    if member is not None:
        name = cast("DatabaseSessions", member.application.session_interface).cookie
        cookie = member.get_cookie(name)
        assert cookie
        chosen[name] = cookie.value
    context.add_cookies([{"name": name, "value": one, "url": base} for name, one in chosen.items()])
    context.set_default_timeout(20_000)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console",
        lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None,
    )
    page.goto(path)
    try:
        yield page
        assert faults == []
    finally:
        context.close()
