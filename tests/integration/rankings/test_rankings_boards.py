"""Boards of regions, leagues and topics follow the ratings, and nobody stands there unwilling."""

import re
from datetime import UTC, datetime
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import text

from psot.live import boards as live
from psot.rankings.boards import Publisher
from psot.rankings.kinds import base, state
from psot.rankings.schedule import forget_past
from psot.ratings.operations import open_season
from tests.integration.rankings.community import keep, people, redis_of, season_of
from tests.web import Browser, database_of, sign_in

__all__ = ["season"]


@pytest.fixture
def season(app: Flask) -> str:
    """The name of the open season; the app's ledger is listened to."""
    return season_of(app)


def names(page: str) -> list[str]:
    return re.findall(r'who-name">Участница (\d\d)', page)


def rows(app: Flask, name: str) -> list[str]:
    board = live.snapshot(redis_of(app), name)
    assert board is not None
    found = sorted(board.rows.values(), key=lambda one: one["rank"])
    return [one.get("member", f"№ {one.get('number')}")[-2:] for one in found]


def off_boards(app: Flask, who: UUID) -> None:
    answer = sign_in(app, member=who).post("/me/consents/boards", data={"off_boards": "yes"})
    assert answer.status_code == 303


def test_a_region_has_its_own_leaders(app: Flask, client: Browser, season: str) -> None:
    people(app, 4, region="RU-TYU")
    people(app, 2, region="RU-KGN", first=4)
    keep(app)

    assert names(client.get("/ratings/boards/region/RU-KGN").text) == ["04", "05"]
    assert rows(app, f"regional:{season}_RU-KGN") == ["04", "05"]
    assert rows(app, f"regional:{season}_RU-TYU") == ["00", "01", "02", "03"]


def test_the_own_neighbours_carry_no_places_unasked(app: Flask, season: str) -> None:
    found = people(app, 30)
    keep(app)
    browser = sign_in(app, member=found[14])
    unasked = browser.get("/ratings/boards/region/RU-TYU").text
    asked = browser.get("/ratings/boards/region/RU-TYU?place=1").text
    around = unasked.split("data-around=")[1]

    assert f'"regional:{season}_RU-TYU"' in around
    assert names(around) == [f"{n:02}" for n in range(11, 18)]
    assert "c-rank" not in around
    assert 'data-own-figure="rank">15<' in asked
    assert 'data-own-figure="rank"' not in unasked


@pytest.mark.usefixtures("season")
def test_a_league_is_a_fifth_of_the_members(app: Flask, client: Browser) -> None:
    people(app, 20)
    keep(app)

    assert names(client.get("/ratings/boards/league/1").text) == ["00", "01", "02", "03"]
    assert names(client.get("/ratings/boards/league/5").text) == ["16", "17", "18", "19"]
    assert client.get("/ratings/boards/league/6").status_code == 404


def test_a_topic_ranks_by_its_own_questions(app: Flask, client: Browser, season: str) -> None:
    """Ten answers, all right, of 20 at the season mean of .62: (10 + 12.4) / 30 = .747."""
    people(app, 2, topic="ppe")
    people(app, 1, first=2, topic="electrical")
    keep(app)

    assert names(client.get("/ratings/boards/topic/ppe").text) == ["00", "01"]
    board = live.snapshot(redis_of(app), f"topical:{season}_ppe")
    assert board is not None
    assert [one["rating"] for one in board.rows.values()] == [747, 740]
    assert client.get("/ratings/boards/topic/nothing").status_code == 404


def test_who_leaves_the_boards_is_gone_with_the_next_publication(
    app: Flask, client: Browser, season: str
) -> None:
    found = people(app, 5)
    keep(app)
    assert "02" in rows(app, f"regional:{season}_RU-TYU")
    off_boards(app, found[2])
    keep(app)

    left = ["00", "01", "03", "04"]
    assert rows(app, f"regional:{season}_RU-TYU") == left
    assert rows(app, f"ratings:{season}") == left
    for path in (
        "/ratings",
        "/ratings/top",
        "/ratings/board",
        "/",
        "/ratings/boards/region/RU-TYU",
    ):
        assert names(client.get(path).text) == left, path
    listed = client.get(f"/api/v1/ratings/{season}/members").text
    assert str(found[2]) not in listed
    # The places of the others stay what they are.
    assert 'rank">4<' in client.get("/ratings").text


@pytest.mark.usefixtures("season")
def test_who_left_the_boards_still_sees_the_own_standing(app: Flask) -> None:
    found = people(app, 5)
    keep(app)
    off_boards(app, found[2])
    own = sign_in(app, member=found[2]).get("/ratings").text.split("data-around=")[1]
    neighbour = sign_in(app, member=found[3]).get("/ratings").text

    assert "02" in names(own)
    assert "02" not in names(neighbour)


def test_a_name_changes_without_a_fact(app: Flask, season: str) -> None:
    people(app, 1)
    keep(app)
    with database_of(app).begin() as session:
        session.execute(text("UPDATE members SET name_public = false"))
    Publisher(database_of(app), redis_of(app)).keep()

    assert rows(app, f"regional:{season}_RU-TYU")[0] != "00"


def test_boards_fill_again_after_redis_lost_its_memory(app: Flask, season: str) -> None:
    people(app, 3)
    keep(app)
    before = rows(app, f"regional:{season}_RU-TYU")
    redis_of(app).flushdb()
    keep(app)

    assert rows(app, f"regional:{season}_RU-TYU") == before


@pytest.mark.usefixtures("season")
def test_the_sets_of_a_season_go_once_the_next_one_is_open(app: Flask, season: str) -> None:
    people(app, 3)
    keep(app)
    redis = redis_of(app)
    assert forget_past(database_of(app), redis) == []
    assert redis.exists(state(season))

    with database_of(app).begin() as session:
        following = open_season(session, now=datetime(2027, 1, 1, 9, tzinfo=UTC)).name
    keep(app)
    kept = sorted(redis.scan_iter(f"{base(following)}*"))

    assert forget_past(database_of(app), redis) == [season]
    assert forget_past(database_of(app), redis) == []
    assert list(redis.scan_iter(f"{base(season)}*")) == []
    assert sorted(redis.scan_iter(f"{base(following)}*")) == kept


def test_pages_of_boards_stay_when_redis_is_away(app: Flask, client: Browser) -> None:
    people(app, 2)
    app.extensions["psot.redis"] = type(redis_of(app))(unix_socket_path="/nowhere/redis.sock")

    for path in ("/ratings/boards", "/ratings/boards/region/RU-TYU", "/ratings/boards/league/2"):
        assert client.get(path).status_code == 200, path


@pytest.mark.usefixtures("season")
def test_the_leaders_are_filled_from_further_down_where_many_left_the_boards(
    app: Flask, client: Browser
) -> None:
    found = people(app, 20)
    keep(app)
    for one in found[:8]:
        off_boards(app, one)
    keep(app)

    assert names(client.get("/ratings").text) == [f"{number:02}" for number in range(8, 18)]
    assert names(client.get("/").text) == [f"{number:02}" for number in range(8, 13)]
