"""Results in a real browser: a replay is played, stepped and shared; every page is fit for all."""

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.axe import violations
from tests.e2e.looks import Look, opened
from tests.e2e.results.conftest import Results


def test_a_replay_is_stepped_by_keys_played_and_shared(browser: Browser, results: Results) -> None:
    address = f"/races/{results.sprint.id}/replay?t=100"
    with opened(browser, results.base, address, Look(1440, "en")) as page:
        slider, clock = page.locator("#replay-t"), page.locator("[data-replay-clock]")
        expect(clock).to_have_text("1:40.0")

        slider.focus()
        page.keyboard.press("ArrowRight")
        expect(clock).to_have_text("1:45.0")
        page.keyboard.press("Shift+ArrowLeft")
        expect(clock).to_have_text("1:15.0")
        expect(slider).to_have_attribute("aria-valuetext", "1:15.0 of 17:03.0")
        page.wait_for_url("**/replay?t=75")
        expect(page.locator(".course-dot")).to_have_count(3)

        page.select_option("#replay-speed", "60")
        page.locator("[data-replay-play]").click()
        expect(page.locator("[data-replay-play]")).to_have_text("Pause")
        expect(page.locator("[data-replay-rows] tr").first).to_contain_text("finish")
        page.locator("[data-replay-play]").click()
        expect(page.locator("[data-replay-play]")).to_have_text("Play")


def test_a_replay_without_script_is_a_form_with_a_moment(
    browser: Browser, results: Results
) -> None:
    address = f"/races/{results.relay.id}/replay?t=600"
    with opened(browser, results.base, address, Look(390, "en"), script=False) as page:
        expect(page.locator("[data-replay-clock]")).to_have_text("10:00.0")
        page.get_by_role("button", name="Show this moment").click()

        expect(page).to_have_url(f"{results.base}{address}")
        expect(page.locator("[data-replay-rows] tr")).to_have_count(2)


def test_a_protocol_is_printed_whole_and_dark_on_white(browser: Browser, results: Results) -> None:
    address = f"/races/{results.sprint.id}/protocol"
    # The width of a sheet of A4 within its margins.
    with opened(browser, results.base, address, Look(700, "ru", "dark")) as page:
        page.emulate_media(media="print")
        table = page.locator(".table-wrap").first

        expect(page.locator(".filters")).to_be_hidden()
        expect(page.locator(":root")).to_have_css("color-scheme", "light")
        assert table.evaluate("table => table.scrollWidth <= table.clientWidth")


@pytest.mark.parametrize("look", [Look(1440, "ru", "light"), Look(390, "en", "dark")], ids=str)
def test_pages_of_results_are_fit_for_everyone(
    browser: Browser, results: Results, look: Look
) -> None:
    sprint, relay, practice = (one.id for one in (results.sprint, results.relay, results.practice))
    addresses = [
        f"/races/{sprint}/mine",
        f"/races/{relay}/protocol",
        f"/races/{relay}/splits?leg=2",
        f"/races/{practice}/practice",
        f"/races/{practice}/mine",
        "/races/practices",
        "/races/seasons/2026/27?table=regions",
    ]
    with opened(browser, results.base, "/healthz", look) as page:
        results.enter(page)
        for address in addresses:
            answered = page.goto(address)

            assert answered is not None
            assert answered.status == 200, address
            assert page.locator("h1").count() == 1, address
            assert violations(page) == [], address
            wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
            assert not wide, f"{address} scrolls sideways"
