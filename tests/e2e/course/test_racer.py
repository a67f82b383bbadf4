"""A racer on the own screen: by keys from the zeroing to the finish, through whatever happens."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from psot.course import queries
from psot.races.stages import Stage
from tests.e2e.axe import violations
from tests.e2e.course.conftest import Arena
from tests.e2e.course.screen import ENDS, Screen
from tests.e2e.looks import Look
from tests.web import a_member, database_of

ALL = {"zeroing", "countdown", "station", "fall", "shot", "loop", "finished"}
LOOKS = (Look(1440, "ru", "light"), Look(390, "en", "dark"))


@contextmanager
def on_course(arena: Arena, look: Look = LOOKS[0]) -> Iterator[tuple[Screen, UUID]]:
    """A racer whose race has just begun."""
    race = arena.under_way()
    with arena.racing(race.id, look=look) as page:
        screen = Screen(page, arena.right(race.id))
        screen.awaits("station")
        yield screen, race.id


def answers(arena: Arena, race: UUID) -> list[tuple[int, str | None]]:
    """Number and outcome of every task that was answered."""
    with database_of(arena.app).begin() as session:
        return [(one.number, one.outcome) for one in queries.tasks(session, race) if one.outcome]


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_a_racer_goes_through_a_whole_sprint_by_keys_alone(arena: Arena, look: Look) -> None:
    race = arena.race(stage=Stage.ZEROING)
    with arena.racing(race.id, look=look) as page:
        screen = Screen(page, arena.right(race.id))
        screen.awaits("zeroing")
        expect(page.locator("[data-link=socket]")).to_be_visible()
        _try_the_range(page)
        seen = {"zeroing": violations(page)}
        arena.enter_stage(race.id, Stage.RUNNING)
        tasks, misses = 0, 0
        for _ in range(200):
            shown = screen.awaits(*ALL - {"zeroing"})
            phase = shown["phase"]
            if phase not in seen:
                seen[phase] = violations(page)
            if phase in ENDS:
                break
            if screen.read()["phase"] in {"station", "shot"}:
                # The first station and the second shot go wrong: one fall, one penalty loop.
                wrong = (phase == "station" and tasks == 0) or (phase == "shot" and misses == 1)
                tasks += phase == "station"
                misses += phase == "shot"
                screen.answer(right=not wrong)
            else:
                page.wait_for_timeout(100)

        expect(page.locator("[data-figure=shooting]")).to_have_text("1")
        expect(page.locator("[data-splits] tbody tr").first).to_contain_text(
            "Финиш" if look.language == "ru" else "Finish"
        )
    assert seen == {phase: [] for phase in ALL}


def _try_the_range(page: Page) -> None:
    for _ in range(5):
        aim = page.locator(".practice-target[data-state=aim] kbd").inner_text()
        page.keyboard.press(f"Numpad{aim}")
    expect(page.locator(".practice-text")).to_contain_text("5")


def test_a_reload_in_the_middle_of_a_shot_goes_on_exactly_there(arena: Arena) -> None:
    with on_course(arena) as (screen, race):
        screen.answer(right=True)
        screen.awaits("shot")
        screen.answer(right=True)
        before = screen.awaits("shot")
        screen.page.reload()
        after = screen.awaits("shot")
        left = int(screen.page.locator(".clock-number").inner_text())

        same = ("question", "options", "targets", "title")
        assert [after[one] for one in same] == [before[one] for one in same]
        assert left <= 60
        assert answers(arena, race) == [(1, "right"), (2, "right")]


def test_a_second_tab_takes_over_and_the_first_takes_the_race_back(arena: Arena) -> None:
    with on_course(arena) as (screen, race):
        asked = screen.read()["question"]
        other = screen.page.context.new_page()
        other.goto(f"/races/{race}/run")
        second = Screen(other, screen.right)
        assert second.awaits("station")["question"] == asked

        screen.awaits("taken")
        assert violations(screen.page) == []
        screen.page.get_by_role("button", name="Продолжить здесь").click()

        assert screen.awaits("station")["question"] == asked
        second.awaits("taken")
        screen.answer(right=True)
        screen.awaits("shot")
        assert answers(arena, race) == [(1, "right")]


def test_without_a_socket_the_race_goes_on_over_http(arena: Arena) -> None:
    race = arena.under_way()
    with arena.racing(race.id) as page:
        page.route("**/socket.io/**", lambda route: route.abort())
        page.route_web_socket("**/socket.io/**", lambda socket: socket.close())
        page.reload()
        screen = Screen(page, arena.right(race.id))
        screen.awaits("station")
        expect(page.locator("[data-link=http]")).to_be_visible()
        screen.answer(right=True)
        screen.awaits("shot")

        assert answers(arena, race.id) == [(1, "right")]


def test_an_answer_given_without_any_connection_is_kept_and_delivered_once(arena: Arena) -> None:
    with on_course(arena) as (screen, race):
        screen.answer(right=True)
        screen.awaits("shot")
        screen.page.context.set_offline(True)
        screen.page.wait_for_timeout(300)
        screen.press(right=True)
        expect(screen.page.locator("[data-note=lostKept]")).to_be_visible()
        expect(screen.page.locator(".option[aria-pressed=true]")).to_have_count(1)
        assert violations(screen.page) == []
        assert answers(arena, race) == [(1, "right")]
        screen.page.context.set_offline(False)

        expect(screen.page.locator(".target-hit")).to_have_count(1)
        assert answers(arena, race) == [(1, "right"), (2, "right")]
        expect(screen.page.locator("[data-note='']")).to_be_attached()


def test_a_shot_fits_a_phone_without_scrolling(arena: Arena) -> None:
    with on_course(arena, Look(390, "ru", "light")) as (screen, _race):
        screen.answer(right=True)
        screen.awaits("shot")
        boxes = [one.bounding_box() for one in screen.page.locator(".option").all()]

        assert all(box and box["y"] + box["height"] <= 844 for box in boxes)
        assert all(box and box["height"] >= 48 for box in boxes)
        assert screen.page.evaluate("() => scrollY") == 0


def test_who_is_not_on_the_start_list_is_told_so(arena: Arena) -> None:
    race = arena.under_way()
    with database_of(arena.app).begin() as session:
        stranger = a_member(session).id
    with arena.racing(race.id) as page:
        page.context.clear_cookies()
        arena.sign_in(page, stranger)
        page.goto(f"/races/{race.id}/run")
        Screen(page, {}).awaits("refused")

        expect(page.locator("[data-body]")).to_contain_text("Вас нет в стартовом списке")
        assert violations(page) == []
