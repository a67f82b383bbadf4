"""Everybody in one table: found, paged, taken along."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import text

from tests.integration.rankings.community import keep, people, season_of
from tests.web import Browser, database_of, sign_in


@pytest.fixture(autouse=True)
def season(app: Flask) -> str:
    """The name of the open season; the app's ledger is listened to."""
    return season_of(app)


def shown(page: str) -> list[str]:
    return re.findall(r'<th scope="row">(?:<a[^>]*>)?Участница (\d\d)', page)


def places(page: str) -> list[int]:
    return [int(one) for one in re.findall(r'<b class="rank">(\d+)</b>', page)]


def following(page: str) -> str:
    found = re.search(r'href="([^"]+)" rel="next"', page)
    return found[1].replace("&amp;", "&") if found else ""


def test_pages_follow_each_other_without_gap_or_repetition(app: Flask, client: Browser) -> None:
    people(app, 60)
    keep(app)
    first = client.get("/ratings/all").text
    second = client.get(following(first)).text

    assert shown(first) + shown(second) == [f"{n:02}" for n in range(60)]
    assert places(first) + places(second) == list(range(1, 61))
    assert following(second) == ""


def test_a_region_and_a_league_keep_the_places_among_all(app: Flask, client: Browser) -> None:
    people(app, 8)
    people(app, 2, region="RU-KGN", first=8)
    keep(app)

    region = client.get("/ratings/all?region=RU-KGN").text
    assert (shown(region), places(region)) == (["08", "09"], [9, 10])
    league = client.get("/ratings/all?league=2").text
    assert shown(league) == ["02", "03"]
    both = client.get("/ratings/all?league=1&region=RU-KGN").text
    assert shown(both) == []


def test_a_public_name_is_found_by_the_beginnings_of_its_words(app: Flask, client: Browser) -> None:
    people(app, 12)
    keep(app)

    assert shown(client.get("/ratings/all?q=участ 1").text) == []
    assert shown(client.get("/ratings/all?q=участ").text) == [f"{n:02}" for n in range(12)]
    assert "empty-title" in client.get("/ratings/all?q=Петрова").text
    assert client.get("/ratings/all?q=':*|%26!(").status_code == 200


def test_a_name_that_is_not_public_is_not_found(app: Flask, client: Browser) -> None:
    (who,) = people(app, 1)
    keep(app)
    with database_of(app).begin() as session:
        session.execute(text("UPDATE members SET name_public = false"))
        number = session.execute(text("SELECT number FROM members")).scalar_one()

    assert "empty-title" in client.get("/ratings/all?q=участница").text
    assert str(number) in client.get(f"/ratings/all?q=Участник {number}").text
    with database_of(app).begin() as session:
        session.execute(text("UPDATE members SET off_boards = true"))
    assert "empty-title" in client.get(f"/ratings/all?q={number}").text
    assert str(who) not in client.get("/ratings/all").text


def test_the_file_is_the_table_of_the_page(app: Flask, client: Browser) -> None:
    found = people(app, 3)
    people(app, 1, region="RU-KGN", first=3)
    with database_of(app).begin() as session:
        session.execute(
            text("UPDATE members SET display_name = '=1+1' WHERE id = :who"), {"who": found[1]}
        )
    keep(app)
    browser = sign_in(app)
    answer = browser.get("/ratings/all.csv?region=RU-TYU")
    lines = answer.get_data(as_text=True).splitlines()

    assert client.get("/ratings/all.csv").status_code == 303
    assert answer.headers["Content-Disposition"].endswith('2026-Q4.csv"')
    assert [one.split(";")[:2] for one in lines[1:]] == [
        ["1", "Участница 00"],
        ["2", "'=1+1"],
        ["3", "Участница 02"],
    ]
    with browser.get("/ratings/all.xlsx") as file:
        book = ZipFile(BytesIO(file.data))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<row ") == 5
    assert "<f>" not in sheet


def test_who_stands_on_no_board_is_in_no_file(app: Flask) -> None:
    found = people(app, 3)
    with database_of(app).begin() as session:
        session.execute(
            text("UPDATE members SET off_boards = true WHERE id = :who"), {"who": found[1]}
        )
    keep(app)
    lines = sign_in(app).get("/ratings/all.csv").get_data(as_text=True).splitlines()

    assert [one.split(";")[:2] for one in lines[1:]] == [
        ["1", "Участница 00"],
        ["3", "Участница 02"],
    ]


def test_the_table_is_late_where_redis_is_away(app: Flask) -> None:
    people(app, 1)
    keep(app)
    away = type(app.extensions["psot.redis"])(unix_socket_path="/nowhere/redis.sock")
    browser = sign_in(app)
    app.extensions["psot.redis"] = away

    assert "flash-warn" in browser.get("/ratings/all").text
    assert browser.get("/ratings/all.csv").status_code == 503
