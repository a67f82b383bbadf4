"""Every screen of the workplace as axe sees it: widths, languages, themes; nothing is too wide."""

import pytest
from playwright.sync_api import Page

from tests.e2e.axe import violations
from tests.e2e.looks import LOOKS, Look
from tests.e2e.workplace.conftest import Works, begin, is_ready
from tests.e2e.workplace.hands import Hands, InSpace


def clean(page: Page, look: Look, where: str) -> None:
    assert violations(page) == [], where
    assert page.evaluate("document.documentElement.scrollWidth") <= look.width_px, where


def press(page: Page, selector: str) -> None:
    page.locator(selector).first.dispatch_event("click")


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.timeout(240)  # axe looks long at a busy machine
def test_a_run_and_its_debrief_are_clean(works: Works, look: Look) -> None:
    works.put()
    with works.someone(look) as page:
        begin(page)
        clean(page, look, "start")
        Hands(page).press(page.locator("[data-key=start-list]"))
        press(page, "[data-key=list-report-lathe]")
        page.locator('.work-card[data-object="lathe"] form').wait_for()
        clean(page, look, "list")
        press(page, "[data-view=plan]")
        page.locator(".plan-object").first.wait_for()
        press(page, ".plan-object[data-object=board]")
        clean(page, look, "plan and card")
        press(page, ".work-closer [data-key=close]")
        for task in ("procedure:lockout", "ppe:fitter-wears", "document:permit"):
            press(page, f'.work-side [data-task="{task}"]')
            page.locator(f'.work-panel[data-task="{task}"]').wait_for()
            clean(page, look, task)
            press(page, ".work-panel [data-key=close]")
        if look.width_px < 500:
            press(page, "[data-view=side]")
            clean(page, look, "tasks")
        press(page, "[data-finish]")
        clean(page, look, "finishing")
        press(page, "[data-key=finish-yes]")
        page.locator("#work-end-title").wait_for()
        clean(page, look, "end")
        press(page, ".work-start-card a")
        is_ready(page, "debrief")
        clean(page, look, "debrief")


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.timeout(240)  # three dimensions are drawn by the processor here
def test_the_room_with_an_open_card_and_its_overview_are_clean(works: Works, look: Look) -> None:
    works.put()
    with works.someone(look) as page:
        begin(page)
        hands = InSpace(page)
        hands.start()
        clean(page, look, "walk")
        hands.go_to("lathe")
        clean(page, look, "card of what is not judged")
        hands.do({"kind": "report", "object": "lathe"})
        page.locator('.work-closer[data-object="lathe"] form').wait_for()
        clean(page, look, "card that asks for kind and measure")
        hands.close_card()
        press(page, "[data-view=overview]")
        hands.go_to("rack")
        clean(page, look, "overview and card")


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.timeout(240)
def test_a_class_and_the_authors_desk_are_clean(works: Works, look: Look) -> None:
    works.put()
    with works.someone(look, roles=("expert", "editor")) as page:
        page.goto("/workplace/mini")
        page.locator('form[action$="/classes"] button').first.click()
        is_ready(page, "class")
        page.locator(".plan-object").first.wait_for()
        clean(page, look, "class")
        page.goto("/editor/workplace/mini")
        is_ready(page, "author")
        page.locator(".plan-object").first.wait_for()
        clean(page, look, "author")
