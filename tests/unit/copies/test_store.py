"""Kept copies: a crowd is sent one, none is sent when it is old, and they do not fill a machine."""

from collections.abc import Callable
from typing import Any

import gevent
import pytest
from gevent.event import Event

from psot.copies.page import Page, cut
from psot.copies.store import FRESH_S, LARGEST_BYTES, LONGEST_S, OLDEST_S, Store


def page(text: str, size: int = 10) -> Page:
    return cut(text.encode().ljust(size), {"token": "<t>"})


def said(found: Page | None) -> str:
    return "" if found is None else found.pieces[0].decode().strip()


class Clock:
    now_s = 1_000.0

    def __call__(self) -> float:
        return self.now_s


class Press:
    """Makes a page of the number of those it has begun; waits for a sign where it is slow."""

    def __init__(self, clock: Clock, *, takes_s: float = 0.0) -> None:
        self.clock, self.takes_s = clock, takes_s
        self.begun = 0
        self.go = Event()
        self.go.set()

    def __call__(self) -> Page | None:
        self.begun += 1
        mine = self.begun
        self.go.wait()
        self.clock.now_s += self.takes_s
        return page(str(mine))


@pytest.fixture
def clock() -> Clock:
    return Clock()


def ask(store: Store, make: Callable[[], Page | None], key: str = "/") -> Any:
    return gevent.spawn(lambda: said(store.get(key, make)))


def test_a_crowd_waits_for_one_copy_and_is_sent_it(clock: Clock) -> None:
    store, press = Store(monotonic=clock), Press(clock)
    press.go.clear()
    crowd = [ask(store, press) for _ in range(50)]
    gevent.sleep(0)
    press.go.set()
    gevent.joinall(crowd)

    assert {one.value for one in crowd} == {"1"}
    assert press.begun == 1


def test_a_fresh_copy_is_sent_and_nothing_is_made(clock: Clock) -> None:
    store, press = Store(monotonic=clock), Press(clock)
    ask(store, press).get()
    clock.now_s += FRESH_S

    assert ask(store, press).get() == "1"
    gevent.sleep(0)
    assert press.begun == 1


def test_while_a_copy_is_made_anew_the_one_before_is_sent(clock: Clock) -> None:
    store, press = Store(monotonic=clock), Press(clock)
    ask(store, press).get()
    press.go.clear()
    clock.now_s += OLDEST_S

    assert [ask(store, press).get() for _ in range(3)] == ["1", "1", "1"]
    press.go.set()
    gevent.sleep(0)
    assert ask(store, press).get() == "2"
    assert press.begun == 2


@pytest.mark.parametrize(
    ("begun_at_s", "asked_at_s", "waits"),
    [
        (OLDEST_S, LONGEST_S, False),
        (OLDEST_S, LONGEST_S + 0.1, True),
        (OLDEST_S + 0.1, LONGEST_S, True),
    ],
)
def test_who_reads_all_the_time_does_not_wait_for_a_copy_that_takes_long(
    clock: Clock, *, begun_at_s: float, asked_at_s: float, waits: bool
) -> None:
    store, press = Store(monotonic=clock), Press(clock)
    ask(store, press).get()
    press.go.clear()
    clock.now_s += begun_at_s
    first = ask(store, press)
    gevent.sleep(0)
    clock.now_s += asked_at_s - begun_at_s
    then = ask(store, press)
    gevent.sleep(0)

    assert then.ready() is not waits
    press.go.set()
    assert then.get() == ("2" if waits else "1")
    first.get()


def test_an_old_copy_is_sent_to_nobody(clock: Clock) -> None:
    store, press = Store(monotonic=clock), Press(clock)
    ask(store, press).get()
    clock.now_s += OLDEST_S + 0.01

    assert ask(store, press).get() == "2"


@pytest.mark.parametrize(
    ("takes_s", "age_s", "sent"), [(2.0, 4.0, "1"), (2.0, 4.1, "2"), (9.0, LONGEST_S + 5, "2")]
)
def test_what_took_long_to_make_is_sent_twice_as_long(
    clock: Clock, takes_s: float, age_s: float, sent: str
) -> None:
    store, press = Store(monotonic=clock), Press(clock, takes_s=takes_s)
    ask(store, press).get()
    clock.now_s += age_s - takes_s

    assert ask(store, press).get() == sent


def test_that_there_is_no_copy_is_remembered_as_long(clock: Clock) -> None:
    store, asked = Store(monotonic=clock), list[int]()

    def nothing() -> Page | None:
        asked.append(1)
        return None

    assert [ask(store, nothing).get() for _ in range(3)] == ["", "", ""]
    assert len(asked) == 1
    clock.now_s += OLDEST_S + 0.01
    assert ask(store, Press(clock)).get() == "1"


def test_who_waits_for_a_copy_that_fails_is_told_so(
    clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    store = Store(monotonic=clock)

    def broken() -> Page | None:
        raise ValueError("broken")

    assert [one.get() for one in (ask(store, broken), ask(store, broken))] == ["", ""]
    assert "broken" in capsys.readouterr().err
    clock.now_s += OLDEST_S + 0.01
    assert ask(store, Press(clock)).get() == "1"


def test_copies_longest_unused_are_forgotten_first(clock: Clock) -> None:
    store, press = Store(most=2, monotonic=clock), Press(clock)
    asked = [ask(store, press, key).get() for key in ("a", "b", "a", "c", "a", "b")]

    assert asked == ["1", "2", "1", "3", "1", "4"]
    assert len(store) == 2


def test_copies_take_no_more_than_so_many_bytes(clock: Clock) -> None:
    store = Store(most_bytes=1_000, monotonic=clock)
    for number in range(20):
        ask(store, lambda: page("", 300), str(number)).get()
        assert store.size_bytes <= 1_000
    assert len(store) == 3

    clock.now_s += 10
    for _ in range(3):
        ask(store, lambda: page("", 400), "19").get()
        clock.now_s += 10
    assert store.size_bytes == 300 + 300 + 400


def test_a_page_too_large_is_not_kept(clock: Clock) -> None:
    store = Store(monotonic=clock)

    assert ask(store, lambda: page("", LARGEST_BYTES + 1)).get() == ""
    assert store.size_bytes == 0
