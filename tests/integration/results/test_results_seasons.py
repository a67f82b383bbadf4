"""Seasons: official races added up, each number open to its race, practice never in it."""

import csv
import io
from collections.abc import Mapping

from flask import Flask

from psot.races.stages import Stage
from tests.integration.results.conftest import Make
from tests.results import RELAY, SPRINT, crowd, practised, raced
from tests.web import Browser, a_member, database_of, sign_in

SEASON = "2026/27"


def two_sprints(app: Flask, ways: Mapping[int, str] = SPRINT) -> list[str]:
    """Two official sprints of the same five and one that is not official; gives their ids.

    By lot, anybody may be one of the two that do not finish in the usual ``ways``.
    """
    with app.app_context(), database_of(app).begin() as session:
        members = [a_member(session, region=region).id for region in ("RU-TYU", "RU-KDA") * 2]
        members.append(a_member(session).id)
        first = raced(session, ways, members=members, stage=Stage.OFFICIAL, season=SEASON)
        second = raced(session, ways, members=members, stage=Stage.OFFICIAL, season=SEASON)
        raced(session, members=members, season=SEASON)
        practised(session, first, members[0])
    return [str(first.id), str(second.id)]


def test_a_season_adds_up_its_official_races_and_opens_every_number(
    app: Flask, client: Browser
) -> None:
    first, second = two_sprints(app)
    client.set_cookie("psot_language", "en")

    page = client.get(f"/races/seasons/{SEASON}").text
    listed = client.get("/races/seasons").text
    data = client.get(f"/races/seasons.csv?season={SEASON}").data.decode("utf-8-sig")
    lines = [*csv.reader(io.StringIO(data), delimiter=";")]

    assert f'href="/races/seasons/{SEASON}"' in listed
    assert page.count(f"/races/{first}/protocol?bib=") == 3
    assert page.count(f"/races/{second}/protocol?bib=") == 3
    assert lines[0][:4] == ["Place", "Name", "Region", "Points"]
    assert sum(int(line[3]) for line in lines[1:]) == 2 * (90 + 75 + 60)


def test_regions_and_relays_have_tables_of_their_own(app: Flask, client: Browser) -> None:
    two_sprints(app, crowd(5))  # everybody finishes, so both regions have points
    with app.app_context(), database_of(app).begin() as session:
        raced(session, RELAY, format="relay", stage=Stage.OFFICIAL, season=SEASON)
    client.set_cookie("psot_language", "en")

    cup = client.get(f"/races/seasons/{SEASON}?table=regions").text
    relays = client.get(f"/races/seasons/{SEASON}?table=relay").text

    assert "Krasnodar" in cup
    assert "?region=RU-KDA" in cup
    assert "The best three racers of a region count" in cup
    assert ">90</a>" in relays
    assert ">75</a>" not in relays  # of two teams of a region the best one counts


def test_a_members_line_is_theirs_and_hidden_races_are_told_to_visitors(
    app: Flask, client: Browser
) -> None:
    racer = sign_in(app, language="en")
    with app.app_context(), database_of(app).begin() as session:
        raced(session, crowd(3), members=[racer.member_id], stage=Stage.OFFICIAL, season=SEASON)
        raced(session, SPRINT, stage=Stage.OFFICIAL, season=SEASON, public=False)
    client.set_cookie("psot_language", "en")

    own = racer.get(f"/races/seasons/{SEASON}").text
    visitor = client.get(f"/races/seasons/{SEASON}").text

    assert 'class="season-own"' in own
    assert 'class="season-own"' not in visitor
    assert "for members only" not in own
    assert "1 race for members only counts too" in visitor


def test_a_season_nobody_raced_is_unknown(client: Browser, make: Make) -> None:
    make(season=SEASON)

    assert client.get(f"/races/seasons/{SEASON}").status_code == 404
    assert client.get("/races/seasons.csv?season=nothing").status_code == 404
