"""A race day: two racers and a spectator in three browsers, then the jury and the protocol."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from psot.races.stages import Stage
from tests.e2e.course.conftest import SHORT, Arena
from tests.e2e.course.screen import ENDS, Screen
from tests.e2e.looks import opened
from tests.web import a_member, database_of

# Time enough for a browser on a busy machine: nobody misses by being late.
TOGETHER: dict[str, Any] = {**SHORT, "prone_s": 900, "start": {"kind": "simultaneous"}}
ASKED = {"station", "shot"}
PATIENCE_MS = 60_000
"""On a busy machine the worker may come late; the board then shows all of it at once."""


@contextmanager
def window(arena: Arena, path: str, member: UUID | None = None) -> Iterator[Page]:
    """A browser of its own on ``path``."""
    with opened(arena.browser, arena.base, "/healthz") as page:
        if member is not None:
            arena.sign_in(page, member)
        page.goto(path)
        yield page


def member(arena: Arena, name: str, *roles: str) -> UUID:
    with database_of(arena.app).begin() as session:
        return a_member(session, display_name=name, name_public=True, roles=roles).id


def row(page: Page, place: int) -> Any:
    return page.locator("[data-standings] tbody tr").nth(place - 1)


def race_to_the_end(clean: Screen, shaky: Screen) -> None:
    """Let both race: one makes no mistake, the other misses the first shot and reloads in it."""
    missed = False
    for _ in range(400):
        phases = {id(one): one.read()["phase"] for one in (clean, shaky)}
        if set(phases.values()) <= ENDS:
            return
        if phases[id(clean)] in ASKED:
            clean.answer(right=True)
        if phases[id(shaky)] in ASKED:
            wrong = phases[id(shaky)] == "shot" and not missed
            if wrong:
                shaky.page.reload()
                shaky.awaits("shot")
                missed = True
            shaky.answer(right=not wrong)
        clean.page.wait_for_timeout(50)
    raise AssertionError("the race does not end")


@pytest.mark.timeout(400)
def test_two_racers_a_spectator_and_the_jury_live_through_a_sprint(arena: Arena) -> None:
    anna, boris = member(arena, "Анна Чистова"), member(arena, "Борис Рыков")
    judge = member(arena, "Вера Судейская", "jury")
    race = arena.race(stage=Stage.ZEROING, members=[anna, boris], racers=2, options=TOGETHER).id
    right = arena.right(race)
    with ExitStack() as stack:
        spectator = stack.enter_context(window(arena, f"/races/{race}/live"))
        clean = Screen(stack.enter_context(window(arena, f"/races/{race}/run", anna)), right)
        shaky = Screen(stack.enter_context(window(arena, f"/races/{race}/run", boris)), right)
        spectator.evaluate("window.notReloaded = true")
        for one in (clean, shaky):
            one.awaits("zeroing")
        arena.enter_stage(race, Stage.RUNNING)
        for one in (clean, shaky):
            one.awaits("station")
        race_to_the_end(clean, shaky)
        assert [one.read()["phase"] for one in (clean, shaky)] == ["finished", "finished"]

        expect(row(spectator, 1)).to_contain_text("Анна Чистова", timeout=PATIENCE_MS)
        expect(row(spectator, 2)).to_contain_text("Борис Рыков")
        assert spectator.evaluate("window.notReloaded"), "the board moved without a reload"
        expect(clean.page.locator("[data-figure=shooting]")).to_have_text("0")
        expect(shaky.page.locator("[data-figure=shooting]")).not_to_have_text("0")

        office = stack.enter_context(window(arena, f"/jury/races/{race}", judge))
        disqualify(office, race, bib_of(spectator))
        spectator.goto(f"/races/{race}/protocol")
        table = spectator.locator("main")
        expect(table).to_contain_text("DSQ")
        expect(table.locator("tbody tr").first).to_contain_text("Борис Рыков")


def bib_of(spectator: Page) -> str:
    """The bib of whoever leads the board."""
    return str(row(spectator, 1).locator(".bib").inner_text())


def disqualify(office: Page, race: UUID, bib: str) -> None:
    """Stage a disqualification, look at what it changes, apply it, and make all official."""
    publish(office, race)
    office.get_by_role("link", name="Новое решение").click()
    office.locator("#kind-disqualify").check()
    office.locator("#bibs").fill(bib)
    office.locator("#reason").fill("Отвечала по подсказке")
    office.get_by_role("button", name="Показать, что изменится").click()
    expect(office.locator("ins").first).to_be_visible()
    office.get_by_label("Да, именно эти изменения").check()
    office.get_by_role("button", name="Применить").click()
    expect(office.locator(".flash")).to_contain_text("вступило в силу")
    office.goto(f"/jury/races/{race}")
    office.locator("form[action$='/official'] input[type=checkbox]").check()
    office.locator("form[action$='/official'] button").click()
    expect(office.locator("#protocols-title ~ p").nth(1)).to_contain_text("Официальный")


def publish(office: Page, race: UUID) -> None:
    """Wait for the provisional protocol, which is published by itself."""
    for _ in range(200):
        if office.locator("#protocols-title ~ p code").count():
            return
        office.wait_for_timeout(300)
        office.goto(f"/jury/races/{race}")
    raise AssertionError("no provisional protocol")
