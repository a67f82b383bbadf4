"""Websockets on real connections: what the RFC says, and what ends one connection and no other."""

import json
import random
import urllib.parse
from collections.abc import Iterator
from contextlib import suppress

import gevent
import gevent.socket
import pytest

from psot.live.wire.frames import BINARY, CLOSE, PING, PONG, TEXT
from psot.live.wire.wire import Wire
from tests import websocket_cases as cases
from tests.live_client import ORIGIN, Client, Raw, Start, http, metric, processes, ticket
from tests.services import wait_until
from tests.websocket_cases import Case

BREACHES = [one for one in cases.ALL if one.code and not one.messages]


@pytest.fixture(scope="module")
def echo() -> Iterator[int]:
    """The port of a process that sends every message back."""
    with processes(program="echo_web") as start:
        yield start()[0]


def wanted(case: Case) -> tuple[list[tuple[int, bytes]], int | None]:
    """What an echoing server sends: messages and pongs without their order, and the last code."""
    echoed = [
        (TEXT, one.encode()) if isinstance(one, str) else (BINARY, one) for one in case.messages
    ]
    return sorted([*echoed, *((PONG, one) for one in case.pongs)]), case.code


def got(socket: Raw, *, ends: bool) -> tuple[list[tuple[int, bytes]], int | None]:
    """What it did send; a case that ends nothing is ended by a close of our own."""
    if not ends:
        socket.connection.sendall(cases.closing(1000))
    *before, (opcode, payload) = socket.frames()
    socket.close()
    assert opcode == CLOSE
    return sorted(before), int.from_bytes(payload[:2], "big") if ends else None


@pytest.mark.parametrize("case", cases.ALL, ids=lambda one: one.name)
def test_every_case_is_answered_as_the_rfc_says(echo: int, case: Case) -> None:
    socket = Raw(echo)
    socket.connection.sendall(case.sent)

    assert got(socket, ends=case.code is not None) == wanted(case)


def test_bytes_may_come_one_by_one(echo: int) -> None:
    socket = Raw(echo)
    for one in cases.text("κόσμε".encode(), b"!") + cases.client(BINARY, bytes(200)):
        socket.connection.sendall(bytes((one,)))

    assert [socket.frame(), socket.frame()] == [(TEXT, "κόσμε!".encode()), (BINARY, bytes(200))]
    socket.close()


def test_what_is_sent_before_the_answer_is_not_lost(echo: int) -> None:
    socket = Raw(echo, early=cases.text(b"hasty"))

    assert socket.head.startswith(b"HTTP/1.1 101")
    assert socket.frame() == (TEXT, b"hasty")
    socket.close()


def test_a_server_that_lends_its_connections_serves_them_too(echo: int) -> None:
    socket = Raw(echo, path="/borrowed")
    socket.connection.sendall(cases.text(b"lent") + cases.closing(1001))

    assert socket.frames() == [(TEXT, b"lent"), (CLOSE, b"\x03\xe9")]
    socket.close()


def test_a_server_that_gives_no_connections_says_so(echo: int) -> None:
    socket = Raw(echo, path="/nowhere")
    socket.close()

    assert socket.head.startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize("case", BREACHES, ids=lambda one: one.name)
def test_the_door_ends_a_connection_as_the_rfc_says(port: int, case: Case) -> None:
    socket = Raw(port, shown=ticket(port)).connect()
    socket.connection.sendall(case.sent)
    answers, code = got(socket, ends=True)

    assert (answers, code) == wanted(case)


def test_random_bytes_end_their_own_connection_and_no_other(start_web: Start) -> None:
    """In a process of its own, where nobody else's clients are counted."""
    port, _ = start_web()
    dice = random.Random(7)  # noqa: S311 - noise for a test
    with Client(port).connect() as witness:
        for _ in range(150):
            socket = Raw(port, shown=ticket(port)).connect()
            socket.connection.sendall(dice.randbytes(dice.randrange(1, 300)))
            socket.close()
        wait_until(lambda: json.loads(http(port, "GET", "/wires")[1]) == 1)

        wait_until(lambda: metric(port, "psot_sockets_connected") == 1)
        assert witness.watch("open:calm")["ok"]


def test_a_client_that_reads_no_pongs_is_cut(port: int) -> None:
    cuts = 'psot_sockets_cut_total{reason="slow_reader"}'
    before = metric(port, cuts)
    socket = Raw(port, shown=ticket(port)).connect()
    with suppress(ConnectionError):
        for _ in range(10_000):
            socket.connection.sendall(cases.client(PING, b"x" * 125) * 64)
    socket.close()
    wait_until(lambda: metric(port, cuts) > before)

    assert metric(port, cuts) == before + 1


def test_a_polling_client_goes_on_by_websocket_and_misses_nothing(port: int) -> None:
    path, sid = poll(port)
    socket = Raw(port, path=f"/socket.io/?EIO=4&transport=websocket&sid={sid}")
    socket.send("2probe")
    probed = socket.read()
    ended = http(port, "GET", path, {"Origin": ORIGIN})[1]
    http(port, "POST", path, {"Origin": ORIGIN}, b'421["board.leave",{"board":"open:none"}]')
    socket.send("5")
    answered = socket.read()
    refused, _ = http(port, "GET", path, {"Origin": ORIGIN})
    socket.send('422["board.leave",{"board":"open:none"}]')
    again = socket.read()
    socket.close()

    assert probed == "3probe"
    assert ended == "6"
    assert answered.startswith("431[")
    assert refused == 400
    assert again.startswith("432[")


def test_an_upgrade_that_fails_leaves_the_client_polling(port: int) -> None:
    path, sid = poll(port)
    socket = Raw(port, path=f"/socket.io/?EIO=4&transport=websocket&sid={sid}")
    socket.send("2wrong")
    rest = socket.frames()
    socket.close()
    http(port, "POST", path, {"Origin": ORIGIN}, b'421["board.leave",{"board":"open:none"}]')
    _, seen = http(port, "GET", path, {"Origin": ORIGIN})

    assert rest == []
    assert "431[" in seen


def poll(port: int) -> tuple[str, str]:
    """Connect by long polling; returns the path of its requests and Engine.IO's id."""
    ours = {"Origin": ORIGIN}
    path = "/socket.io/?EIO=4&transport=polling"
    opened = http(port, "GET", f"{path}&ticket={ticket(port)}", ours)[1]
    sid = urllib.parse.quote(json.loads(opened[1:])["sid"])
    path += f"&sid={sid}"
    http(port, "POST", path, ours, b"40")
    seen = ""
    while "live.hello" not in seen or "40{" not in seen:
        seen += http(port, "GET", path, ours)[1]
    return path, sid


def test_a_reader_that_is_woken_for_nothing_reads_on() -> None:
    here, there = gevent.socket.socketpair()
    wires = [Wire(here), Wire(here.dup())]
    heard: list[str | bytes] = []
    # Both are woken by whatever comes, and one of them finds it taken.
    readers = [gevent.spawn(lambda one=one: heard.extend(one.messages())) for one in wires]
    for count in range(1, 9):
        there.sendall(cases.text(str(count).encode()))
        with gevent.Timeout(10):
            while len(heard) < count:
                gevent.sleep(0.001)
    assert not any(one.dead for one in readers)

    there.close()
    gevent.joinall(readers, timeout=10, raise_error=True)
    assert all(one.dead for one in readers)
    for one in wires:
        one.close()
