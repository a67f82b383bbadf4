"""The own rating in a browser: everything opened, down to a fact, for everyone's eyes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from psot.members import operations
from psot.members.sessions import DatabaseSessions
from tests import web
from tests.e2e.axe import violations
from tests.e2e.looks import Look, opened

LOOKS = (Look(1440, "ru", "light"), Look(390, "en", "dark"))
PAGES = ("/ratings/me", "/ratings/me?place=1", "/ratings/me?season=2026-Q3")
OPEN_ALL = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"


@contextmanager
def seen_by(browser: Browser, base: str, member: web.Browser, look: Look) -> Iterator[Page]:
    """Yield a page of ``member``, who has looked at nothing yet."""
    with opened(browser, base, "/healthz", look) as page:
        name = cast("DatabaseSessions", member.application.session_interface).cookie
        cookie = member.get_cookie(name)
        assert cookie
        page.context.add_cookies([{"name": name, "value": cookie.value, "url": base}])
        with web.database_of(member.application).begin() as session:
            operations.get(session, cast("UUID", member.member_id)).language = look.language
        yield page


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_everything_opened_is_fit_for_everyone(
    base: str, browser: Browser, learner: web.Browser, look: Look
) -> None:
    with seen_by(browser, base, learner, look) as page:
        for path in PAGES:
            page.goto(path)
            page.evaluate(OPEN_ALL)
            assert violations(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= look.width_px, path


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_a_line_of_a_week_leads_to_its_fact_by_keyboard(
    base: str, browser: Browser, learner: web.Browser, look: Look
) -> None:
    with seen_by(browser, base, learner, look) as page:
        page.goto("/ratings/me")
        week = page.locator("#week-3")
        week.locator("summary").focus()
        page.keyboard.press("Enter")
        expect(week).to_have_attribute("open", "")
        week.locator(".fact-link").first.focus()
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_contain_text("журнал" if look.language == "ru" else "Fact")
        assert violations(page) == []
