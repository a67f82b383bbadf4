"""Runs played to the end in a browser: on the list, on the plan, in 3D; left and come back to."""

import pytest
from playwright.sync_api import Page, Route, expect

from content.scenarios import public, resolved
from scoring.workplace import best_actions, read_course
from tests.e2e.workplace.conftest import Works, begin, is_ready, real
from tests.e2e.workplace.hands import Hands, InSpace, OnThePlan
from tests.e2e.workplace.headset import IWER, PUT_ON, InHeadset
from tests.workplace import mini

SEED = 1


def play(page: Page, hands: Hands, row: dict[str, object], mode: str = "practice") -> None:
    """Play a scenario as well as it can be played."""
    begin(page, str(row["id"]), mode, SEED)
    hands.start()
    for one in best_actions(read_course(resolved(row, seed=SEED)), mode):
        hands.do(one)


def debrief(page: Page) -> None:
    page.locator(".work-start-card a").click()
    is_ready(page, "debrief")


@pytest.mark.parametrize(
    ("way", "scenario"),
    [
        (Hands, "mini"),
        (OnThePlan, "mini"),
        (InSpace, "mini"),
        (Hands, "switchboard-lockout"),
        (OnThePlan, "first-aid-electric"),
        (InSpace, "workshop-walk"),
    ],
    ids=lambda one: one if isinstance(one, str) else one.__name__,
)
@pytest.mark.timeout(300)  # three dimensions are drawn by the processor here
def test_a_scenario_is_played_to_full_marks(works: Works, way: type[Hands], scenario: str) -> None:
    row = mini() if scenario == "mini" else real(scenario)
    works.put(row)
    with works.someone() as page:
        play(page, way(page), row)

        expect(page.locator("#work-end-title")).to_be_focused()
        expect(page.locator(".work-score")).to_have_text("100 %")
        debrief(page)
        expect(page.locator(".debrief-lines").first).to_be_attached()
        expect(page.locator(".replay-none")).to_be_visible()


@pytest.mark.timeout(900)  # a headset is drawn by the processor here, picture after picture
def test_a_scenario_is_played_to_full_marks_in_a_headset(works: Works) -> None:
    works.put()
    with works.someone() as page:
        page.add_init_script(IWER.read_text(encoding="utf-8"))
        page.add_init_script(PUT_ON)
        play(page, InHeadset(page), mini())

        expect(page.locator(".work-score")).to_have_text("100 %")


def test_a_check_says_nothing_before_its_end(works: Works) -> None:
    works.put()
    with works.someone() as page:
        begin(page, mode="check")
        hands = Hands(page)
        hands.start()
        hands.do({"kind": "report", "object": "rack"})

        expect(page.locator('.work-card[data-object="rack"] .work-told')).to_contain_text(
            "Записано"
        )
        expect(page.locator("[data-figure=score]")).to_be_hidden()
        expect(page.locator("[data-hint]")).to_have_count(0)


def test_a_run_goes_on_where_it_was_left(works: Works) -> None:
    works.put()
    with works.someone() as page:
        begin(page)
        hands = Hands(page)
        hands.start()
        hands.do({"kind": "report", "object": "lathe"})
        page.reload()
        is_ready(page, "run")

        expect(page.locator(".work-start")).to_have_count(0)
        expect(page.locator('.work-card[data-object="lathe"]')).to_have_attribute(
            "data-verdict", "right"
        )
        expect(page.locator("[data-figure=found]")).to_have_text("1 / 3")
        hands.do({"kind": "report", "object": "rack"})
        expect(page.locator('.work-card[data-object="rack"] .work-told')).to_contain_text("нет")


def test_an_action_outlives_a_lost_connection(works: Works) -> None:
    works.put()
    with works.someone() as page:
        begin(page)
        hands = Hands(page)
        hands.start()
        lost = True
        sent: list[object] = []

        def door(route: Route) -> None:
            sent.append(route.request.post_data_json)
            if not lost:
                return route.continue_()
            # The first time it arrives, and only the answer is lost.
            if len(sent) == 1:
                route.fetch()
            return route.abort("connectionreset")

        page.route("**/actions", door)
        hands.press(hands.key("list-report-lathe"))
        expect(page.locator("[data-link]")).to_have_attribute("data-link", "lost")
        expect(page.locator("[data-figure=link]")).to_contain_text("сохранено")
        lost = False
        expect(page.locator("[data-link]")).to_have_attribute("data-link", "good")

        expect(page.locator('.work-card[data-object="lathe"]')).to_have_attribute(
            "data-verdict", "right"
        )
        assert len(sent) > 1
        assert all(one == sent[0] for one in sent)


def test_a_critical_error_ends_the_run_at_once(works: Works) -> None:
    works.put()
    with works.someone() as page:
        begin(page)
        hands = OnThePlan(page)
        hands.start()
        hands.open("procedure", "lockout")
        hands.press(hands.key("step-lockout-hand"))

        expect(page.locator("#work-end-title")).to_be_focused()
        expect(page.locator("#work-end-title")).to_contain_text("критическая ошибка")
        expect(page.locator("[data-finish]")).to_be_hidden()


def test_time_decides_where_nobody_does(works: Works) -> None:
    row = mini(id="hurry")
    row["decisions"] = row["decisions"][:1]
    row["decisions"][0] |= {"time_s": 15, "on_time_out": "call", "opens": []}
    works.put(row)
    with works.someone() as page:
        begin(page, "hurry")
        hands = Hands(page)
        hands.start()

        panel = page.locator('.work-panel[open][data-task="decision:alarm"]')
        expect(panel.locator(".work-countdown")).to_be_visible()
        expect(panel.locator(".work-chosen")).to_contain_text("Решило время: Позвать мастера")


def test_a_hint_is_asked_for_and_leads_to_its_object(works: Works) -> None:
    works.put()
    with works.someone() as page:
        begin(page)
        hands = OnThePlan(page)
        hands.start()
        hands.press(hands.key("hint"))
        hands.press(hands.key("hint-take"))

        expect(page.locator(".work-hints li")).to_have_count(1)
        assert page.evaluate("psotWorkplace.engine.state.hints.length") == 1


def test_everything_is_reached_by_tab_and_the_focus_comes_back(works: Works) -> None:
    works.put()
    with works.someone() as page:
        begin(page)
        Hands(page).press(page.locator("[data-key=start-plan]"))
        first = page.locator(".plan-object").first
        expect(first).to_be_focused()
        page.keyboard.press("Tab")
        second = page.locator(".plan-object").nth(1)
        expect(second).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator(".work-closer h2")).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.locator(".work-closer [data-key=close]")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator(".work-closer")).to_be_hidden()

        expect(second).to_be_focused()
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.dataset.object") not in {None, "grinder"}


def test_without_webgl_the_plan_takes_its_place(works: Works) -> None:
    works.put()
    with works.someone() as page:
        page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null;")
        begin(page)

        expect(page.locator("[data-key=start-walk]")).to_have_count(0)
        expect(page.locator("[data-view=walk]")).to_be_hidden()
        Hands(page).press(page.locator("[data-key=start-plan]"))
        expect(page.locator(".plan-object")).to_have_count(
            len(public(mini(), seed=SEED, language="ru")["objects"])
        )
