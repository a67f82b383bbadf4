"""Who leaves the boards is gone from everybody's, without a reload, and comes back as well."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from psot.demo import ACCOUNTS
from tests.e2e.looks import opened
from tests.e2e.product.conftest import Product

REGION = "/ratings/boards/region/RU-TYU"
(RACER,) = (one for one in ACCOUNTS if one.role == "racer")


@pytest.fixture
def racer(product: Product) -> Iterator[Page]:
    """The racer's window, with their consents; they stand on boards again at the end."""
    with opened(product.browser, product.base, "/") as page:
        product.enter(page, "racer")
        page.goto("/me/consents")
        yield page
        choose(page, "no")


def choose(page: Page, off: str) -> None:
    button = page.locator(f"button[name=off_boards][value={off}]")
    if button.count():
        button.click()
        expect(button).to_have_count(0)


@pytest.mark.timeout(600)  # the start of a whole house comes first
def test_who_leaves_the_boards_is_gone_from_an_open_page(product: Product, racer: Page) -> None:
    with opened(product.browser, product.base, REGION) as visitor:
        name = visitor.locator(".who-name", has_text=RACER.name)
        expect(visitor.locator("[data-live-state=live]")).to_be_visible()
        expect(name).to_have_count(1)
        visitor.evaluate("window.notReloaded = true")

        choose(racer, "yes")
        expect(name).to_have_count(0, timeout=60_000)
        racer.goto(REGION)
        expect(racer.locator("tr.own")).to_have_count(1)

        racer.goto("/me/consents")
        choose(racer, "no")
        expect(name).to_have_count(1, timeout=60_000)
        assert visitor.evaluate("window.notReloaded"), "the board changed without a reload"
