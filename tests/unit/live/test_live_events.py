"""The one door for events: name, policy, rate, schema, handler."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask_babel import Babel
from marshmallow import Schema, fields

from psot.errors import Conflict
from psot.live.buckets import Rate
from psot.live.events import Connection, Event, Events, Unpleasant
from psot.live.metrics import Metrics
from psot.live.visitor import Visitor
from psot.policies import EDITOR, MEMBER, PUBLIC

ANNA = UUID(int=1)
OFTEN = Rate(burst=100, per_s=10)
POLICIES = {
    "say": MEMBER,
    "look": PUBLIC,
    "publish": EDITOR,
    "seldom": PUBLIC,
    "break": PUBLIC,
    "clash": PUBLIC,
}


class SaySchema(Schema):
    text = fields.String(required=True)
    nested = fields.Nested(Schema.from_dict({"n": fields.Integer(strict=True)}))


@dataclass
class Clock:
    now_s: float = 0.0

    def __call__(self) -> float:
        return self.now_s


@dataclass
class Room:
    """Events with handlers that keep what reached them."""

    clock: Clock = field(default_factory=Clock)
    reached: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.metrics = Metrics(lambda: 0)
        self.events = Events(POLICIES, self.metrics, self.clock)
        for name in ("say", "look", "publish", "unlisted"):
            self._register(name)
        self._register("seldom", rate=Rate(burst=1, per_s=0.25))
        self.events.register(Event(name="break", schema=Schema, handler=self._break))
        self.events.register(Event(name="clash", schema=Schema, handler=self._clash))

    def _register(self, name: str, rate: Rate = OFTEN) -> None:
        def handler(_connection: Connection, data: dict[str, Any]) -> dict[str, Any]:
            self.reached.append((name, data))
            return {"heard": len(self.reached)}

        schema = SaySchema if name == "say" else Schema
        self.events.register(Event(name=name, schema=schema, handler=handler, rate=rate))

    def _break(self, _connection: Connection, _data: dict[str, Any]) -> dict[str, Any]:
        raise RuntimeError("the secret reason")

    def _clash(self, _connection: Connection, _data: dict[str, Any]) -> dict[str, Any]:
        raise Conflict("Answered before.")

    def ask(self, connection: Connection, name: str, *arguments: Any) -> dict[str, Any]:
        return self.events.answer(connection, name, arguments)


@pytest.fixture
def room() -> Iterator[Room]:
    app = Flask("events")
    Babel(app)
    with app.app_context():
        yield Room()


def member(*roles: str, needs_second_factor: bool = False) -> Connection:
    visitor = Visitor(
        session="s",
        member=ANNA,
        roles=frozenset(roles),
        needs_second_factor=needs_second_factor,
        language="en",
    )
    return Connection(sid="1", visitor=visitor)


def anybody() -> Connection:
    return Connection(sid="2", visitor=Visitor(language="en"))


def code(answer: dict[str, Any]) -> str:
    assert answer["ok"] is False
    return str(answer["error"]["code"])


def test_an_allowed_event_reaches_its_handler(room: Room) -> None:
    answer = room.ask(member(), "say", {"text": "да"})

    assert answer == {"ok": True, "heard": 1}
    assert room.reached == [("say", {"text": "да"})]


@pytest.mark.parametrize(
    ("connection", "event", "expected"),
    [
        (anybody(), "say", "sign_in_required"),
        (anybody(), "publish", "sign_in_required"),
        (member(), "publish", "forbidden"),
        (member("editor", needs_second_factor=True), "publish", "forbidden"),
        (member("administrator"), "unlisted", "not_found"),
        (member("administrator"), "nobody.knows", "not_found"),
    ],
)
def test_what_the_table_does_not_allow_reaches_nobody(
    room: Room, connection: Connection, event: str, expected: str
) -> None:
    assert code(room.ask(connection, event, {"text": "x"})) == expected
    assert room.reached == []


@pytest.mark.parametrize(
    ("arguments", "fields_named"),
    [
        (({"text": "x", "role": "jury"},), {"role"}),
        (({},), {"text"}),
        (({"text": 5},), {"text"}),
        (({"text": "x", "nested": {"n": "1"}},), {"nested.n"}),
        ((["text"],), set()),
        (("text",), set()),
        (({"text": "x"}, {"text": "y"}), set()),
    ],
)
def test_what_does_not_fit_the_schema_is_told_by_field(
    room: Room, arguments: tuple[Any, ...], fields_named: set[str]
) -> None:
    answer = room.ask(member(), "say", *arguments)

    assert code(answer) == "invalid"
    assert set(answer["error"].get("fields", {})) == fields_named
    assert room.reached == []


def test_an_event_too_often_is_refused_for_this_connection_alone(room: Room) -> None:
    one, other = anybody(), anybody()
    answers = [room.ask(one, "seldom"), room.ask(one, "seldom"), room.ask(other, "seldom")]
    room.clock.now_s = 4.0
    later = room.ask(one, "seldom")

    assert [one["ok"] for one in answers] == [True, False, True]
    assert answers[1]["error"]["code"] == "too_many"
    assert answers[1]["error"]["retry_after_s"] == 4
    assert later["ok"]


def test_an_error_of_a_room_keeps_its_code_and_a_fault_keeps_its_secret(room: Room) -> None:
    clash, fault = room.ask(anybody(), "clash"), room.ask(anybody(), "break")

    assert clash == {"ok": False, "error": {"code": "conflict", "message": "Answered before."}}
    assert fault["error"]["code"] == "error"
    assert "secret" not in str(fault)


def test_who_causes_refusal_after_refusal_is_cut(room: Room) -> None:
    connection = anybody()
    for _ in range(50):
        room.ask(connection, "nobody.knows")

    with pytest.raises(Unpleasant):
        room.ask(connection, "nobody.knows")


def test_unknown_names_are_counted_under_one_label(room: Room) -> None:
    for number in range(3):
        room.ask(anybody(), f"made.up.{number}")
    counted = room.metrics.registry.get_sample_value(
        "psot_socket_event_seconds_count", {"event": "unknown", "outcome": "not_found"}
    )

    assert counted == 3


def test_a_name_can_be_registered_once(room: Room) -> None:
    with pytest.raises(ValueError, match="twice"):
        room.events.register(Event(name="break", schema=Schema, handler=room._break))
