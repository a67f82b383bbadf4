"""The map of regions in a real browser: with script and without, by keyboard, fit for everyone."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.e2e.axe import violations
from tests.e2e.looks import Look, opened
from tests.e2e.serving import serving

MAP, PHONE = Look(1440, "ru", "light"), Look(390, "en", "dark")


def value(page: Page, region: str) -> str:
    return page.locator(f"[data-region={region}] .tile-value").text_content() or ""


def test_with_script_the_week_and_the_measure_change_in_place(browser: Browser, base: str) -> None:
    with opened(browser, base, "/ratings/regions", MAP) as page:
        now = value(page, "RU-TYU")
        expect(page.get_by_role("button", name="Показать")).to_be_hidden()
        page.get_by_label("Неделя").fill("7")
        expect(page.locator("#map-title")).to_contain_text("неделя 7")
        assert value(page, "RU-TYU") != now
        expect(page).to_have_url(re.compile("week=7"))
        page.get_by_label("Сравнить по показателю").select_option("coverage")
        expect(page.locator("[data-region=RU-TYU] .tile-value")).to_have_text("100 %")
        page.get_by_label("Лига по числу участников").select_option("medium")
        expect(page.locator(".regions-table tbody tr")).to_have_count(1)
        assert violations(page) == []


def test_without_script_the_same_is_a_form(browser: Browser, base: str) -> None:
    with opened(browser, base, "/ratings/regions", MAP, script=False) as page:
        page.get_by_label("Лига по числу участников").select_option("small")
        page.get_by_label("Неделя").fill("7")
        page.get_by_role("button", name="Показать").click()

        expect(page.locator("#map-title")).to_contain_text("неделя 7")
        expect(page.locator(".regions-table tbody tr")).to_have_count(2)


def test_arrows_walk_from_tile_to_tile_and_enter_opens_a_region(
    browser: Browser, base: str
) -> None:
    with opened(browser, base, "/ratings/regions", MAP) as page:
        page.locator("[data-region=RU-TYU]").focus()
        page.keyboard.press("ArrowLeft")
        expect(page.locator("[data-region=RU-CHE]")).to_be_focused()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Тюменская область")


@pytest.mark.parametrize("look", [MAP, PHONE], ids=str)
@pytest.mark.parametrize(
    "path",
    ["/ratings/regions", "/ratings/regions/RU-TYU", "/ratings/regions/RU-TYU/card"],
)
def test_every_page_is_fit_for_everyone(browser: Browser, base: str, path: str, look: Look) -> None:
    with opened(browser, base, path, look) as page:
        assert violations(page) == []
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_a_card_stands_in_a_frame_of_another_site(browser: Browser, base: str) -> None:
    theirs = Flask("theirs")
    frame = f'<iframe src="{base}/ratings/regions/RU-TYU/card?language=ru"></iframe>'
    theirs.add_url_rule("/", view_func=lambda: frame)
    with serving(theirs) as site, opened(browser, site, "/", PHONE) as page:
        framed = page.frame_locator("iframe")

        expect(framed.get_by_role("heading", level=1)).to_have_text("Тюменская область")
