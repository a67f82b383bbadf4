"""A racer's calls: the same over the socket and over HTTP, refused in one shape."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from flask import Flask, g
from redis import Redis

from psot import clock
from psot.course import queries
from psot.live import Connection, Door, Visitor, tickets
from psot.races import queries as races
from psot.races.stages import Stage
from tests.course import Racer
from tests.races import NOW, a_race
from tests.statements import statements
from tests.web import Browser, a_member, database_of, sign_in


@dataclass(kw_only=True)
class Field:
    """A running race of one racer, who is signed in."""

    app: Flask
    race: UUID
    browser: Browser
    racer: Racer

    def post(self, what: str, **body: Any) -> tuple[int, dict[str, Any]]:
        """Call over HTTP."""
        with clock.fixed(self.racer.now):
            answer = self.browser.post(f"/races/{self.race}/{what}", json=body)
        return answer.status_code, answer.get_json()

    def send(self, name: str, **data: Any) -> dict[str, Any]:
        """Call over the socket."""
        door: Door = self.app.extensions["psot.live"]
        visitor = Visitor(session="one", member=self.racer.member, language="en")
        connection = Connection(sid="socket", visitor=visitor)
        with clock.fixed(self.racer.now), self.app.app_context():
            return door.events.answer(connection, name, ({"race": str(self.race), **data},))


@pytest.fixture
def field(app: Flask) -> Field:
    """The race stands at its zero."""
    database = database_of(app)
    with database.begin() as session:
        member = a_member(session, language="en").id
        view = a_race(session, stage=Stage.RUNNING, racers=1, members=[member])
    assert view.zero_at is not None
    return Field(
        app=app,
        race=view.id,
        browser=sign_in(app, member=member),
        racer=Racer(database=database, race=view.id, member=member, now=view.zero_at),
    )


def test_a_racer_without_a_socket_plays_by_the_same_rules(field: Field) -> None:
    status, entered = field.post("enter")
    assert (status, entered["ok"]) == (200, True)
    seat = entered["seat"]
    number = entered["situation"]["task"]["number"]
    field.racer.situation = entered["situation"]
    right = field.racer.option(number, right=True)
    field.racer.pass_s(2)
    status, made = field.post("answers", seat=seat, task=number, option=right)
    assert (status, made["outcome"], made["repeated"]) == (200, "right", False)
    # The same answer over the socket is the same answer.
    again = field.send("race.answer", seat=seat, task=number, option=right)
    assert (again["ok"], again["outcome"], again["repeated"]) == (True, "right", True)
    assert field.send("race.look", seat=seat)["situation"]["state"] == "range"
    assert field.post("away", seat=seat)[1] == {"ok": True}
    with field.racer.database.begin() as session:
        assert queries.runs(session, field.race)[0].away == 1


def test_the_ticket_of_the_socket_comes_with_the_seat(field: Field, redis: Redis) -> None:
    shown = field.post("enter")[1]["ticket"]
    visitor = tickets.redeem(redis, shown)

    assert visitor is not None
    assert (visitor.member, visitor.language) == (field.racer.member, "en")
    assert visitor.session
    assert tickets.redeem(redis, shown) is None


def test_without_redis_the_seat_is_taken_without_a_ticket(field: Field) -> None:
    door: Door = field.app.extensions["psot.live"]
    door.tickets = tickets.Counter(Redis.from_url("unix:///nowhere/at/all"))
    status, entered = field.post("enter")

    assert (status, entered["ok"], entered["ticket"]) == (200, True, "")
    assert field.post("look", seat=entered["seat"])[0] == 200


def test_entering_reads_the_session_once_and_asks_for_no_account(field: Field) -> None:
    field.post("enter")
    token, field.browser.careless = field.browser.csrf_token(), True
    with statements(field.racer.database) as sent, field.browser:
        field.browser.post(f"/races/{field.race}/enter", json={}, headers={"X-CSRFToken": token})
        asked_for_account = "_login_user" in g

    assert len([one for one in sent.said if "member_sessions" in one]) == 1
    assert not asked_for_account


def test_another_answer_is_refused_with_409_and_put_on_record(field: Field) -> None:
    _, entered = field.post("enter")
    field.racer.situation = entered["situation"]
    task = entered["situation"]["task"]
    field.racer.pass_s(2)
    wrong = field.racer.option(task["number"], right=False)
    right = field.racer.option(task["number"], right=True)
    field.post("answers", seat=entered["seat"], task=task["number"], option=wrong)
    status, refused = field.post("answers", seat=entered["seat"], task=task["number"], option=right)
    assert (status, refused["ok"], refused["error"]["code"]) == (409, False, "answer_stands")
    with field.racer.database.begin() as session:
        (stored, *_) = queries.tasks(session, field.race)
    assert (stored.outcome, stored.contradicted) == ("wrong", 1)


def test_an_older_tab_hears_that_it_was_taken_over(field: Field) -> None:
    _, first = field.post("enter")
    _, second = field.post("enter")
    assert second["situation"]["seat_no"] == first["situation"]["seat_no"] + 1
    status, refused = field.post("look", seat=first["seat"])
    assert (status, refused["error"]["code"]) == (409, "taken_over")
    assert field.send("race.look", seat=first["seat"])["error"]["code"] == "taken_over"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"seat": "x", "task": "1", "option": "y"},
        {"seat": "x", "task": 1, "option": "y", "hit": True},
        {"seat": "x" * 65, "task": 1, "option": "y"},
        {"seat": "x", "task": 0, "option": "y"},
    ],
)
def test_what_does_not_fit_is_refused_at_the_door_and_names_its_field(
    field: Field, body: dict[str, Any]
) -> None:
    status, refused = field.post("answers", **body)
    assert (status, refused["error"]["code"]) == (422, "invalid")
    assert refused["error"]["fields"]
    told = field.send("race.answer", **body)
    assert (told["ok"], told["error"]["code"]) == (False, "invalid")
    with field.racer.database.begin() as session:
        assert queries.tasks(session, field.race) == []


def test_a_body_that_is_no_object_is_refused(field: Field) -> None:
    answer = field.browser.post(f"/races/{field.race}/answers", data="[1", content_type="text/x")
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (422, "invalid")


def test_only_racers_of_the_race_get_in(field: Field) -> None:
    stranger = sign_in(field.app)
    with clock.fixed(NOW):
        answer = stranger.post(f"/races/{field.race}/enter", json={})
        nowhere = stranger.post(f"/races/{UUID(int=5)}/enter", json={})
        visitor = field.app.test_client().post(f"/races/{field.race}/enter", json={})
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (403, "not_entered")
    assert nowhere.status_code == 404
    assert visitor.status_code in {303, 401}
    with field.racer.database.begin() as session:
        assert races.race(session, field.race).stage is Stage.RUNNING


def test_a_call_without_the_pages_token_is_refused(field: Field) -> None:
    field.browser.careless = True
    assert field.browser.post(f"/races/{field.race}/enter", json={}).status_code == 400


def test_an_echo_measures_the_connection_and_the_next_call_knows_it(field: Field) -> None:
    _, entered = field.post("enter")
    probe = entered["situation"]["probe"]
    field.racer.pass_s(0.09)
    status, heard = field.post("echo", probe=probe)
    assert (status, heard["rtt_ms"]) == (200, 90)
    field.racer.pass_s(0.14)
    assert field.send("race.echo", probe=heard["probe"])["rtt_ms"] == 140
    assert field.post("echo", probe="forged")[1]["rtt_ms"] is None
    looked = field.send("race.look", seat=entered["seat"])["situation"]
    assert (looked["rtt_ms"], looked["allowance_ms"]) == (90, 90)
