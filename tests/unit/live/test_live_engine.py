"""A connection of Engine.IO on a websocket of ours: what leaves in one piece, and what at once."""

import socket as stock_socket
from collections.abc import Iterator
from typing import Any

import gevent
import gevent.socket
import pytest
from engineio.packet import MESSAGE, Packet
from engineio.server import Server as StockEngine

from psot.live.engine import Engine
from psot.live.pings import Pings
from psot.server import HAND_OVER
from tests import websocket_cases as cases

KEY = "dGhlIHNhbXBsZSBub25jZQ=="


def connected(
    stock: StockEngine, kind: stock_socket.SocketKind
) -> tuple[gevent.socket.socket, gevent.Greenlet]:
    """Return a client of ``stock`` that asks for an upgrade, and the greenlet that serves it."""
    here, there = gevent.socket.socketpair(stock_socket.AF_UNIX, kind)
    served: list[gevent.Greenlet] = []

    def hand_over(take: Any) -> None:
        served.append(gevent.spawn(take, here, b""))

    environ = {
        "REQUEST_METHOD": "GET",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_CONNECTION": "Upgrade",
        "HTTP_UPGRADE": "websocket",
        "HTTP_SEC_WEBSOCKET_VERSION": "13",
        "HTTP_SEC_WEBSOCKET_KEY": KEY,
        HAND_OVER: hand_over,
    }
    stock._handle_connect(environ, None, "websocket")
    return there, served[0]


@pytest.fixture
def client() -> Iterator[gevent.socket.socket]:
    """A client that asks for an upgrade; what the server sends by one call it reads by one.

    Every message is answered twice.
    """
    stock = StockEngine(async_mode="gevent", async_handlers=False)
    engine = Engine(stock, lambda _reason: None)

    def answer(sid: str, data: str) -> None:
        for number in (1, 2):
            engine.send_packet(sid, Packet(MESSAGE, f"{data} {number}"))

    stock.on("message", answer)
    there, served = connected(stock, stock_socket.SOCK_SEQPACKET)
    with there:
        yield there
    served.join()
    assert engine.sockets() == []


def test_the_upgrade_is_answered_together_with_the_opening(client: gevent.socket.socket) -> None:
    piece = client.recv(4096)

    head, _, frame = piece.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 101")
    assert frame[2:].startswith(b'0{"sid":')


def test_the_first_message_is_answered_in_one_piece_and_those_after_it_at_once(
    client: gevent.socket.socket,
) -> None:
    client.recv(4096)
    client.send(cases.text(b"40"))
    first = client.recv(4096)
    client.send(cases.text(b"4x"))
    then = [client.recv(4096), client.recv(4096)]

    assert [one[2:] for one in then] == [b"4x 1", b"4x 2"]
    assert first == b"\x81\x0440 1\x81\x0440 2"


def test_a_client_that_answers_the_ping_stays_and_one_that_does_not_goes() -> None:
    now_s = [0.0]
    stock = StockEngine(async_mode="gevent", async_handlers=False)
    engine = Engine(stock, lambda _reason: None)
    engine.pings = Pings(25, 20, lambda: now_s[0])
    answering, one = connected(stock, stock_socket.SOCK_SEQPACKET)
    silent, other = connected(stock, stock_socket.SOCK_SEQPACKET)
    for there in (answering, silent):
        there.recv(4096)
    now_s[0] += 26
    engine.pings.step()
    asked = [there.recv(4096) for there in (answering, silent)]
    answering.send(cases.text(b"3"))
    gevent.sleep(0.01)
    now_s[0] += 21
    engine.pings.step()
    told = silent.recv(4096)
    now_s[0] += 5
    engine.pings.step()
    asked_again = answering.recv(4096)
    for there, served in ((answering, one), (silent, other)):
        there.close()
        served.join()

    assert asked == [b"\x81\x012"] * 2
    assert (told, asked_again) == (b"\x81\x011", b"\x81\x012")


def test_a_broadcast_goes_to_those_who_are_there() -> None:
    """And to nobody whom the list still names."""
    stock = StockEngine(async_mode="gevent", async_handlers=False)
    engine = Engine(stock, lambda _reason: None)
    crowd = [connected(stock, stock_socket.SOCK_STREAM) for _ in range(3)]
    for there, _ in crowd:
        there.recv(4096)
    everybody = [one.sid for one in engine.sockets()]
    crowd[0][0].close()
    crowd[0][1].join()
    engine.broadcast(everybody, "2[]")
    heard = [there.recv(4096) for there, _ in crowd[1:]]
    for there, served in crowd[1:]:
        there.close()
        served.join()

    assert heard == [b"\x81\x0442[]"] * 2


def test_what_has_begun_goes_on_before_a_crowd_is_heard() -> None:
    """A page or a call that waits for its database is not behind all who speak meanwhile."""
    heard: list[str] = []
    stock = StockEngine(async_mode="gevent", async_handlers=False)
    Engine(stock, lambda _reason: None)
    stock.on("message", lambda _sid, data: heard.append(data))
    database, asked = gevent.socket.socketpair()

    def wait_for_the_database() -> None:
        heard.append(asked.recv(9).decode())

    crowd = [connected(stock, stock_socket.SOCK_STREAM) for _ in range(8)]
    waits = gevent.spawn(wait_for_the_database)
    for there, _ in crowd:
        there.recv(4096)
    gevent.sleep(0.01)  # everybody waits to be heard
    for there, _ in crowd:
        there.send(cases.text(b"4x"))
    database.send(b"answered")
    waits.join()
    first = list(heard)
    for there, served in crowd:
        there.close()
        served.join()
    database.close()
    asked.close()

    assert first == ["answered"]
    assert heard == ["answered", *["x"] * 8]


def test_a_client_that_is_ended_while_it_waits_to_come_in_hears_nothing() -> None:
    stock = StockEngine(async_mode="gevent", async_handlers=False)
    engine = Engine(stock, lambda _reason: None)
    there, served = connected(stock, stock_socket.SOCK_STREAM)
    while not engine.sockets():
        gevent.sleep(0)
    (socket,) = engine.sockets()
    engine.end(socket)
    served.join()

    assert there.recv(4096) == b""
    assert (engine.sockets(), engine.serving) == ([], set())
    there.close()
