"""Somebody at the page of a question who knows the pack: answers rightly, or not, on purpose."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from playwright.sync_api import Locator, Page, expect

from content.quiz import Case, Question, load_pack
from content.quiz.loader import PACKS

Solution = Any


@cache
def _bank() -> Mapping[str, Question]:
    return load_pack(PACKS / "start").questions


def question_on(page: Page) -> Question:
    """The question that the page asks, with its key."""
    return _bank()[page.locator("input[name=question]").input_value()]


def know(page: Page) -> None:
    """Give the right answer to the question on the page."""
    asked = question_on(page)
    solution = asked.key().solution
    if isinstance(asked, Case):
        for part, own in asked.parts.items():
            _give(page, own.kind, solution[part], f"{part}.")
    else:
        _give(page, asked.kind, solution, "")
    _send(page)


def err(page: Page) -> None:
    """Give a wrong answer to a question of one choice; others are answered rightly."""
    asked = question_on(page)
    if asked.kind != "single":
        know(page)
        return
    (right,) = asked.key().solution
    page.locator(f"input[name=chosen]:not([value='{right}'])").first.check(force=True)
    _send(page)


def finish(page: Page, answer: Callable[[Page], None] = know) -> list[str]:
    """Answer question after question until the result is shown; returns their kinds."""
    kinds = []
    while not re.search("/result$", page.url):
        kinds.append(question_on(page).kind)
        answer(page)
        onward = page.locator("a.button-main[data-next]")
        if onward.count():
            with page.expect_navigation():
                onward.click()
    return kinds


def _send(page: Page) -> None:
    with page.expect_navigation():
        page.locator("form.quiz-form button[type=submit]").click()


def _give(page: Page, kind: str, solution: Solution, prefix: str) -> None:
    GIVERS[kind](page, solution, prefix)


def _choose(page: Page, solution: Solution, prefix: str) -> None:
    for one in solution:
        page.locator(f"input[name='{prefix}chosen'][value='{one}']").check(force=True)


def _match(page: Page, solution: Solution, prefix: str) -> None:
    _select(page, solution, f"{prefix}pair.")


def _fill_gaps(page: Page, solution: Solution, prefix: str) -> None:
    _select(page, solution, f"{prefix}gap.")


def _select(page: Page, solution: Solution, prefix: str) -> None:
    for name, one in solution.items():
        page.locator(f"select[name='{prefix}{name}']").select_option(one)


def _order(page: Page, solution: Solution, prefix: str) -> None:
    """Move each line up to its place with its own button."""
    for place, one in enumerate(solution, 1):
        select = page.locator(f"select[name='{prefix}place.{one}']")
        line: Locator = page.locator(".order-item", has=select)
        while (now := int(select.input_value())) > place:
            line.locator("[data-move='-1']").click()
            expect(select).to_have_value(str(now - 1))


def _measure(page: Page, solution: Solution, prefix: str) -> None:
    page.locator(f"input[name='{prefix}value']").fill(str(solution["value"]))
    unit = page.locator(f"select[name='{prefix}unit']")
    if unit.count():
        unit.select_option(solution["unit"])


def _write(page: Page, solution: Solution, prefix: str) -> None:
    page.locator(f"input[name='{prefix}text']").fill(solution)


def _point(page: Page, solution: Solution, prefix: str) -> None:
    for one in solution["areas"]:
        page.locator(f"input[name='{prefix}area'][value='{one}']").check(force=True)


GIVERS: Mapping[str, Callable[[Page, Solution, str], None]] = {
    "single": _choose,
    "multiple": _choose,
    "truefalse": _choose,
    "matching": _match,
    "ordering": _order,
    "numeric": _measure,
    "text": _write,
    "cloze": _fill_gaps,
    "hotspot": _point,
}
