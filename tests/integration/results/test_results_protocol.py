"""The protocol as people read it: filtered, named by consent, never before its time."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from psot import clock
from psot.races import operations
from psot.races.stages import Stage
from tests.integration.results.conftest import Make
from tests.races import NOW, a_race
from tests.results import RELAY, SPRINT, raced
from tests.web import Browser, a_member, database_of, sign_in


@pytest.fixture
def reader(client: Browser) -> Browser:
    """A visitor who reads English."""
    client.set_cookie("psot_language", "en")
    return client


def rows(page: str) -> list[list[str]]:
    """The lines of the first table with a body, as plain words."""
    body = re.search(r"<tbody>(.*?)</tbody>", page, re.DOTALL)
    assert body is not None
    lines = re.findall(r"<tr.*?>(.*?)</tr>", body[1], re.DOTALL)
    cells = [re.findall(r"<t[hd].*?>(.*?)</t[hd]>", line, re.DOTALL) for line in lines]
    return [[" ".join(re.sub(r"<.*?>", " ", one).split()) for one in line] for line in cells]


def test_the_protocol_shows_places_misses_times_points_and_its_hash(
    reader: Browser, make: Make
) -> None:
    race = make()

    page = reader.get(f"/races/{race.id}/protocol").text
    lines = [[line[n] for n in (0, 1, 5, 6, 7, 8)] for line in rows(page)]

    assert lines == [
        ["1", "2", "1", "5:08.1", "0.0", "90"],
        ["2", "1", "1", "5:20.0", "+11.8", "75"],
        ["3", "3", "2", "5:50.0", "+41.8", "60"],
        ["DNS", "5", "0", "—", "—", ""],
        ["DNF", "4", "0", "—", "—", ""],
    ]
    assert "Provisional results" in page
    assert re.search(r"<code>[0-9a-f]{64}</code>", page)
    assert f'href="/races/{race.id}/proof"' in page


def test_a_reader_picks_by_name_bib_region_and_class(app: Flask, reader: Browser) -> None:
    with app.app_context(), database_of(app).begin() as session:
        named = a_member(session, display_name="Вера Ильина", name_public=True, region="RU-KDA")
        race = raced(session, members=[named.id], racers=5)

    def bibs(query: str) -> int:
        page = reader.get(f"/races/{race.id}/protocol?{query}").text
        return len(rows(page)) if "<tbody>" in page else 0

    assert bibs("q=ильина") == 1
    assert bibs("region=RU-KDA") == 1
    assert bibs("region=RU-TYU") == 4
    assert bibs("bib=3") == 1
    assert bibs("q=nobody") == 0


def test_a_relay_shows_teams_with_their_legs(reader: Browser, make: Make) -> None:
    race = make(RELAY, format="relay")

    page = reader.get(f"/races/{race.id}/protocol").text

    assert page.index("20:14.9") < page.index("20:15.0")
    assert page.count('class="sheet-leg"') == 8
    assert "Tyumen" in page


def test_both_protocols_stay_readable_and_the_newest_is_the_official_one(
    reader: Browser, make: Make
) -> None:
    race = make(stage=Stage.OFFICIAL)

    newest = reader.get(f"/races/{race.id}/protocol").text
    earlier = reader.get(f"/races/{race.id}/protocol?stage=provisional").text

    assert "Official results" in newest
    assert "stage=provisional" in newest
    assert "Provisional results" in earlier


@pytest.mark.parametrize("page", ["protocol", "splits", "replay"])
def test_before_its_time_a_page_says_what_comes_and_shows_nobody(
    app: Flask, reader: Browser, page: str
) -> None:
    with app.app_context(), database_of(app).begin() as session:
        race = a_race(session, stage=Stage.RUNNING)

    answer = reader.get(f"/races/{race.id}/{page}")

    assert answer.status_code == 200
    assert "The race is on" in answer.text
    assert "<table" not in answer.text


def test_the_end_of_a_frozen_race_stays_veiled_until_it_is_revealed(
    app: Flask, reader: Browser, make: Make
) -> None:
    race = make(freeze_after_s=240)
    jury = sign_in(app, roles=("jury",))
    addresses = [f"/races/{race.id}/{one}" for one in ("protocol", "splits", "replay")]

    with clock.fixed(NOW + timedelta(hours=2)):
        veiled = [reader.get(one).text for one in addresses]
        files = [
            reader.get(f"/races/{race.id}/{one}").status_code
            for one in ("protocol.csv", "protocol.json", "protocol.pdf", "replay.json")
        ]
        office = jury.get(addresses[0]).text
        with app.app_context(), database_of(app).begin() as session:
            operations.set_frozen(session, race.id, frozen=False, now=NOW + timedelta(hours=2))
        revealed = reader.get(addresses[0]).text

    assert all("<table" not in one for one in veiled)
    assert files == [404, 404, 404, 409]
    assert "5:08" in revealed
    assert "5:08" in office


def test_members_races_and_drafts_are_unknown_to_visitors(
    app: Flask, client: Browser, make: Make
) -> None:
    race = make(public=False)
    member = sign_in(app)
    doors = ["protocol", "splits", "replay", "replay.json", "protocol.csv", "protocol.json"]

    seen = [client.get(f"/races/{race.id}/{one}").status_code for one in doors]

    assert seen == [404] * len(doors)
    assert member.get(f"/races/{race.id}/protocol").status_code == 200


def test_splits_show_the_best_of_every_part_and_say_the_chart_in_a_table(
    reader: Browser, make: Make
) -> None:
    race = make(SPRINT)

    page = reader.get(f"/races/{race.id}/splits?bib=1&bib=3&point=lap1.range_exit").text

    assert page.count('class="stroke-line"') == 4  # two lines of the chart, two in the table's head
    assert "+41.8" in page
    assert "lap 1, range exit" in page
    assert "table below says the same" in page


def test_splits_of_a_relay_compare_teams_over_all_legs(reader: Browser, make: Make) -> None:
    race = make(RELAY, format="relay")

    page = reader.get(f"/races/{race.id}/splits?leg=2").text

    assert "leg 4, finish" in page
    assert "leg 2" in page


def test_a_page_that_does_not_exist_is_the_last_one(reader: Browser, make: Make) -> None:
    race = make()

    page = reader.get(f"/races/{race.id}/protocol?page=999999999").text

    assert len(rows(page)) == 5
    assert "1–5 of 5" in page
