"""Calls that arrive together are dealt with together, and whoever cannot be goes alone."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from psot.course.group import ALONE, CROWD, CROWD_GATHER_S, GATHER_S, MOST, Group


class Desk:
    """Serves companies; each gathers until so many wait as it was told to."""

    def __init__(self, companies: list[int]) -> None:
        self.served: list[list[str]] = []
        self.waited_s: list[float] = []
        self.group: Group[str] = Group(self.serve, pause=self.pause)
        self._companies = iter(companies)

    def ask(self, key: str, call: str) -> Any:
        return self.group.ask(key, call)

    def pause(self, seconds: float) -> None:
        """Wait until everybody of the next company stands in the queue."""
        self.waited_s.append(seconds)
        wait_for_all(self.group, next(self._companies))

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


def test_the_next_company_gathers_longer_after_a_crowd_and_no_longer_after_a_few() -> None:
    desk = Desk([CROWD, 1, 1])
    all_at_once(desk.ask, [(f"key {number}", "call") for number in range(CROWD)])
    desk.ask("a", "one")
    desk.ask("b", "two")
    assert desk.waited_s == [GATHER_S, CROWD_GATHER_S, GATHER_S]


def test_two_calls_of_one_caller_are_never_in_one_company() -> None:
    desk = Desk([2, 1])
    assert all_at_once(desk.ask, [("a", "one"), ("a", "two")]) == ["ONE", "TWO"]
    assert sorted(desk.served) == [["one"], ["two"]]


def test_an_error_sends_everybody_of_the_company_alone_and_the_next_is_served() -> None:
    desk = Desk([2, 1])
    assert all_at_once(desk.ask, [("a", "one"), ("b", "fire")]) == [ALONE, ALONE]
    assert desk.ask("a", "again") == "AGAIN"


def test_a_company_has_a_limit_and_the_lead_goes_on_to_the_next() -> None:
    many = [(f"key {number}", f"call {number}") for number in range(MOST + 5)]
    desk = Desk([len(many), 5])
    assert all_at_once(desk.ask, many) == [call.upper() for _, call in many]
    assert sorted(len(one) for one in desk.served) == [5, MOST]


def test_who_leads_where_enough_wait_already_does_not_wait_for_more() -> None:
    many = [(f"key {number}", f"call {number}") for number in range(3 * MOST)]
    desk = Desk([len(many)])
    assert all_at_once(desk.ask, many) == [call.upper() for _, call in many]
    assert [len(one) for one in desk.served] == [MOST] * 3
    assert len(desk.waited_s) == 1, "only the first, who was alone"


def test_two_companies_are_dealt_with_at_once_and_never_three() -> None:
    """The first waits until the second is dealt with as well; the third until one of them is."""
    both, at_work, most = threading.Barrier(2), [0], [0]
    counting = threading.Lock()

    def serve(calls: Sequence[str]) -> list[str]:
        with counting:
            at_work[0] += 1
            most[0] = max(most[0], at_work[0])
        if calls[0] in ("one", "two"):
            both.wait(10)
        with counting:
            at_work[0] -= 1
        return [one.upper() for one in calls]

    group: Group[str] = Group(serve, pause=lambda _seconds: None)
    with ThreadPoolExecutor(3) as pool:
        # One key: no two of them are in one company.
        told = [pool.submit(group.ask, "a", call) for call in ("one", "two", "three")]
        assert [one.result(10) for one in told] == ["ONE", "TWO", "THREE"]
    assert most == [2]


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
