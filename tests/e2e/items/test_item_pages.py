"""The pages of item analysis in a real browser: nothing for axe to complain of, on any screen."""

from collections.abc import Iterator
from typing import cast

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from psot.ledger.consumers import enrol
from psot.members.sessions import DatabaseSessions
from psot.projections import CATALOGUE
from tests.e2e.axe import violations
from tests.e2e.looks import Look, opened
from tests.e2e.serving import serving
from tests.integration.items.history import RIGHT, WRONG, answered, drain, finished, happen, member
from tests.web import database_of, sign_in

QUESTIONS = ("ppe-01", "ppe-02", "ppe-03", "ppe-04")
LOOKS = (Look(1440, "ru", "light"), Look(390, "en", "dark"), Look(390, "ru", "light"))


@pytest.fixture
def analysed(app: Flask) -> Iterator[str]:
    """The address of a house in which forty members took a quiz, one of its questions bad."""
    database = database_of(app)
    enrol(database, CATALOGUE)
    for number in range(40):
        who = member(number)
        good = number % 2 == 0
        marks = [good, number % 4 < 3, not good, good]
        happen(
            database,
            *(
                answered(
                    who,
                    question,
                    score_ppm=RIGHT if mark else WRONG,
                    chosen=["a" if mark else "b"],
                    response_ms=8_000 + 500 * number,
                )
                for question, mark in zip(QUESTIONS, marks, strict=True)
            ),
            finished(who),
        )
    drain(database)
    with serving(app) as base:
        yield base


def enter(page: Page, app: Flask, base: str, language: str) -> None:
    """Let ``page`` be an editor's."""
    name = cast("DatabaseSessions", app.session_interface).cookie
    cookie = sign_in(app, roles=["editor"], language=language).get_cookie(name)
    assert cookie is not None
    page.context.add_cookies([{"name": name, "value": cookie.value, "url": base}])


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_figures_are_fit_for_everyone(
    app: Flask, analysed: str, browser: Browser, look: Look
) -> None:
    with opened(browser, analysed, "/healthz", look) as page:
        enter(page, app, analysed, look.language)
        for path in (
            "/editor/items",
            "/editor/items?flag=negative_discrimination&sort=-discrimination",
            "/editor/items?q=nothing-like-it",
            "/editor/items/ppe-01",
            "/editor/items/ppe-03",
            "/editor/items/ppe-05",
            "/editor/items/quizzes",
            "/editor/items/quizzes/ppe",
        ):
            answer = page.goto(path)
            assert answer is not None
            assert answer.status == 200, path
            assert page.locator("h1").count() == 1, path
            assert violations(page) == [], path
            wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
            assert not wide, f"{path} scrolls sideways"


def test_an_editor_goes_from_a_flag_to_the_option_behind_it(
    app: Flask, analysed: str, browser: Browser
) -> None:
    with opened(browser, analysed, "/healthz") as page:
        enter(page, app, analysed, "ru")
        page.goto("/editor/items")
        page.get_by_role("link", name="отрицательное различение").click()
        page.locator("tbody a").first.click()

        assert page.url.endswith("/editor/items/ppe-03#v1")
        assert page.get_by_text("отрицательное различение").count()
        page.get_by_role("link", name="ppe", exact=True).click()
        assert "/editor/items/quizzes/ppe" in page.url
