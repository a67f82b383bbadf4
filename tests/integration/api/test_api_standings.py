"""Standings over the API: the whole field, page by page, and no more than the public board."""

from typing import cast

from flask import Flask
from redis import Redis

from psot.ledger.consumers import enrol
from psot.projections import CATALOGUE
from tests.integration.api.conftest import a_program
from tests.integration.standings.racing import Track
from tests.web import database_of


def a_track(app: Flask) -> Track:
    database = database_of(app)
    enrol(database, CATALOGUE)
    return Track(database=database, redis=cast("Redis", app.extensions["psot.redis"]))


def test_the_field_is_given_page_by_page_in_its_order(app: Flask) -> None:
    track, program = a_track(app), a_program(app)
    race = track.race(racers=3)
    track.tell(race, {1: "25 s", 2: "50 s"})
    track.publish()
    path = f"/races/{race.id}/standings"
    first = program.get(f"{path}?limit=2").get_json()
    second = program.get(f"{path}?limit=2&cursor={first['next']}").get_json()

    assert [one["bib"] for one in first["items"] + second["items"]] == [2, 1, 3]
    assert [one["rank"] for one in first["items"] + second["items"]] == [1, 2, None]
    assert (first["total"], second["next"]) == (3, None)
    assert program.get(f"{path}?region=RU-MOW").get_json()["items"] == []
    assert program.get(f"{path}?cursor=0").status_code == 422


def test_a_frozen_race_and_one_for_members_tell_no_more_than_their_boards(app: Flask) -> None:
    track, program = a_track(app), a_program(app)
    race = track.race(racers=2, freeze_after_s=30, public=False)
    track.tell(race, {1: "25 s, 31 HHHHH", 2: "50 s"})
    track.publish()
    path = f"/races/{race.id}/standings"
    items = program.get(path).get_json()["items"]

    assert [(one["bib"], one["state"]) for one in items] == [(1, "range"), (2, "station")]
    assert items[0]["bouts"] == []
    assert app.test_client().get(f"/api/v1{path}").status_code == 404
