"""A race with a provisional protocol in a real house, and the jury's browser in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import cast
from uuid import UUID

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy import text

from psot import clock
from psot.database import Database
from psot.jury import operations, schedule
from psot.ledger.consumers import enrol
from psot.members.sessions import DatabaseSessions
from psot.projections import CATALOGUE
from tests.e2e.serving import serving
from tests.jury import OVER, START, a_run_race, settle
from tests.races import racer
from tests.web import Browser as Client
from tests.web import database_of, sign_in


@dataclass
class Court:
    """A house with a judged race; ``browsers`` are those of the jury and of racer 3."""

    app: Flask
    base: str
    browser: Browser
    race: UUID
    judge: Client
    racer: Client

    @property
    def database(self) -> Database:
        """The house's database."""
        return database_of(self.app)

    def enter(self, page: Page, client: Client) -> None:
        """Let ``page`` be of whom ``client`` is of."""
        cookie = cast("DatabaseSessions", self.app.session_interface).cookie
        kept = client.get_cookie(cookie)
        assert kept is not None
        page.context.add_cookies([{"name": cookie, "value": kept.value, "url": self.base}])


@pytest.fixture
def court(app: Flask, browser: Browser) -> Iterator[Court]:
    """Four racers, two cases, a protest, the provisional protocol; nothing decided yet."""
    database = database_of(app)
    enrol(database, CATALOGUE)
    view = a_run_race(database, think_s=0.4, title="Кубок «Зимняя охрана труда»")
    with database.begin() as session:
        gap = {"from_at": START + timedelta(seconds=31), "until_at": START + timedelta(seconds=38)}
        session.execute(
            text("INSERT INTO race_outages (from_at, until_at) VALUES (:from_at, :until_at)"), gap
        )
        session.execute(text("UPDATE members SET name_public = true"))
    schedule.keep(database, OVER)
    settle(database)
    now = clock.now()
    with database.begin() as session:
        session.execute(text("UPDATE races SET provisional_at = :now"), {"now": now})
        who = racer(session, view.id, 3)
        operations.lodge(
            session,
            view.id,
            who,
            text="В вопросе о диэлектрических перчатках два варианта верны: срок зависит от даты"
            " последнего испытания, а она не названа.",
            task=3,
            now=now,
        )
    with serving(app) as base:
        yield Court(
            app=app,
            base=base,
            browser=browser,
            race=view.id,
            judge=sign_in(app, roles=("jury",), display_name="Ирина Судейская", name_public=True),
            racer=sign_in(app, member=who),
        )
