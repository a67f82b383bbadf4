"""A house with races that are over, seen in a browser by a racer."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from uuid import UUID

import pytest
from flask import Flask
from playwright.sync_api import Page

from psot.embedded.postgres import Postgres
from psot.embedded.valkey import Valkey
from psot.races.stages import Stage
from psot.races.values import RaceView
from tests.e2e.serving import serving
from tests.results import RELAY, crowd, practised, raced
from tests.web import database_of, make_app, make_settings, sign_in


@dataclass(frozen=True, kw_only=True)
class Results:
    """The house: its address, its races, and the cookie of a racer."""

    base: str
    sprint: RaceView
    relay: RaceView
    practice: RaceView
    cookies: list[dict[str, object]]

    def enter(self, page: Page) -> None:
        """Let ``page`` be the racer's."""
        page.context.add_cookies(self.cookies)  # type: ignore[arg-type]  # Playwright's own shape


@pytest.fixture(scope="module")
def results(
    postgres: Postgres,
    valkey: Valkey,
    migrated_template: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Results]:
    """One house for all stories about results: they only read."""
    with postgres.connect("postgres") as session:
        session.execute(f"CREATE DATABASE results TEMPLATE {migrated_template} STRATEGY FILE_COPY")
    folder: Path = tmp_path_factory.mktemp("data")
    app: Flask = make_app(make_settings(postgres.url("results"), valkey.url(), folder, demo=True))
    client = sign_in(app, region="RU-TYU")
    member = cast("UUID", client.member_id)
    with app.app_context(), database_of(app).begin() as session:
        sprint = raced(session, crowd(24), stage=Stage.OFFICIAL, members=[member], season="2026/27")
        relay = raced(session, RELAY, format="relay", stage=Stage.OFFICIAL, season="2026/27")
        practice = practised(session, sprint, member)
    cookie = client.get_cookie(app.session_interface.cookie)  # type: ignore[attr-defined]  # ours
    assert cookie is not None
    with serving(app) as base:
        kept = {"name": cookie.key, "value": cookie.value, "url": base}
        yield Results(base=base, sprint=sprint, relay=relay, practice=practice, cookies=[kept])
    database_of(app).close()
