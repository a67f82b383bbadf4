import json
import time
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

import pytest

from bench.crowd_heard import Heard
from bench.crowd_others import Picture, Spectator
from bench.crowd_racers import CALLS, ECHO, Racer, Rhythm, plan
from psot.bots.knowledge import by_heart

RACE = uuid4()
TEXT, RIGHT = next(iter(by_heart().items()))


class Clock:
    """The sockets of a racer: who is due when."""

    def __init__(self) -> None:
        self.moments: list[tuple[float, Racer]] = []

    def at(self, moment_s: float, guest: Racer) -> None:
        self.moments.append((moment_s, guest))

    def strike(self) -> None:
        """Let the next be due at once."""
        _, guest = self.moments.pop(0)
        guest.due(time.monotonic())


class Wire:
    """A connection that keeps what is said."""

    def __init__(self) -> None:
        self.said: list[tuple[int, str, dict[str, Any]]] = []

    def say(self, text: str) -> None:
        bracket = text.index("[")
        name, payload = json.loads(text[bracket:])
        self.said.append((int(text[2:bracket]), name, payload))

    @property
    def last(self) -> tuple[int, str, dict[str, Any]]:
        return self.said[-1]


def situation(number: int | None, *points: str) -> dict[str, Any]:
    options = [{"id": "a", "text": RIGHT}, {"id": "b", "text": "wrong"}]
    task = None if number is None else {"number": number, "text": TEXT, "options": options}
    return {"task": task, "probe": "p", "splits": [{"point": one} for one in points]}


def ok(**told: Any) -> bytes:
    return json.dumps([{"ok": True, **told}]).encode()


def refusal(code: str, **told: Any) -> bytes:
    return json.dumps([{"ok": False, "error": {"code": code, **told}}]).encode()


class Story:
    """A racer on a connection whose other end is the test."""

    def __init__(self, *, count: int = 2, watched: bool = False) -> None:
        self.clock, self.wire, self.heard = Clock(), Wire(), Heard()
        seat = {"bib": 7, "member": UUID(int=7).hex, "seat": "seat-7"}
        self.racer = Racer(seat, RACE, self.clock, self.heard, watched=watched)  # type: ignore[arg-type]  # behaves as Sockets
        self.racer.welcome(self.wire)  # type: ignore[arg-type]  # behaves as Line
        self.racer.race(Rhythm(first_s=0.0, every_s=0.0, count=count), time.monotonic())

    def hear(self, body: bytes) -> None:
        self.racer.acknowledged(self.wire_number(), body, time.monotonic())

    def wire_number(self) -> int:
        return max(number for number, _, _ in self.wire.said)

    def names(self) -> list[str]:
        return [name for _, name, _ in self.wire.said]


def test_a_racer_opens_the_window_looks_answers_and_echoes() -> None:
    story = Story(count=1)
    story.clock.strike()
    story.hear(ok(situation=situation(1)))
    story.clock.strike()
    story.hear(ok(situation=situation(2, "S1.1"), repeated=False))

    assert story.names() == ["board.around", "race.look", "race.answer", "race.echo"]
    assert story.wire.said[2][2] == {
        "race": str(RACE),
        "seat": "seat-7",
        "task": 1,
        "option": story.wire.said[2][2]["option"],
    }
    assert story.wire.last == (ECHO, "race.echo", {"race": str(RACE), "probe": "p"})
    assert story.racer.done
    assert story.heard.acknowledged == {7: 1}
    assert list(story.heard.sent_s) == [(7, "S1.1")]


def test_of_several_points_passed_at_once_the_board_shows_the_last() -> None:
    story = Story()
    story.clock.strike()
    story.hear(ok(situation=situation(1, "S1.1")))
    story.clock.strike()
    story.hear(ok(situation=situation(2, "S1.1", "S1.2", "R1"), repeated=False))

    assert list(story.heard.sent_s) == [(7, "R1")]


def test_a_call_without_an_acknowledgement_is_said_again_on_the_next_connection() -> None:
    story = Story(count=1)
    story.clock.strike()
    story.hear(ok(situation=situation(1)))
    story.clock.strike()
    story.racer.cut()
    said = story.wire.last
    story.racer.welcome(story.wire)  # type: ignore[arg-type]  # behaves as Line
    again = story.wire.last
    story.hear(ok(situation=situation(2), repeated=True))

    assert again[1:] == said[1:]
    assert again[0] > said[0]
    assert (story.heard.again, story.heard.repeated, story.heard.acknowledged[7]) == (1, 1, 1)


def test_an_old_acknowledgement_is_not_taken_for_the_one_awaited() -> None:
    story = Story()
    story.clock.strike()

    story.racer.acknowledged(CALLS - 1, ok(situation=situation(1)), time.monotonic())

    assert story.racer.waits
    assert story.heard.looks_ms == []


@pytest.mark.parametrize("refused", [refusal("unavailable"), refusal("too_many", retry_after_s=3)])
def test_a_refusal_that_passes_is_answered_by_saying_it_again(refused: bytes) -> None:
    story = Story()
    story.clock.strike()
    story.hear(refused)
    later_s = story.clock.moments[0][0] - time.monotonic()
    story.clock.strike()

    assert story.names() == ["board.around", "race.look", "race.look"]
    assert 0 < later_s <= 3
    assert story.racer.waits


def test_any_other_refusal_costs_the_turn_and_is_counted() -> None:
    story = Story(count=1)
    story.clock.strike()
    story.hear(refusal("taken_over"))

    assert story.racer.done
    assert story.heard.refused == {"taken_over": 1}


def test_who_has_nothing_to_answer_lets_the_turn_pass() -> None:
    story = Story(count=1)
    story.clock.strike()
    story.hear(ok(situation=situation(None)))

    assert story.racer.done
    assert (story.heard.idle, story.clock.moments) == (1, [])


def test_a_racer_who_watches_notes_when_the_own_window_shows_a_point() -> None:
    story = Story(watched=True)
    story.clock.strike()
    story.hear(ok(situation=situation(1)))
    story.clock.strike()
    story.hear(ok(situation=situation(2, "S1.1"), repeated=False))
    window = {"splits": [{"point": "S1.1"}]}
    for _ in range(2):
        story.racer.told(f'42["around.me",{json.dumps(window)}]'.encode(), time.monotonic())

    assert len(story.heard.windows_ms) == 1


def test_spectators_are_sent_the_same_bytes_and_each_notes_its_own_moment() -> None:
    heard = Heard()
    heard.boards.watchers = 2
    picture = Picture(heard)
    row = {"bib": 7, "point": "S1.1"}
    delta = f'42["board.delta",{json.dumps({"set": {"7": row}})}]'.encode()
    for number, moment_s in ((0, 1.0), (1, 2.0)):
        Spectator(number, "race:x", picture).told(delta, moment_s)

    assert heard.boards.seen == {(7, "S1.1"): {0: 1.0, 1: 2.0}}


def test_nobody_notes_a_point_later_than_it_first_came() -> None:
    heard = Heard()
    heard.boards.watchers = 2
    one = Spectator(0, "race:x", Picture(heard))
    row = {"bib": 7, "point": "S1.1"}
    for moment_s, gap_ms in ((1.0, 0), (5.0, 10)):
        told = {"set": {"7": {**row, "gap_ms": gap_ms}}}
        one.told(f'42["board.delta",{json.dumps(told)}]'.encode(), moment_s)

    assert heard.boards.seen == {(7, "S1.1"): {0: 1.0}}


def test_a_plan_spreads_the_asked_rate_evenly() -> None:
    rhythms = plan(30, 10, 7)
    moments = sorted(one.first_s + nth * one.every_s for one in rhythms for nth in range(one.count))

    assert len(moments) == 70
    assert [round(after - before, 6) for before, after in pairwise(moments)] == [0.1] * 69
    assert max(moments) < 7
