"""What a script adds to the pages of races and to the desk; all of it works without one as well."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import cast

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from psot import clock
from psot.members.sessions import DatabaseSessions
from psot.races.stages import Stage
from tests.e2e.axe import violations
from tests.e2e.looks import Look, opened
from tests.e2e.serving import serving
from tests.races import a_race
from tests.web import database_of, sign_in

DESK = Look()


@contextmanager
def desk(app: Flask, browser: Browser, path: str, look: Look = DESK) -> Iterator[Page]:
    """A page of the desk as an organizer sees it."""
    organizer = sign_in(app, roles=("organizer",))
    name = cast("DatabaseSessions", app.session_interface).cookie
    kept = organizer.get_cookie(name)
    assert kept is not None
    with serving(app) as base, opened(browser, base, "/healthz", look) as page:
        page.context.add_cookies([{"name": name, "value": kept.value, "url": base}])
        page.goto(path)
        yield page


def test_the_check_of_tasks_follows_each_tick(app: Flask, browser: Browser) -> None:
    with database_of(app).begin() as session:
        race = a_race(session, stage=Stage.DRAFT, racers=0)
    with desk(app, browser, f"/organizer/races/{race.id}/pools") as page:
        good = page.locator(".pool-check-good")
        expect(good).to_have_count(3)
        for kind in ("station", "P", "S"):
            page.check(f"#{kind}-height")

        expect(page.locator(".pool-check-bad")).to_have_count(3)
        expect(page.get_by_text("Есть несохранённые изменения.")).to_be_visible()
        assert violations(page) == []


def test_a_countdown_ticks_towards_the_start(app: Flask, browser: Browser) -> None:
    starts_at = clock.now() + timedelta(days=1, minutes=5)
    with database_of(app).begin() as session:
        race = a_race(session, racers=0, starts_at=starts_at)
    with serving(app) as base, opened(browser, base, f"/races/{race.id}", Look(390)) as page:
        left = page.locator("[data-left]")
        first = left.text_content()

        expect(left).to_contain_text("1 д 00:0")
        expect(left).not_to_have_text(first or "")
        assert violations(page) == []


@pytest.mark.parametrize("look", [Look(1440, "ru", "light"), Look(390, "en", "dark")], ids=str)
def test_two_hands_meet_on_a_page_fit_for_everyone(
    app: Flask, browser: Browser, look: Look
) -> None:
    with database_of(app).begin() as session:
        race = a_race(session, racers=0, title="Первое")
    with desk(app, browser, f"/organizer/races/{race.id}/about", look) as page:
        other = page.context.new_page()
        other.goto(page.url)
        other.fill("#title", "Второе")
        other.click("main form button[type=submit]")
        page.fill("#title", "Третье")
        page.click("main form button[type=submit]")

        expect(page.locator("main table tbody")).to_contain_text("Второе")
        expect(page.locator("#title")).to_have_value("Третье")
        assert violations(page) == []
        page.click("main form button[type=submit]")
        expect(page.locator("h1")).to_have_text("Третье")
