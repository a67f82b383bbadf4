"""Races over the API: lists, one race, registering, start lists."""

from typing import Any

import pytest
from flask import Flask

from psot.races import operations
from psot.races.stages import Stage
from psot.races.values import RaceView
from tests.integration.api.conftest import Program, a_program, an_operator
from tests.races import NOW, a_race, enter
from tests.web import a_member, database_of


def made(app: Flask, **kwargs: Any) -> RaceView:
    with database_of(app).begin() as session:
        return a_race(session, **kwargs)


def test_pages_of_races_hold_each_race_once_the_newest_first(app: Flask, program: Program) -> None:
    races = [made(app, racers=0) for _ in range(5)]
    seen, cursor = [], ""
    while cursor is not None:
        query = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        answer = program.get("/races", query_string=query).get_json()
        seen += [one["id"] for one in answer["items"]]
        cursor = answer["next"]

    assert seen == [str(one.id) for one in reversed(races)]


def test_stage_format_and_season_narrow_the_list(app: Flask, program: Program) -> None:
    made(app, racers=0, title="a", season="2026/27")
    made(app, racers=0, title="b", stage=Stage.ANNOUNCED)
    made(app, racers=0, title="c", format="individual")

    def found(**query: str) -> set[str]:
        items = program.get("/races", query_string=query).get_json()["items"]
        return {one["title"] for one in items}

    assert found(stage="announced") == {"b"}
    assert found(season="2026/27") == {"a"}
    assert found(format="individual") == {"c"}
    assert program.get("/races?stage=draft").status_code == 422


def test_drafts_and_races_for_members_are_not_told_to_everybody(
    app: Flask, program: Program
) -> None:
    draft, members = made(app, stage=Stage.DRAFT), made(app, public=False)
    visitor = app.test_client()

    assert visitor.get(f"/api/v1/races/{members.id}").status_code == 404
    assert visitor.get(f"/api/v1/races/{members.id}/start-list").status_code == 404
    assert visitor.get("/api/v1/races").get_json()["items"] == []
    assert program.get(f"/races/{members.id}").status_code == 200
    assert program.get(f"/races/{draft.id}").status_code == 404
    assert an_operator(app).get(f"/races/{draft.id}").status_code == 200


def test_a_program_registers_and_withdraws_its_member(app: Flask, program: Program) -> None:
    race = made(app, racers=0)
    done = program.post(f"/races/{race.id}/registration", {"experience": "experienced"})
    told = program.get(f"/races/{race.id}").get_json()
    back = [program.post(f"/races/{race.id}/withdrawal") for _ in range(2)]

    assert done.status_code == 201
    assert told["registration"] == done.get_json()
    assert (told["registration"]["experience"], told["entered"]) == ("experienced", 1)
    assert [one.status_code for one in back] == [200, 200]
    assert program.get(f"/races/{race.id}").get_json()["registration"] is None


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        ("registration", {"experience": "newcomer"}, (409, "wrong_stage")),
        ("withdrawal", None, (409, "wrong_stage")),
        ("registration", {"experience": "champion"}, (422, "invalid")),
        ("registration", {"experience": "newcomer", "bib": 1}, (422, "invalid")),
    ],
)
def test_what_does_not_fit_is_told_by_name(
    app: Flask, program: Program, path: str, body: Any, expected: tuple[int, str]
) -> None:
    race = made(app, stage=Stage.ZEROING)
    answer = program.post(f"/races/{race.id}/{path}", body)

    assert (answer.status_code, answer.get_json()["error"]["code"]) == expected


def test_a_token_made_for_reading_registers_nobody(app: Flask) -> None:
    race = made(app, racers=0)
    reader = a_program(app, scopes=("read",))
    answer = reader.post(f"/races/{race.id}/registration", {"experience": "newcomer"})

    assert answer.get_json()["error"]["code"] == "scope_missing"


def test_the_start_list_comes_by_pages_with_names_by_consent_only(
    app: Flask, program: Program
) -> None:
    with database_of(app).begin() as session:
        known = a_member(session, name_public=True, display_name="Явная Ольга")
        hidden = a_member(session, display_name="Тайная Мария")
        race = a_race(session, racers=0)
        enter(session, race.id, [known.id, hidden.id, program.member])
    before = program.get(f"/races/{race.id}/start-list").get_json()
    with database_of(app).begin() as session:
        operations.enter_stage(session, race.id, Stage.ZEROING, now=NOW, by=None)
    first = program.get(f"/races/{race.id}/start-list?limit=2").get_json()
    last = program.get(f"/races/{race.id}/start-list?limit=2&cursor={first['next']}").get_json()
    rows = [*first["items"], *last["items"]]

    assert (before["items"], before["total"]) == ([], 0)
    assert [one["bib"] for one in rows] == [1, 2, 3]
    assert [one["starts"][0]["start_ms"] for one in rows] == [0, 30_000, 60_000]
    assert last["next"] is None
    assert "Явная Ольга" in {one["name"] for one in rows}
    assert not any("Тайная" in one["name"] for one in rows)
    own = program.get(f"/races/{race.id}").get_json()["registration"]["bib"]
    assert own in {1, 2, 3}
