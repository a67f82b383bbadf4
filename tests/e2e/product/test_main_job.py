"""The main job: a fact goes from a member's click to a live board in another browser."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.looks import opened
from tests.e2e.product.conftest import Product
from tests.e2e.product.learner import finish

QUIZ = "/quizzes/hot-works"


@pytest.fixture
def racer(product: Product) -> Iterator[Page]:
    """The racer's own window."""
    with opened(product.browser, product.base, "/") as page:
        product.enter(page, "racer")
        yield page


@pytest.fixture
def watcher(product: Product) -> Iterator[Page]:
    """The racer's second device, with the ratings open."""
    with opened(product.browser, product.base, "/") as page:
        product.enter(page, "racer")
        page.goto("/ratings")
        expect(page.locator("[data-live-state=live]").first).to_be_visible()
        yield page


def own_rating(page: Page) -> str:
    return page.locator("tr.own .c-rating").first.inner_text()


@pytest.mark.timeout(600)  # the start of a whole house comes first
def test_answers_in_one_browser_move_the_board_in_another(racer: Page, watcher: Page) -> None:
    before = own_rating(watcher)
    watcher.evaluate("window.notReloaded = true")

    racer.goto(QUIZ)
    racer.locator("form button.button-main").click()
    finish(racer)  # rightly: what is known raises a rating, whatever it was

    expect(racer).to_have_url(re.compile("/result$"))
    expect(watcher.locator("tr.own .c-rating").first).not_to_have_text(before)
    assert watcher.evaluate("window.notReloaded"), "the board changed without a reload"
    racer.goto("/ratings/me")
    expect(racer.locator("main")).to_contain_text(own_rating(watcher))
