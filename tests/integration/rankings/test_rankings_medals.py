"""Medals are counted from the official protocols of the races that anybody may watch."""

import re

import pytest
from flask import Flask

from psot.live import boards as live
from psot.races.stages import Stage
from psot.rankings import medal_board
from psot.rankings.operations import count_medals
from psot.rankings.queries import medals
from tests.integration.rankings.community import redis_of
from tests.results import RELAY, crowd, raced
from tests.web import Browser, a_member, database_of, sign_in

SEASON = "2026/27"
Row = tuple[int, int, int, int, int]


def counted(app: Flask) -> list[str]:
    with database_of(app).begin() as session:
        return count_medals(session)


def rows(app: Flask) -> list[Row]:
    with database_of(app).begin() as session:
        found = medals(session, SEASON, None, at_most=50)
    assert found is not None
    return [(one.place, one.gold, one.silver, one.bronze, one.starts) for one in found.lines]


def race_of(app: Flask, count: int, **fields: object) -> list[object]:
    with app.app_context(), database_of(app).begin() as session:
        members = [
            a_member(session, display_name=f"Участница {n:02}", name_public=True).id
            for n in range(count)
        ]
        raced(session, crowd(count), members=members, stage=Stage.OFFICIAL, season=SEASON, **fields)
    return list(members)


def test_the_first_three_of_an_official_race_have_a_medal(app: Flask, client: Browser) -> None:
    race_of(app, 5)

    assert counted(app) == [SEASON]
    assert rows(app) == [(1, 1, 0, 0, 1), (2, 0, 1, 0, 1), (3, 0, 0, 1, 1)]
    page = client.get("/ratings/boards/medals").text
    assert len(re.findall(r'scope="row">Участница', page)) == 3


def test_nothing_is_counted_twice(app: Flask) -> None:
    race_of(app, 4)
    counted(app)

    assert counted(app) == []
    race_of(app, 3)
    assert counted(app) == [SEASON]
    # Two winners share the first place, so the next is the third.
    assert [one[0] for one in rows(app)] == [1, 1, 3, 3, 5, 5]


@pytest.mark.parametrize("fields", [{"public": False}, {"exhibition": True}])
def test_races_that_do_not_count_bring_no_medals(app: Flask, fields: dict[str, object]) -> None:
    race_of(app, 3, **fields)

    assert counted(app) == []


def test_a_whole_relay_team_wins(app: Flask) -> None:
    with app.app_context(), database_of(app).begin() as session:
        raced(session, RELAY, format="relay", stage=Stage.OFFICIAL, season=SEASON)
    counted(app)

    assert [one[0] for one in rows(app)] == [1] * 4 + [5] * 4


def test_who_stands_on_no_board_sees_the_own_medals_and_nobody_else_does(app: Flask) -> None:
    found = race_of(app, 3)
    counted(app)
    browser = sign_in(app, member=found[0])
    browser.post("/me/consents/boards", data={"off_boards": "yes"})
    own = browser.get("/ratings/boards/medals").text
    others = sign_in(app).get("/ratings/boards/medals").text

    assert 'class="note"' in own
    assert len(re.findall(r'scope="row">Участница', others)) == 2


def test_before_the_first_protocol_the_board_says_so(client: Browser) -> None:
    assert "empty-title" in client.get("/ratings/boards/medals").text


def test_an_open_page_is_told_when_its_lines_are_others(app: Flask, client: Browser) -> None:
    def published() -> str:
        with database_of(app).begin() as session:
            medal_board.publish(session, redis_of(app))
        board = live.snapshot(redis_of(app), medal_board.name_of(SEASON))
        assert board is not None
        return str(board.rows["lines"]["sha256"])

    def shown() -> tuple[str, ...]:
        page = client.get("/ratings/boards/medals").text
        found = re.search(r'data-medals="(.+?)"[\s\S]+data-medals-shown="(.+?)"', page)
        assert found is not None
        return found.groups()

    first, *_others = race_of(app, 3)
    counted(app)
    after_one = published()
    assert shown() == (medal_board.name_of(SEASON), after_one)
    assert published() == after_one

    race_of(app, 3)
    counted(app)
    after_two = published()
    assert after_two != after_one
    assert shown()[1] == after_two

    sign_in(app, member=first).post("/me/consents/boards", data={"off_boards": "yes"})
    assert published() != after_two
    assert shown()[1] == published()
