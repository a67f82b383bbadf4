"""Runs of the virtual workplace as xAPI statements: whose they are, what they say, their pages."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import text

from psot import clock
from psot.api import operations
from tests.integration.api.conftest import EVERYTHING, Program, a_program
from tests.integration.workplace.conftest import Player, put_on_shelf
from tests.web import database_of
from tests.xapi import faults


@pytest.fixture
def player(app: Flask) -> Player:
    """A member in the middle of a check."""
    put_on_shelf(app)
    player = Player(app, mode="check", seed=None)
    player.do("look", object="lathe")
    player.do("report", object="lathe")
    return player


def address(player: Player, **query: object) -> str:
    asked = "&".join(f"{name}={one}" for name, one in query.items())
    return f"/workplace/runs/{player.run}/statements?{asked}"


def own_program(player: Player) -> Program:
    """A program of the member who plays."""
    with database_of(player.app).begin() as session:
        wanted = text("SELECT member FROM workplace_runs WHERE id = :run")
        member: UUID = session.execute(wanted, {"run": player.run}).scalar_one()
        made = operations.make_token(
            session,
            member=member,
            roles=(),
            name="portfolio",
            wanted=("read",),
            days=30,
            now=clock.now(),
        )
    return Program(app=player.app, member=member, secret=made.secret)


def verbs(told: dict[str, Any]) -> list[str]:
    return [one["verb"]["id"].rsplit("/", 1)[-1] for one in told["statements"]]


def test_members_read_their_runs_in_the_words_of_xapi(player: Player) -> None:
    program = own_program(player)
    under_way = program.get(address(player)).get_json()
    player.do("finish")
    ended = program.get(address(player)).get_json()

    assert verbs(under_way) == ["initialized", "interacted", "interacted"]
    assert verbs(ended)[:4] == ["initialized", "interacted", "interacted", "interacted"]
    assert verbs(ended)[4:] == ["completed", "failed"]
    assert ended["more"] == ""
    assert [faults(one) for one in ended["statements"]] == [[]] * 6
    assert {one["actor"]["account"]["name"] for one in ended["statements"]} == {str(program.member)}
    assert len({one["id"] for one in ended["statements"]}) == 6


def test_a_run_under_way_says_what_was_done_and_never_what_was_right(player: Player) -> None:
    told = own_program(player).get(address(player))

    assert "lathe" in told.text
    for secret in ("right", "wrong", "score", "seed", "ОТВЕТ"):
        assert secret not in told.text


def test_the_browser_of_the_member_reads_it_as_well(player: Player) -> None:
    assert player.browser.get(f"/api/v1{address(player)}").status_code == 200


def test_another_s_run_is_not_there_for_members(player: Player) -> None:
    for program in (a_program(player.app), a_program(player.app, roles=("expert", "editor"))):
        answer = program.get(address(player))

        assert (answer.status_code, answer.get_json()["error"]["code"]) == (404, "unknown_run")


def test_organizers_read_anybody_s_with_a_token_that_may_operate(player: Player) -> None:
    reading = a_program(player.app, roles=("organizer",), scopes=("read",))
    operating = a_program(player.app, roles=("organizer",), scopes=EVERYTHING)

    assert reading.get(address(player)).status_code == 404
    assert verbs(operating.get(address(player)).get_json())[0] == "initialized"
    assert operating.get(f"/workplace/runs/{uuid4()}/statements").status_code == 404


def test_a_long_run_comes_in_pages(player: Player) -> None:
    program = own_program(player)
    player.do("finish")
    whole = program.get(address(player)).get_json()["statements"]

    read, more = [], f"/api/v1{address(player, limit=2)}"
    while more:
        page = program.get(more.removeprefix("/api/v1")).get_json()
        read += page["statements"]
        more = page["more"]

    assert read == whole


def test_the_reader_of_statements_sees_what_is_wrong(player: Player) -> None:
    good = own_program(player).get(address(player)).get_json()["statements"][0]
    broken = [
        good | {"actor": {"account": {"homePage": "here", "name": "1"}}},
        good | {"actor": good["actor"] | {"mbox": "mailto:a@b.test"}},
        good | {"verb": {"id": "completed"}},
        good | {"verb": {}},
        good | {"result": {"score": {"scaled": 2}}},
        good | {"result": {"duration": "5 s"}},
        good | {"timestamp": "2026-11-22T09:00:00"},
        good | {"version": "2.0"},
        good | {"mood": "cheerful"},
        good | {"result": {"completion": None}},
    ]

    assert all(faults(one) for one in broken)
