"""A season in a real browser: opened, tried under other rules, closed, and its hash taken."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from psot import clock
from psot.ledger.consumers import enrol
from psot.members.sessions import DatabaseSessions
from psot.projections import CATALOGUE
from psot.seasons import trying
from psot.seasons.checking import verify
from psot.seasons.operations import open_season
from psot.seasons.schedule import keep
from tests.e2e.axe import violations
from tests.e2e.looks import Look, opened
from tests.e2e.serving import serving
from tests.integration.ratings.history import AUTUMN, answered, drain, tell
from tests.seasons import ANSWERS, HISTORY, OPENED, OVER, SEASON
from tests.web import a_member, database_of, sign_in

# The two farthest apart; the walk of every page sees the pages that need no story.
LOOKS = (Look(1440, "ru", "light"), Look(390, "en", "dark"))
NAMES = ("Вера Громова", "Тихон Лосев", "Анна-Мария Константинопольская", "Пётр Ли")


class House:
    """The application as a server runs it, at a moment of the story."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.database = database_of(app)
        self.now = OPENED
        inside = app.wsgi_app

        def at_that_moment(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
            with clock.fixed(self.now):
                return cast("Iterable[bytes]", inside(environ, start_response))

        app.wsgi_app = at_that_moment  # type: ignore[method-assign]  # Flask's documented way

    @contextmanager
    def organizer(self, browser: Browser, base: str, look: Look) -> Iterator[Page]:
        """A page of an organizer who signs in now."""
        with clock.fixed(self.now):
            who = sign_in(self.app, roles=("organizer",), language=look.language)
        drain(self.database)
        name = cast("DatabaseSessions", self.app.session_interface).cookie
        kept = who.get_cookie(name)
        assert kept is not None
        with opened(browser, base, "/healthz", look) as page:
            page.context.add_cookies([{"name": name, "value": kept.value, "url": base}])
            yield page


@pytest.fixture
def house(app: Flask) -> House:
    """A community before its season."""
    enrol(database_of(app), CATALOGUE)
    made = House(app)
    tell(made.database, HISTORY)
    return made


def play(house: House) -> None:
    """Let members with names and those of the history answer."""
    with clock.fixed(OPENED - timedelta(days=9)), house.database.begin() as session:
        people = [a_member(session, display_name=one, name_public=True).id for one in NAMES]
    tell(
        house.database,
        [
            *ANSWERS,
            *(
                answered(who, f"ppe-{question:02}", at=AUTUMN, score_ppm=1_000_000 - 90_000 * n)
                for n, who in enumerate(people)
                for question in range(1, 13 - n)
            ),
        ],
    )


def looked_at(page: Page, name: str, house: House, browser: Browser, base: str) -> None:
    """See ``page``'s address in every look: axe has nothing to say, nothing scrolls sideways."""
    path = page.url.removeprefix(base)
    shots = os.environ.get("PSOT_SHOTS", "")
    for look in LOOKS:
        with house.organizer(browser, base, look) as seen:
            seen.goto(path)
            assert violations(seen) == [], f"{name} {look}"
            wide = seen.evaluate("document.documentElement.scrollWidth > innerWidth")
            assert not wide, f"{name} scrolls sideways at {look}"
            if shots:
                seen.screenshot(path=Path(shots) / f"{name}-{look}.png", full_page=True)


def later(house: House, moment: datetime) -> None:
    house.now = moment
    with clock.fixed(moment):
        keep(house.database, moment)


def test_an_organizer_opens_and_closes_a_season(house: House, browser: Browser) -> None:
    later(house, OPENED)
    with serving(house.app) as base:
        with house.organizer(browser, base, LOOKS[0]) as page:
            page.goto("/organizer/seasons")
            page.get_by_role("listitem").filter(has_text=f"Сезон {SEASON}").get_by_role(
                "link", name="Посмотреть и открыть"
            ).click()
            expect(page.locator("main")).to_contain_text("Тюменская область")
            page.get_by_role("button", name="Открыть сезон сейчас").click()
            expect(page.locator("main")).to_contain_text("4 участника в составах")
        drain(house.database)
        play(house)
        later(house, OVER)
        with house.organizer(browser, base, LOOKS[0]) as page:
            page.goto("/organizer/seasons")
            page.get_by_role("link", name="Закрыть сезон").click()
            looked_at(page, "closing", house, browser, base)
            page.get_by_label(f"Введите название сезона: {SEASON}").fill(SEASON)
            page.get_by_role("button", name="Закрыть сезон навсегда").click()
            expect(page.get_by_role("alert")).to_contain_text("Закройте сезон через минуту")
            drain(house.database)
            page.get_by_label(f"Введите название сезона: {SEASON}").fill(SEASON)
            page.get_by_role("button", name="Закрыть сезон навсегда").click()
            expect(page.get_by_role("heading", level=1)).to_have_text(f"Сезон {SEASON}")
            expect(page.locator("main")).to_contain_text("Вера Громова")
            with page.expect_download() as download:
                page.get_by_role("link", name="Протокол в JSON").click()
            file = sha256(download.value.path().read_bytes()).hexdigest()
            expect(page.locator("main")).to_contain_text(file)
            looked_at(page, "closed", house, browser, base)

    assert verify(house.database, SEASON).holds


def test_an_organizer_sees_what_other_rules_would_change(house: House, browser: Browser) -> None:
    with house.database.begin() as session:
        open_season(session, now=OPENED, name=SEASON)
    drain(house.database)
    play(house)
    with (
        serving(house.app) as base,
        house.organizer(browser, base, LOOKS[0]) as page,
    ):
        page.goto("/organizer/seasons/rules")
        page.get_by_role("link", name="Составить новые правила").click()
        page.get_by_label("Полная неделя, минуты").fill("30")
        page.get_by_label("Притяжение к среднему").fill("2")
        page.get_by_role("button", name="Сохранить черновик").click()
        page.get_by_role("button", name="Проверить на сезоне").click()
        expect(page.locator("main")).to_contain_text("Теневой рейтинг считается")
        assert trying.count(house.database, lambda: OPENED)
        page.get_by_role("link", name="Обновить").click()
        expect(page.locator("main")).to_contain_text("корреляция рангов")
        looked_at(page, "rules", house, browser, base)
