"""So many requests are answered at once; the others wait, and nobody waits for ever."""

from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

import gevent
import pytest
from gevent.event import Event

from psot.turns import AHEAD, LARGEST_READ_BYTES, Turns


class Slow:
    """An application that answers when it is told to, and knows how many it is answering."""

    def __init__(self) -> None:
        self.now = self.most = 0
        self.bodies: list[bytes] = []
        self.free = Event()

    def __call__(self, environ: dict[str, Any], _start: Callable[..., Any]) -> Iterable[bytes]:
        self.now += 1
        self.most = max(self.most, self.now)
        self.free.wait()
        self.bodies.append(environ["wsgi.input"].read())
        self.now -= 1
        return [b"done"]


def busy(_environ: dict[str, Any], _start: Callable[..., Any]) -> Iterable[bytes]:
    return [b"come again"]


def ask(turns: Turns, path: str = "/", body: bytes = b"", **more: str) -> Any:
    environ = {"PATH_INFO": path, "wsgi.input": BytesIO(body), **more}
    if body:
        environ["CONTENT_LENGTH"] = str(len(body))
    return gevent.spawn(turns, environ, lambda *_: None)


def test_no_more_than_so_many_are_answered_at_once_and_all_in_the_end() -> None:
    slow = Slow()
    turns = Turns(slow, busy, at_once=3)
    asked = [ask(turns, body=b"%d" % number) for number in range(10)]
    gevent.sleep(0)
    assert slow.now == 3

    slow.free.set()
    gevent.joinall(asked)

    assert slow.most == 3
    assert [one.value for one in asked] == [[b"done"]] * 10
    assert slow.bodies == [b"%d" % number for number in range(10)], "in their order"


@pytest.mark.parametrize(
    "told",
    [
        {"path": "/static/app.css"},
        {"path": "/healthz"},
        {"body": b"x" * (LARGEST_READ_BYTES + 1)},
        {"HTTP_TRANSFER_ENCODING": "chunked"},
        {"CONTENT_LENGTH": "many"},
    ],
)
def test_files_signs_of_life_and_large_bodies_take_no_turn(told: dict[str, Any]) -> None:
    slow = Slow()
    turns = Turns(slow, busy, at_once=1)
    asked = [ask(turns), ask(turns, **told)]
    gevent.sleep(0)

    assert slow.now == 2
    slow.free.set()
    gevent.joinall(asked)


def test_a_body_that_comes_slowly_holds_no_turn() -> None:
    class Trickle(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            arrived.wait()
            return super().read(size)

    arrived, slow = Event(), Slow()
    slow.free.set()
    turns = Turns(slow, busy, at_once=1)
    environ = {"PATH_INFO": "/", "CONTENT_LENGTH": "4", "wsgi.input": Trickle(b"slow")}
    first = gevent.spawn(turns, environ, lambda *_: None)
    gevent.sleep(0)

    assert ask(turns, body=b"quick").get() == [b"done"]
    arrived.set()
    assert first.get() == [b"done"]
    assert slow.bodies == [b"quick", b"slow"]


def test_who_waited_long_goes_on_without_a_turn() -> None:
    slow = Slow()
    turns = Turns(slow, busy, at_once=1, longest_wait_s=0.01)
    asked = [ask(turns), ask(turns)]
    gevent.sleep(0.1)

    assert slow.now == 2
    slow.free.set()
    gevent.joinall(asked)
    assert ask(turns).get() == [b"done"], "the turn was given back once"


def test_a_request_that_fails_gives_its_turn_back() -> None:
    def broken(_environ: dict[str, Any], _start: Callable[..., Any]) -> Iterable[bytes]:
        raise ValueError("broken")

    turns = Turns(broken, busy, at_once=1)
    for _ in range(2):
        with pytest.raises(ValueError, match="broken"):
            turns({"PATH_INFO": "/"}, lambda *_: None)


def test_whoever_only_reads_is_turned_away_where_very_many_wait() -> None:
    slow = Slow()
    turns = Turns(slow, busy, at_once=1, most_waiting=2)
    asked = [ask(turns, REQUEST_METHOD="GET") for _ in range(3)]
    gevent.sleep(0)

    late = [ask(turns, REQUEST_METHOD=one).get() for one in ("GET", "HEAD", "GET")]
    assert late == [[b"come again"]] * 3
    telling = ask(turns, body=b"an answer", REQUEST_METHOD="POST")
    awaited = ask(turns, "/", b"", REQUEST_METHOD="GET", **{AHEAD: "yes"})
    gevent.sleep(0)
    assert slow.now == 2, "one in its turn, and the one that many wait for"
    slow.free.set()
    gevent.joinall([*asked, telling, awaited])
    assert [one.value for one in (*asked, telling, awaited)] == [[b"done"]] * 5
    assert ask(turns, REQUEST_METHOD="GET").get() == [b"done"], "nobody waits any more"


def test_who_waited_in_vain_no_longer_counts_as_waiting() -> None:
    slow = Slow()
    turns = Turns(slow, busy, at_once=1, longest_wait_s=0.01, most_waiting=1)
    asked = [ask(turns, REQUEST_METHOD="GET") for _ in range(2)]
    gevent.sleep(0.1)
    late = ask(turns, REQUEST_METHOD="GET")
    gevent.sleep(0.1)
    slow.free.set()
    gevent.joinall([*asked, late])

    assert [one.value for one in (*asked, late)] == [[b"done"]] * 3
