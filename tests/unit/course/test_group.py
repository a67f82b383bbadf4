"""Calls that arrive together are dealt with together, and whoever cannot be goes alone."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from psot.course.group import ALONE, MOST, Group


class Desk:
    """Serves companies, and opens only when so many wait as it was told to."""

    def __init__(self, companies: list[int]) -> None:
        self.served: list[list[str]] = []
        self.group: Group[str] = Group(self.serve, pause=self.pause)
        self._companies = companies
        self._arrived = threading.Condition()
        self._came = 0

    def ask(self, key: str, call: str) -> Any:
        with self._arrived:
            self._came += 1
            self._arrived.notify_all()
        return self.group.ask(key, call)

    def pause(self, _seconds: float) -> None:
        """Wait until everybody of the next company is on the way."""
        with self._arrived:
            expected = sum(self._companies[: len(self.served) + 1])
            assert self._arrived.wait_for(lambda: self._came >= expected, 10)
        wait_for_all(self.group, expected - sum(len(one) for one in self.served))

    def serve(self, calls: Sequence[str]) -> list[Any]:
        self.served.append(list(calls))
        if "fire" in calls:
            raise OSError("the house burns")
        return [ALONE if call == "shy" else call.upper() for call in calls]


def wait_for_all(group: Group[str], count: int) -> None:
    """Return once ``count`` callers stand in the queue."""
    pause = threading.Event()
    for _ in range(1_000):
        if len(group._waiting) >= count:
            return
        pause.wait(0.01)
    raise AssertionError("they did not come")


def all_at_once(ask: Callable[[str, str], Any], calls: Sequence[tuple[str, str]]) -> list[Any]:
    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(lambda one: ask(*one), calls))


def test_who_comes_while_the_first_waits_is_served_in_the_same_company() -> None:
    desk = Desk([3])
    told = all_at_once(desk.ask, [("a", "one"), ("b", "two"), ("c", "shy")])
    assert told == ["ONE", "TWO", ALONE]
    assert [sorted(one) for one in desk.served] == [["one", "shy", "two"]]


def test_two_calls_of_one_caller_are_never_in_one_company() -> None:
    desk = Desk([2, 0])
    assert all_at_once(desk.ask, [("a", "one"), ("a", "two")]) == ["ONE", "TWO"]
    assert sorted(desk.served) == [["one"], ["two"]]


def test_an_error_sends_everybody_of_the_company_alone_and_the_next_is_served() -> None:
    desk = Desk([2, 1])
    assert all_at_once(desk.ask, [("a", "one"), ("b", "fire")]) == [ALONE, ALONE]
    assert desk.ask("a", "again") == "AGAIN"


def test_a_company_has_a_limit_and_the_lead_goes_on_to_the_next() -> None:
    many = [(f"key {number}", f"call {number}") for number in range(MOST + 5)]
    desk = Desk([len(many), 0])
    assert all_at_once(desk.ask, many) == [call.upper() for _, call in many]
    assert [len(one) for one in desk.served] == [MOST, 5]


def test_a_leader_who_is_stopped_hands_the_lead_on() -> None:
    stops = [True]
    others: list[threading.Thread] = []
    told: list[Any] = []

    def pause(_seconds: float) -> None:
        if stops:
            stops.clear()
            others.append(threading.Thread(target=lambda: told.append(group.ask("b", "two"))))
            others[0].start()
            wait_for_all(group, 2)
            raise KeyboardInterrupt

    group: Group[str] = Group(lambda calls: [one.upper() for one in calls], pause=pause)
    with pytest.raises(KeyboardInterrupt):
        group.ask("a", "one")
    others[0].join(10)
    assert told == ["TWO"]
    assert group.ask("a", "one") == "ONE"


def test_a_leader_who_is_stopped_while_serving_sends_the_others_alone() -> None:
    others: list[threading.Thread] = []
    told: list[Any] = []

    def pause(_seconds: float) -> None:
        if not others:
            others.append(threading.Thread(target=lambda: told.append(group.ask("b", "two"))))
            others[0].start()
            wait_for_all(group, 2)

    def serve(calls: Sequence[str]) -> list[str]:
        if len(calls) > 1:
            raise KeyboardInterrupt
        return [one.upper() for one in calls]

    group: Group[str] = Group(serve, pause=pause)
    with pytest.raises(KeyboardInterrupt):
        group.ask("a", "one")
    others[0].join(10)
    assert told == [ALONE]
    assert group.ask("a", "one") == "ONE"
