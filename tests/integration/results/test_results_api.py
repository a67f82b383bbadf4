"""Programs read protocols and seasons by the same rules as people."""

from flask import Flask

from psot.races.stages import Stage
from tests.integration.results.conftest import Make
from tests.races import a_race
from tests.results import RELAY
from tests.web import Browser, database_of


def test_a_protocol_comes_page_by_page_with_its_hash(client: Browser, make: Make) -> None:
    race = make()
    address = f"/api/v1/races/{race.id}/protocol"

    first = client.get(f"{address}?limit=2").json
    second = client.get(f"{address}?limit=2&cursor={first['next']}").json

    assert (first["stage"], len(first["sha256"]), first["total"]) == ("provisional", 64, 5)
    assert [one["bib"] for one in first["items"] + second["items"]] == [2, 1, 3, 5]
    assert first["items"][0]["total_ms"] == 308_190
    assert first["items"][0]["splits"][-1]["point"] == "finish"
    assert client.get(f"{address}?stage=official").status_code == 404


def test_teams_come_with_a_relay_and_nothing_before_its_time(
    app: Flask, client: Browser, make: Make
) -> None:
    race = make(RELAY, format="relay")
    members = make(public=False)
    with app.app_context(), database_of(app).begin() as session:
        running = a_race(session, stage=Stage.RUNNING)

    found = client.get(f"/api/v1/races/{race.id}/protocol").json

    assert [one["total_ms"] for one in found["teams"]] == [1_214_950, 1_215_000]
    for one in (members, running):
        assert client.get(f"/api/v1/races/{one.id}/protocol").status_code == 404


def test_a_season_s_table_names_the_races_behind_every_point(client: Browser, make: Make) -> None:
    race = make(stage=Stage.OFFICIAL, season="2026/27")

    table = client.get("/api/v1/races/seasons?season=2026/27").json
    regions = client.get("/api/v1/races/seasons?season=2026/27&table=regions").json

    assert [one["points"] for one in table["items"]] == [90, 75, 60]
    assert table["items"][0]["races"] == [{"race": str(race.id), "rank": 1, "points": 90}]
    assert [(one["name"], one["points"]) for one in regions["items"]] == [("RU-TYU", 225)]
    assert client.get("/api/v1/races/seasons?season=none").status_code == 404
    assert client.get("/api/v1/races/seasons").status_code == 422
