"""Around a run: the debrief on the plan, a class with its trainer, the author's desk."""

from playwright.sync_api import Page, expect

from tests.e2e.workplace.conftest import Works, begin, is_ready
from tests.e2e.workplace.hands import Hands, OnThePlan, until


def half_done(page: Page) -> None:
    """End a run in which some was found, some missed, some wrong."""
    begin(page)
    hands = OnThePlan(page)
    hands.start()
    hands.do({"kind": "report", "object": "lathe"})
    hands.do({"kind": "report", "object": "grinder"})
    hands.do({"kind": "mark", "document": "permit", "fields": ["number"]})
    hands.finish({})
    page.locator(".work-start-card a").click()
    is_ready(page, "debrief")


def test_a_debrief_walks_through_what_was_missed_in_its_place(works: Works) -> None:
    works.put()
    with works.someone() as page:
        half_done(page)
        expect(page.locator('.plan-object[data-object="desk"]')).to_have_attribute(
            "data-mark", "missed"
        )
        expect(page.locator('.plan-object[data-object="grinder"]')).to_have_attribute(
            "data-mark", "false"
        )
        seen = set()
        page.locator("[data-key=walk-on]").focus()
        for _ in range(4):
            page.keyboard.press("Enter")
            seen.add(page.locator(".replay-said b").inner_text())
        assert len(seen) == 4
        expect(page.locator("[data-key=walk-on]")).to_be_focused()

        page.locator(".debrief-line [data-shows]").first.click()
        expect(page.locator(".plan-object:focus")).to_have_count(1)


def test_a_run_is_played_again_by_its_slider(works: Works) -> None:
    works.put()
    with works.someone() as page:
        half_done(page)
        slider = page.locator("#replay-at")
        slider.focus()
        page.keyboard.press("Home")
        start = page.locator(".replay-me").get_attribute("cx")
        page.keyboard.press("End")
        assert page.locator(".replay-me").get_attribute("cx") != start
        assert "/" in (slider.get_attribute("aria-valuetext") or "")
        page.locator("[data-key=replay-best]").check()
        expect(page.locator(".replay-best")).to_have_css("visibility", "visible")
        page.locator("[data-key=replay-play]").click()
        expect(page.locator("[data-key=replay-play]")).to_contain_text("Пауза")


def test_a_trainer_sees_pauses_and_points(works: Works) -> None:
    works.put()
    with works.someone(roles=("expert",)) as trainer, works.someone() as member:
        trainer.goto("/workplace/mini")
        trainer.locator('form[action$="/classes"] button').first.click()
        is_ready(trainer, "class")
        code = trainer.locator(".class-code b").inner_text()
        member.goto(f"/workplace/join/{code}")
        member.locator("main form button[type=submit]").first.click()
        is_ready(member, "run")
        hands = Hands(member)
        hands.start()
        expect(trainer.locator(".class-table tbody tr")).to_have_count(1)

        hands.do({"kind": "report", "object": "lathe"})
        expect(trainer.locator(".class-table tbody td.number").first).to_have_text("1")

        trainer.locator("[data-key=class-pause]").click()
        expect(member.locator(".work-start h2")).to_contain_text("Преподаватель поставил паузу")
        expect(trainer.locator(".class-state")).to_contain_text("Пауза")
        trainer.locator("[data-key=class-pause]").click()
        expect(member.locator(".work-start")).to_have_count(0)

        trainer.locator('.plan-object[data-object="board"] .plan-disc').click()
        expect(member.locator('.work-card[data-object="board"]')).to_have_attribute(
            "data-pointed", ""
        )
        expect(member.locator("[data-news]")).to_contain_text("Преподаватель показывает")
        trainer.locator("[data-key=class-unpoint]").click()
        expect(member.locator('.work-card[data-object="board"]')).not_to_have_attribute(
            "data-pointed", ""
        )

        trainer.locator("[data-key=class-close]").click()
        trainer.locator("[data-key=class-close-yes]").click()
        expect(trainer.locator(".class-state")).to_contain_text("закрыт")
        expect(member.locator("#work-end-title")).to_be_focused()


def test_an_object_moved_on_the_plan_is_moved_in_the_text(works: Works) -> None:
    works.put()
    with works.someone(roles=("editor",)) as page:
        page.goto("/editor/workplace/mini")
        is_ready(page, "author")
        text = page.locator("textarea[data-scenario]")
        before = text.input_value()
        grinder = page.locator('.plan-object[data-object="grinder"]')
        grinder.focus()
        page.keyboard.press("Shift+ArrowRight")
        until(page, "document.querySelector('textarea').value.includes('at: [-3.9, 0]')")
        expect(page.locator(".author-state")).to_contain_text("Ошибок нет")
        expect(grinder).to_be_focused()
        page.keyboard.press("Shift+ArrowLeft")
        assert text.input_value() == before

        box = page.locator('.plan-object[data-object="rack"] .plan-disc').bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x - 30, y, steps=4)
        page.mouse.up()
        assert page.evaluate("document.querySelector('textarea').value") != before
        expect(page.locator("[data-unsaved-note]")).to_be_visible()


def test_the_desk_says_what_is_wrong_while_one_types(works: Works) -> None:
    works.put()
    with works.someone(roles=("editor",)) as page:
        page.goto("/editor/workplace/mini")
        is_ready(page, "author")
        text = page.locator("textarea[data-scenario]")
        text.fill(text.input_value().replace("kind: grinder", "kind: nothing"))

        expect(page.locator(".author-problems li").first).to_contain_text("grinder")
        text.fill(text.input_value().replace("kind: nothing", "kind: grinder"))
        expect(page.locator(".author-problems li")).to_have_count(0)
