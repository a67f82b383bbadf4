"""A member's mistakes, day and plan in a browser: by keyboard, on a phone, and without script."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import cast
from uuid import UUID

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from psot.members.sessions import DatabaseSessions
from psot.study import operations
from tests import web
from tests.e2e.axe import violations
from tests.e2e.looks import LOOKS, Look
from tests.integration.study.history import HALF, WRONG, answered, read, tell
from tests.quizzes import the_pack

PLAN = "head-of-a-small-firm"
PAGES = ("/me/today", "/me/mistakes", "/me/plan", "/plans")


@contextmanager
def at(
    browser: Browser, base: str, path: str, member: web.Browser, look: Look, *, script: bool = True
) -> Iterator[Page]:
    """Yield ``path`` as ``member`` sees it."""
    context = browser.new_context(
        viewport={"width": look.width_px, "height": look.height_px},
        reduced_motion="reduce",
        java_script_enabled=script,
        base_url=base,
    )
    name = cast("DatabaseSessions", member.application.session_interface).cookie
    cookie = member.get_cookie(name)
    assert cookie
    chosen = {"psot_theme": look.theme, "psot_language": look.language, name: cookie.value}
    context.add_cookies([{"name": name, "value": one, "url": base} for name, one in chosen.items()])
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto(path)
    try:
        yield page
    finally:
        context.close()


def a_learner(app: Flask, language: str) -> web.Browser:
    """A member with a plan begun three weeks ago, mistakes of yesterday and a lesson read."""
    member = web.sign_in(app, language=language)
    who = cast("UUID", member.member_id)
    now = datetime.now(UTC)
    database = web.database_of(app)
    with database.begin() as session:
        operations.choose_plan(session, member=who, plan=PLAN, now=now - timedelta(days=21))
    asked = list(the_pack().questions)
    tell(
        database,
        read(who, the_pack().plans[PLAN].steps[0].topic, at=now - timedelta(days=20)),
        *(
            answered(who, one, WRONG if place % 2 else HALF, at=now - timedelta(days=2))
            for place, one in enumerate(asked[:30:5])
        ),
        *(answered(who, one, at=now - timedelta(days=1)) for one in asked[1:30:5]),
    )
    return member


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_axe_has_nothing_to_say_and_nothing_is_wider_than_the_screen(
    app: Flask, base: str, browser: Browser, look: Look
) -> None:
    member = a_learner(app, language=look.language)
    for path in PAGES:
        with at(browser, base, path, member, look) as page:
            assert violations(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= look.width_px, path


def test_a_plan_is_chosen_followed_left_and_come_back_to_without_script(
    app: Flask, base: str, browser: Browser
) -> None:
    member = web.sign_in(app, language="en")
    with at(browser, base, "/me/plan", member, Look(390, "en"), script=False) as page:
        page.get_by_role("link", name="Choose a plan").click()
        page.get_by_role("button", name="Choose this plan").first.click()
        expect(page.locator("h1")).to_have_text("Head of a small firm")
        page.get_by_role("link", name="Today", exact=True).click()
        page.get_by_role("button", name="Begin").click()
        expect(page.locator("form.quiz-form")).to_be_visible()
        page.goto("/me/plan")
        page.get_by_role("button", name="Leave the plan").click()
        expect(page.locator(".empty-title")).to_have_text("No plan yet")
        page.get_by_role("button", name="Come back to it").first.click()
        expect(page.locator("h1")).to_have_text("Head of a small firm")


def test_mistakes_are_practised_with_the_keyboard(app: Flask, base: str, browser: Browser) -> None:
    member = a_learner(app, language="ru")
    with at(browser, base, "/me/mistakes", member, Look()) as page:
        button = page.get_by_role("button", name="Тренировать 6 вопросов")
        button.focus()
        page.keyboard.press("Enter")
        expect(page.locator("form.quiz-form")).to_be_visible()
