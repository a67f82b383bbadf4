"""Every kind of question in a real browser: answered as people do, fit for everyone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from psot.members.sessions import DatabaseSessions
from tests.content import a_library
from tests.e2e.axe import violations
from tests.e2e.looks import Look, opened
from tests.e2e.serving import serving
from tests.kinds import RIGHT, TOPIC, a_pack_of_kinds
from tests.web import Browser as Client
from tests.web import database_of, sign_in

LOOKS = (Look(1440, "ru", "light"), Look(390, "en", "dark"))
ASKED = 10


@pytest.fixture
def member(app: Flask, tmp_path: Path) -> Client:
    """Somebody for whom a topic with a question of every kind is there."""
    with database_of(app).begin() as session:
        a_library(session, a_pack_of_kinds(tmp_path / "kinds"))
    return sign_in(app)


@contextmanager
def begun(app: Flask, browser: Browser, member: Client, mode: str, look: Look) -> Iterator[Page]:
    """The first question of a set of the topic, as the member sees it."""
    place = member.post(f"/quizzes/{TOPIC}.{mode}/attempts").headers["Location"]
    name = cast("DatabaseSessions", app.session_interface).cookie
    kept = member.get_cookie(name)
    assert kept is not None
    with serving(app) as base, opened(browser, base, "/healthz", look) as page:
        page.context.add_cookies([{"name": name, "value": kept.value, "url": base}])
        page.goto(place)
        yield page


def choose_by_digits(page: Page, kind: str) -> None:
    values = page.locator("[data-choices] input").evaluate_all("all => all.map(one => one.value)")
    page.locator("body").click(position={"x": 2, "y": 2})
    for one in RIGHT[kind]:
        page.keyboard.press(str(values.index(one) + 1))
    page.keyboard.press("Enter")


def drag_to_pairs(page: Page, kind: str) -> None:
    (first, token), *others = RIGHT[kind].items()
    page.locator(f"[data-token='{token}']").scroll_into_view_if_needed()
    page.locator(f"[data-token='{token}']").drag_to(
        page.locator(".match-row", has=page.locator(f"[name='pair.{first}']"))
    )
    expect(page.locator(f"[name='pair.{first}']")).to_have_value(token)
    for left, right in others:
        page.locator(f"[name='pair.{left}']").select_option(right)
    submit(page)


def move_into_order(page: Page, kind: str) -> None:
    for place, item in enumerate(RIGHT[kind]):
        line = page.locator(f"[data-item='{item}']")
        while line.locator("select").input_value() != str(place + 1):
            line.locator("[data-move='-1']").focus()
            page.keyboard.press("ArrowUp")
    submit(page)


def write_a_number(page: Page, kind: str) -> None:
    page.locator("[name=unit]").select_option(RIGHT[kind]["unit"])
    page.locator("[name=value]").fill(RIGHT[kind]["value"])
    page.keyboard.press("Enter")


def write_words(page: Page, kind: str) -> None:
    page.locator("[name=text]").fill(RIGHT[kind])
    page.keyboard.press("Enter")


def fill_gaps(page: Page, kind: str) -> None:
    for gap, word in RIGHT[kind].items():
        page.locator(f"[name='gap.{gap}']").select_option(word)
    submit(page)


def point_at_the_picture(page: Page, kind: str) -> None:
    """The crosshair starts in the middle of the picture: down by keys to the lower step."""
    assert RIGHT[kind] == {"areas": ["a"]}
    page.locator(".spot-board").focus()
    for key, times in (("ArrowLeft", 3), ("ArrowDown", 13)):
        for _time in range(times):
            page.keyboard.press(key)
    page.keyboard.press("Enter")
    expect(page.locator(".spot-point")).to_have_count(1)
    submit(page)


def answer_the_case(page: Page, kind: str) -> None:
    page.locator(f"[name='p1.chosen'][value='{RIGHT[kind]['p1'][0]}']").check(force=True)
    page.locator("[name='p2.value']").fill(RIGHT[kind]["p2"]["value"])
    submit(page)


def submit(page: Page) -> None:
    page.locator(".quiz-actions [type=submit]").click()


ANSWERS: dict[str, Callable[[Page, str], None]] = {
    "single": choose_by_digits,
    "multiple": choose_by_digits,
    "truefalse": choose_by_digits,
    "matching": drag_to_pairs,
    "ordering": move_into_order,
    "numeric": write_a_number,
    "text": write_words,
    "cloze": fill_gaps,
    "hotspot": point_at_the_picture,
    "case": answer_the_case,
}


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_every_kind_is_answered_explained_and_fit_for_everyone(
    app: Flask, browser: Browser, member: Client, look: Look
) -> None:
    answered = []
    with begun(app, browser, member, "practice", look) as page:
        for _question in range(ASKED):
            form = page.locator("form[data-kind]")
            kind = form.get_attribute("data-kind") or ""
            assert violations(page) == [], kind
            asked = page.url
            ANSWERS[kind](page, kind)
            page.wait_for_url(lambda url, asked=asked: url != asked)
            assert violations(page) == [], f"{kind}, explained"
            answered.append(kind)
            page.locator("a[data-next]").click()
        expect(page.locator("main")).to_contain_text("100")
        assert violations(page) == [], "the result"
        page.goto("/me/attempts")
        assert violations(page) == [], "all attempts"

    assert sorted(answered) == sorted(ANSWERS)


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_a_check_under_way_and_its_result_are_fit_for_everyone(
    app: Flask, browser: Browser, member: Client, look: Look
) -> None:
    with begun(app, browser, member, "check", look) as page:
        expect(page.locator("[data-clock]")).to_be_visible()
        assert violations(page) == [], "a question"
        page.locator(".quiz-stop summary").click()
        assert violations(page) == [], "about to stop"
        page.locator(".quiz-stop [type=submit]").click()
        expect(page.locator("form[data-kind]")).to_have_count(0)
        assert violations(page) == [], "the result"


def test_what_is_no_answer_is_said_and_what_was_typed_stays(
    app: Flask, browser: Browser, member: Client
) -> None:
    with begun(app, browser, member, "practice", Look()) as page:
        form = page.locator("form[data-kind]")
        while (kind := form.get_attribute("data-kind") or "") != "numeric":
            asked = page.url
            ANSWERS[kind](page, kind)
            page.wait_for_url(lambda url, asked=asked: url != asked)
            page.locator("a[data-next]").click()
        page.locator("[name=unit]").select_option("м")
        page.locator("[name=value]").fill("около двух")
        submit(page)

        expect(page.get_by_role("alert").or_(page.locator(".field-errors")).first).to_be_visible()
        expect(page.locator("[name=value]")).to_have_value("около двух")
        assert violations(page) == []
