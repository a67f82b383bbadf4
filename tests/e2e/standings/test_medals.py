"""An open board of medals follows the protocols, and who leaves the boards is gone from it."""

import re
from uuid import UUID

import pytest
from flask import Flask
from playwright.sync_api import expect

from psot.members.models import Member
from psot.members.operations import set_off_boards
from psot.races.stages import Stage
from psot.rankings import medal_board
from psot.rankings.operations import count_medals
from tests.e2e.looks import opened
from tests.e2e.standings.conftest import DESK, PHONE, Hall
from tests.results import crowd, raced
from tests.web import a_member, database_of

MEDALS = "/ratings/boards/medals"


@pytest.fixture
def hall(empty_hall: Hall) -> Hall:
    """A house of its own: the board of medals knows every race there was."""
    return empty_hall


def race(app: Flask, letter: str, *, season: str = "2026/27") -> list[UUID]:
    """An official race of three, counted; returns its members in the order of their bibs."""
    with app.app_context(), database_of(app).begin() as session:
        found = [
            a_member(
                session, display_name=f"Участница {letter}{n} Константинопольская", name_public=True
            ).id
            for n in range(3)
        ]
        raced(session, crowd(3), members=found, stage=Stage.OFFICIAL, season=season)
        count_medals(session)
    return found


def publish(hall: Hall) -> None:
    with database_of(hall.app).begin() as session:
        medal_board.publish(session, hall.track.redis)


def test_the_medals_of_an_open_page_follow_the_protocols(hall: Hall) -> None:
    first = race(hall.app, "А")
    publish(hall)
    with opened(hall.browser, hall.base, MEDALS, DESK) as page:
        names = page.locator("th[scope=row]", has_text=re.compile("Участница"))
        expect(page.locator("[data-live-state=live]")).to_be_visible()
        expect(names).to_have_count(3)
        page.evaluate("window.notReloaded = true")

        race(hall.app, "Б")
        publish(hall)
        expect(names).to_have_count(6)

        with database_of(hall.app).begin() as session:
            set_off_boards(session, session.get_one(Member, first[0]), off=True)
        publish(hall)
        expect(names).to_have_count(5)
        expect(page.locator("th[scope=row]", has_text="Участница А0")).to_have_count(0)

        race(hall.app, "В", season="2027/28")
        race(hall.app, "Г")
        publish(hall)
        expect(names).to_have_count(8)
        expect(page.locator("th[scope=row]", has_text="Участница В")).to_have_count(0)
        assert page.evaluate("window.notReloaded"), "the lines changed without a reload"


def test_a_phone_shows_every_medal_without_scrolling_sideways(hall: Hall) -> None:
    race(hall.app, "А")
    with opened(hall.browser, hall.base, MEDALS, PHONE) as page:
        table = page.locator(".table-wrap")
        expect(table).to_be_visible()

        assert table.evaluate("one => one.scrollWidth <= one.clientWidth")
