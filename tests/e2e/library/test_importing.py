"""An editor brings a question bank in a real browser: the form, the report, the drafts."""

from collections.abc import Iterator
from typing import cast

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from psot.members.sessions import DatabaseSessions
from tests.e2e.axe import violations
from tests.e2e.looks import Look, opened
from tests.e2e.serving import serving
from tests.exchange import GOLDEN
from tests.web import sign_in

LOOKS = (Look(1440, "ru", "light"), Look(390, "en", "dark"))
AGREE = {"ru": "Создать 15 черновиков", "en": "Make 15 drafts"}


@pytest.fixture
def house(app: Flask) -> Iterator[str]:
    with serving(app) as base:
        yield base


def enter(page: Page, app: Flask, base: str, language: str) -> None:
    """Let ``page`` be an editor's."""
    name = cast("DatabaseSessions", app.session_interface).cookie
    cookie = sign_in(app, roles=("editor",), language=language).get_cookie(name)
    assert cookie is not None
    page.context.add_cookies([{"name": name, "value": cookie.value, "url": base}])


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_a_bank_is_brought_read_and_made_drafts_of(
    browser: Browser, app: Flask, house: str, look: Look
) -> None:
    with opened(browser, house, "/", look) as page:
        enter(page, app, house, look.language)
        page.goto("/editor/content/import")
        assert violations(page) == []

        page.set_input_files("#file", GOLDEN / "constructs.moodle.xml")
        page.select_option("#topic", "height")
        page.locator("form[enctype] button[type=submit]").click()
        expect(page.locator(".stats")).to_be_visible()
        page.locator("details").first.locator("summary").click()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

        page.get_by_role("button", name=AGREE[look.language]).click()
        expect(page.locator(".content-list li")).to_have_count(15)
