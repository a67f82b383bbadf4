"""Kept parts of the hot pages: whoever comes, a page is as if it were made from nothing."""

import re
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import text

from psot.live import boards
from psot.races import queries
from psot.races.stages import Stage
from psot.shell import fragments
from psot.standings import names
from tests.community import an_answer_unread
from tests.integration.rankings.community import keep, people, season_of
from tests.integration.standings.test_pages import publish, row
from tests.races import a_race
from tests.results import crowd, raced
from tests.web import Browser, database_of, sign_in

RACERS = 4
NAMES = ("Ольга Первая", "Пётр Второй")
OWN = re.compile(r'<tr class="own')


class House:
    """The hot pages of a house, two racers with names of their own and an organizer."""

    def __init__(self, app: Flask) -> None:
        season_of(app)
        self.app = app
        self.members = people(app, RACERS)
        keep(app)
        with app.app_context(), database_of(app).begin() as session:
            self.race = a_race(session, members=self.members, racers=RACERS, stage=Stage.RUNNING)
            over = raced(session, crowd(RACERS), members=self.members, stage=Stage.PROVISIONAL)
            self.bib = queries.bib_of(session, self.race.id, self.members[0])
        self.over = over.id
        for member, name in zip(self.members, NAMES, strict=False):
            self.call(member, name)
        publish(app, names.main(self.race), *self.rows())
        self.addresses = [
            "/",
            f"/races/{self.race.id}",
            f"/races/{self.race.id}/live",
            f"/races/{self.race.id}/live?region=RU-TYU",
            f"/races/{over.id}/protocol",
            "/topics/service",
            "/ratings",
        ]

    def rows(self, **other: Any) -> list[dict[str, Any]]:
        return [row(1, bib=self.bib, name="Анна Петрова", **other), row(2, bib=99)]

    def call(self, member: UUID, name: str, *, public: bool = True) -> None:
        with database_of(self.app).begin() as session:
            session.execute(
                text(
                    "UPDATE members SET display_name = :name, name_public = :public WHERE id = :id"
                ),
                {"id": member, "name": name, "public": public},
            )

    def readers(self) -> dict[str, Browser]:
        return {
            "visitor": self.app.test_client(),
            **{
                name: sign_in(self.app, member=one)
                for name, one in zip(NAMES, self.members, strict=False)
            },
            "organizer": sign_in(self.app, roles=("organizer",)),
        }  # type: ignore[return-value]  # a client of this app is a browser


@pytest.fixture
def house(app: Flask) -> House:
    return House(app)


def forget(app: Flask) -> None:
    """Let ``app`` begin with no part."""
    app.extensions[fragments._KEPT] = fragments.Fragments()


def shown(browser: Browser, address: str, **headers: str) -> str:
    """A page but for its token and its clock."""
    page = browser.get(address, headers=headers)
    assert page.status_code == 200, address
    plain = re.sub(r'(csrf-token" content="|csrf_token" value=")[^"]*', r"\1", page.text)
    return re.sub(r'data-now(-ms)?="\d+"', "", plain)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_page_is_the_same_whoever_was_there_before(house: House, language: str) -> None:
    readers = house.readers()
    told = {"Accept-Language": language}
    fresh = {}
    for name, browser in readers.items():
        for address in house.addresses:
            forget(house.app)
            fresh[name, address] = shown(browser, address, **told)
    forget(house.app)
    again = {}
    for turn in (0, 1):
        for name, browser in readers.items():
            for address in house.addresses:
                again[turn, name, address] = shown(browser, address, **told)

    assert {
        (turn, *which) for turn in (0, 1) for which in fresh if fresh[which] != again[turn, *which]
    } == set()


def test_nothing_personal_is_ever_kept(house: House) -> None:
    for browser in house.readers().values():
        for address in house.addresses:
            shown(browser, address)
    kept = "".join(fragments.of(house.app)._parts.values())

    assert len(fragments.of(house.app)) > len(house.addresses)
    assert "csrf" not in kept
    assert OWN.search(kept) is None
    assert "(вы)" not in kept


def test_a_racer_sees_the_own_row_and_nobody_else_does(house: House) -> None:
    readers = house.readers()
    marked = {
        (name, address): len(OWN.findall(shown(browser, address)))
        for _ in range(2)
        for name, browser in readers.items()
        for address in house.addresses[1:5]
    }

    assert {name for (name, _), count in marked.items() if count} == set(NAMES)
    assert {
        count
        for (name, address), count in marked.items()
        if name == NAMES[0] and "region" not in address
    } == {1}


def test_a_name_that_is_taken_back_is_gone_at_once(house: House) -> None:
    visitor = house.readers()["visitor"]
    pages = (house.addresses[1], house.addresses[4])
    assert all(NAMES[0] in shown(visitor, one) for one in pages)
    house.call(house.members[0], NAMES[0], public=False)

    assert not any(NAMES[0] in shown(visitor, one) for one in pages)


def test_a_board_shows_what_was_published_last(house: House) -> None:
    visitor, live = house.readers()["visitor"], house.addresses[2]
    assert "Анна Петрова" in shown(visitor, live)
    publish(house.app, names.main(house.race), *house.rows()[1:])
    assert "Анна Петрова" not in shown(visitor, live)
    boards.publish(house.app.extensions["psot.redis"], names.main(house.race), {})

    assert "Участник 1002" not in shown(visitor, live)


def test_a_protocol_published_anew_is_shown_anew(house: House) -> None:
    visitor, page = house.readers()["visitor"], house.addresses[4]
    before = shown(visitor, page)
    with database_of(house.app).begin() as session:
        session.execute(
            text(
                "UPDATE race_protocols SET sha256 = repeat('0', 64),"
                " body = regexp_replace(body, :before, :after, 'g') WHERE race = :race"
            ),
            {"race": house.over, "before": '"misses":[0-9]+', "after": '"misses":77'},
        )

    assert ">77<" not in before
    assert ">77<" in shown(visitor, page)


def test_the_menu_tells_a_member_alone_of_news(house: House) -> None:
    readers = house.readers()
    page = house.addresses[-1]
    before = {name: shown(browser, page) for name, browser in readers.items()}
    an_answer_unread(house.app, house.members[0])
    after = {name: shown(browser, page) for name, browser in readers.items()}

    assert [name for name in before if after[name] != before[name]] == [NAMES[0]]
    assert "tab-count" in after[NAMES[0]]
