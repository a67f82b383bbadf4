"""A field that comes to the line is let in together; only who had a seat is told of a new one."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from redis import Redis
from sqlalchemy.exc import OperationalError

from psot import clock
from psot.course import actions, group, lineup, operations, queries, sets
from psot.database import Database
from psot.errors import PsotError
from psot.live.queue import CHANNEL
from psot.races import operations as races
from psot.races.stages import Stage
from tests.course import Racer
from tests.races import NOW, a_race
from tests.statements import Sent, statements
from tests.web import a_member, database_of


@dataclass(kw_only=True)
class Line:
    """Racers of a race in zeroing, none of them in."""

    app: Flask
    database: Database
    race: UUID
    members: list[UUID]

    def enter(self, member: UUID) -> dict[str, Any]:
        """Take the seat as the page does."""
        with clock.fixed(NOW), self.app.app_context():
            return actions.enter(self.race, member, NOW)

    def all_enter(self) -> list[dict[str, Any]]:
        """Let everybody enter in the same moment."""
        with ThreadPoolExecutor(len(self.members)) as pool:
            return list(pool.map(self.enter, self.members))


Racing = Callable[..., Line]


@pytest.fixture
def lined_up(app: Flask) -> Racing:
    """Make a race whose racers are to come."""

    def made(**details: Any) -> Line:
        database = database_of(app)
        with database.begin() as session:
            members = [a_member(session, language="en").id for _ in range(4)]
            view = a_race(
                session,
                **{"stage": Stage.ZEROING, "racers": 4, "members": members, **details},
            )
        return Line(app=app, database=database, race=view.id, members=members)

    return made


@pytest.fixture
def line(lined_up: Racing) -> Line:
    """Four racers of a sprint."""
    return lined_up()


def asked(sent: Sent) -> list[str]:
    """Return what was asked but for the pulse of the house."""
    return [one for one in sent.said if "pulse" not in one and "outages" not in one]


def test_a_field_that_comes_at_once_costs_three_statements(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    line.enter(line.members[0])  # so that the process knows the race
    monkeypatch.setattr(lineup, "GATHER_S", 2.0)

    with statements(line.database) as sent:
        told = line.all_enter()

    # The race's version, the lines, the seats.
    assert len(asked(sent)) == 3, sent.said
    assert len({one["seat"] for one in told}) == 4
    assert sorted(one["situation"]["bib"] for one in told) == [1, 2, 3, 4]
    assert [one["situation"]["seat_no"] for one in told] == [2, 1, 1, 1]
    with line.database.begin() as session:
        runs = queries.runs(session, line.race)
    assert {one.bib: one.seat_no for one in runs} == {
        one["situation"]["bib"]: one["situation"]["seat_no"] for one in told
    }


def test_who_comes_in_company_is_told_what_one_alone_is_told(line: Line) -> None:
    first, second = line.members[:2]
    in_company = line.enter(first)["situation"]
    with line.database.begin() as session:
        alone = operations.enter(session, race=line.race, member=second, now=NOW).situation

    assert in_company | {"bib": 0, "probe": ""} == alone | {"bib": 0, "probe": ""}
    assert in_company["state"] == "on the line"


def test_the_seat_of_a_company_is_a_seat_in_the_race(line: Line) -> None:
    seat = line.enter(line.members[0])["seat"]
    with line.database.begin() as session:
        view = races.enter_stage(session, line.race, Stage.RUNNING, now=NOW, by=None)
    assert view.zero_at is not None
    racer = Racer(
        database=line.database,
        race=line.race,
        member=line.members[0],
        now=view.zero_at,
        seat=seat,
    )

    assert racer.look()["seat_no"] == 1


def test_only_a_seat_that_somebody_had_is_told_as_taken_over(line: Line, redis: Redis) -> None:
    heard = redis.pubsub(ignore_subscribe_messages=True)
    heard.subscribe(CHANNEL)
    heard.get_message(timeout=5)
    seats_no = [line.enter(line.members[0])["situation"]["seat_no"] for _ in range(2)]

    message = heard.get_message(timeout=5)
    assert message is not None
    told = json.loads(message["data"])
    assert seats_no == [1, 2]
    assert (told["event"], told["data"][0]["seat_no"]) == ("race.taken_over", 2)


def test_in_the_running_race_racers_come_back_in_company(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    line.all_enter()
    with line.database.begin() as session:
        races.enter_stage(session, line.race, Stage.RUNNING, now=NOW, by=None)
    line.all_enter()
    monkeypatch.setattr(group, "GATHER_S", 2.0)
    monkeypatch.setattr(group, "CROWD_GATHER_S", 2.0)

    with statements(line.database) as sent:
        told = line.all_enter()

    # Their locks, and what came of them.
    assert len(asked(sent)) == 2, sent.said
    assert [one["situation"]["seat_no"] for one in told] == [3, 3, 3, 3]


def test_a_field_that_knew_the_race_before_the_zero_looks_in_company(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    entered = line.all_enter()
    with line.database.begin() as session:
        zero = races.enter_stage(session, line.race, Stage.RUNNING, now=NOW, by=None).zero_at
    assert zero is not None
    known = sets.newest(line.race)
    assert known is not None
    assert known.stage is Stage.ZEROING, "this process has not heard of the zero"
    monkeypatch.setattr(group, "GATHER_S", 2.0)
    alone: list[str] = []
    monkeypatch.setattr(operations, "look", lambda *_given, **_named: alone.append("look"))

    def look(number: int) -> Any:
        said = {"race": line.race, "seat": entered[number]["seat"], "probe": ""}
        with clock.fixed(zero), line.app.app_context():
            return actions.look(said, line.members[number], zero)

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(look, range(4)))

    assert alone == []
    assert all(one["situation"]["stage"] == "running" for one in told)


def test_who_comes_first_when_the_race_runs_goes_alone(lined_up: Racing) -> None:
    line = lined_up(stage=Stage.RUNNING)

    assert line.enter(line.members[0])["situation"]["seat_no"] == 1


def test_a_company_that_finds_the_race_running_goes_alone(line: Line) -> None:
    first, second = line.members[:2]
    line.enter(first)
    with line.database.begin() as session:
        races.enter_stage(session, line.race, Stage.RUNNING, now=NOW, by=None)
    known = sets.newest(line.race)
    assert known is not None
    assert known.stage is Stage.ZEROING, "this process has not heard of the zero"

    assert line.enter(second)["situation"]["zero_ms"] is not None


def test_racers_of_teams_go_alone(lined_up: Racing) -> None:
    line = lined_up(format="relay", options=None)

    assert line.enter(line.members[0])["situation"]["seat_no"] == 1


def test_who_is_not_on_the_line_or_comes_too_early_hears_why(lined_up: Racing) -> None:
    line, early = lined_up(), lined_up(stage=Stage.REGISTRATION)
    with line.database.begin() as session:
        stranger = a_member(session, language="en").id

    with pytest.raises(PsotError) as not_entered:
        line.enter(stranger)
    with pytest.raises(PsotError) as too_early:
        early.enter(early.members[0])

    assert [one.value.code for one in (not_entered, too_early)] == ["not_entered", "not_entered"]


def test_a_database_that_does_not_answer_means_come_again(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise OperationalError("SELECT", {}, OSError("gone"))

    with monkeypatch.context() as patch:
        patch.setattr(lineup, "starting", broken)
        with pytest.raises(PsotError) as refused:
            line.enter(line.members[0])

    assert refused.value.code == "unavailable"
    assert line.enter(line.members[0])["situation"]["seat_no"] == 1
