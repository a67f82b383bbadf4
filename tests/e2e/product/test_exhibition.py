"""An organizer shows the race to people: one click, and the board comes alive with bots."""

from playwright.sync_api import expect

from tests.e2e.looks import opened
from tests.e2e.product.conftest import Product

UNTIL_IT_BEGINS_MS = 120_000
"""Half a minute to the start, the first station, and a busy machine."""


def test_one_click_opens_a_race_whose_board_moves_by_itself(product: Product) -> None:
    with opened(product.browser, product.base, "/") as page:
        product.enter(page, "organizer")
        page.goto("/organizer/races")
        page.get_by_role("button", name="Запустить показательную гонку").click()
        page.wait_for_url("**/races/*/live")
        race = page.url.split("/")[-2]
        page.evaluate("window.notReloaded = true")

        rows = page.locator("[data-standings] tbody tr")
        expect(rows.nth(4)).to_be_visible(timeout=UNTIL_IT_BEGINS_MS)
        leader = rows.first.inner_text()
        expect(rows.first).not_to_have_text(leader, timeout=UNTIL_IT_BEGINS_MS)
        assert page.evaluate("window.notReloaded"), "the board moved without a reload"

        # Two hundred bots are company enough: the house is needed by other stories.
        page.goto(f"/organizer/races/{race}/move/cancelled")
        page.check("#confirmed")
        page.locator("form.card button.button-danger").click()
        expect(page.locator("main")).to_contain_text("Отменена")
