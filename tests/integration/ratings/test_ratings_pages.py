"""The pages of the ratings, on the real app with what is really stored."""

import re
from datetime import UTC, datetime
from uuid import UUID

import pytest
import redis as redis_py
from flask import Flask
from sqlalchemy import text

from psot import clock
from psot.ledger.consumers import enrol
from psot.live import boards as live
from psot.projections import CATALOGUE
from psot.ratings.boards import publish
from psot.ratings.operations import open_season
from tests.integration.ratings.history import (
    AUTUMN,
    answered,
    calibrated,
    drain,
    happen,
    member,
    watched,
)
from tests.web import Browser, a_member, database_of, sign_in

SUMMER = datetime(2026, 7, 1, tzinfo=UTC)


def redis_of(app: Flask) -> redis_py.Redis:
    found: redis_py.Redis = app.extensions["psot.redis"]
    return found


def settle(app: Flask) -> None:
    """Do at once what worker and scheduler do in the running product."""
    drain(database_of(app))
    publish(database_of(app), redis_of(app))


@pytest.fixture
def season(app: Flask) -> str:
    """The name of the open season; the app's ledger is listened to."""
    enrol(database_of(app), CATALOGUE)
    with database_of(app).begin() as session:
        return open_season(session, now=datetime(2026, 11, 22, tzinfo=UTC)).name


def people(app: Flask, count: int) -> list[UUID]:
    """Members of the summer with ratings, the first the best."""
    found = []
    with clock.fixed(SUMMER), database_of(app).begin() as session:
        for number in range(count):
            one = a_member(session, display_name=f"Участница {number:02}", name_public=True)
            found.append(one.id)
    happen(
        database_of(app),
        *(
            answered(who, f"ppe-{question:02}", score_ppm=1_000_000 - number * 20_000, at=AUTUMN)
            for number, who in enumerate(found)
            for question in range(12)
        ),
    )
    settle(app)
    return found


def test_before_a_season_every_page_says_so(app: Flask, client: Browser) -> None:
    for path in ("/ratings", "/ratings/top", "/ratings/board", "/ratings/regions"):
        page = client.get(path)
        assert page.status_code == 200, path
        assert "empty-title" in page.text, path
    assert client.get("/ratings/regions/RU-TYU").status_code == 200
    assert sign_in(app).get("/ratings/me").status_code == 200


def test_leaders_own_place_and_three_neighbours_are_shown(app: Flask, season: str) -> None:
    found = people(app, 20)
    page = sign_in(app, member=found[14]).get("/ratings").text
    boards = page.split('data-around="')

    assert f'data-board="ratings:{season}"' in boards[0]
    leaders = boards[0].split("data-board=")[1]
    assert re.findall(r'who-name">Участница (\d\d)', leaders) == [f"{n:02}" for n in range(10)]
    assert re.findall(r'data-key="([^"]+)"', boards[1]) == [str(one) for one in found[11:18]]
    assert f'data-own="{found[14]}"' in boards[1]


def test_the_own_rating_opens_into_weeks_and_answers(app: Flask, season: str) -> None:
    found = people(app, 3)
    page = sign_in(app, member=found[0]).get("/ratings/me")

    assert page.status_code == 200
    assert page.text.count('class="me-question"') == 12
    assert season in page.text
    assert sign_in(app).get("/ratings/me").text.count("empty-title") == 1


@pytest.mark.usefixtures("season")
def test_a_region_opens_into_its_sums(app: Flask, client: Browser) -> None:
    people(app, 3)
    page = client.get("/ratings/regions/RU-TYU")

    assert page.status_code == 200
    assert "calculation" in page.text
    assert client.get("/ratings/regions/RU-XXX").status_code == 404
    table = client.get("/ratings/regions").text
    assert table.count('class="tile tile-') == 85


@pytest.mark.usefixtures("season")
def test_a_member_without_consent_stands_under_a_number(app: Flask) -> None:
    (who,) = people(app, 1)
    with database_of(app).begin() as session:
        session.execute(text("UPDATE members SET name_public = false"))
    page = sign_in(app).get("/ratings").text

    assert "Участница" not in page
    assert re.search(r"Участник \d+|Member \d+", page)
    assert str(who) in page


@pytest.mark.usefixtures("season")
def test_pages_stay_when_redis_is_away(app: Flask) -> None:
    found = people(app, 2)
    browser = sign_in(app, member=found[0])
    app.extensions["psot.redis"] = redis_py.Redis(unix_socket_path="/nowhere/redis.sock")

    assert browser.get("/ratings").status_code == 200
    assert browser.get("/ratings/me").status_code == 200


@pytest.mark.usefixtures("season")
def test_the_first_page_shows_leaders(app: Flask, client: Browser) -> None:
    people(app, 6)

    assert re.findall(r'who-name">Участница (\d\d)', client.get("/").text) == [
        "00",
        "01",
        "02",
        "03",
        "04",
    ]


def test_boards_carry_fifty_and_names_follow_consent(app: Flask, season: str) -> None:
    people(app, 60)
    board = live.snapshot(redis_of(app), f"ratings:{season}")
    assert board is not None
    assert sorted(row["rank"] for row in board.rows.values()) == list(range(1, 51))
    with database_of(app).begin() as session:
        session.execute(text("UPDATE members SET name_public = false"))
    publish(database_of(app), redis_of(app))
    after = live.snapshot(redis_of(app), f"ratings:{season}")
    assert after is not None

    assert {row["member"].split()[0] for row in board.rows.values()} == {"Участница"}
    assert all("member" not in row and row["number"] > 0 for row in after.rows.values())
    regions = live.snapshot(redis_of(app), f"regions:{season}")
    assert regions is not None
    assert [*regions.rows] == ["RU-TYU"]


def test_each_watcher_sees_the_window_around_the_own_place(app: Flask, season: str) -> None:
    found = people(app, 9)
    kind = app.extensions["psot.live"].kinds.of(f"ratings:{season}")
    windows = kind.windows(redis_of(app), f"ratings:{season}", [found[4], member(99)])

    assert [*windows] == [found[4]]
    assert [row["rank"] for row in windows[found[4]]["rows"]] == [2, 3, 4, 5, 6, 7, 8]
    assert windows[found[4]]["rows"][3]["key"] == str(found[4])


@pytest.mark.usefixtures("season")
def test_the_own_rating_shows_recordings_and_what_has_left(app: Flask) -> None:
    (who,) = people(app, 1)
    out = {"ppe-02@1": "negative_discrimination"}
    happen(database_of(app), watched(who, "fire-basics", ms=125_000), calibrated(2, left_out=out))
    settle(app)
    page = sign_in(app, member=who).get("/ratings/me").text

    assert "fire-basics" in page
    assert "2:05" in page
    assert page.count("отрицательное различение") == 1
