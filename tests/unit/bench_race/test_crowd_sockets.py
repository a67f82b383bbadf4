"""The sockets of the crowd against a server of a few lines."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from uuid import UUID

import pytest

from bench.crowd_sockets import Line, Sockets
from tests.small_server import SmallServer, frame


class Server(SmallServer):
    """Keeps what its guests say; who does not fit is told so."""

    said = b""

    @property
    def port(self) -> int:
        return self.address[1]

    def heard(self, data: bytes) -> None:
        self.said += data

    def full(self, guest: socket.socket) -> None:
        with suppress(OSError):
            guest.recv(4096)
            guest.sendall(b"HTTP/1.1 503 Busy\r\n\r\n")


class Listener:
    """A guest who keeps everything."""

    def __init__(self) -> None:
        self.member: UUID | None = None
        self.lines: list[Line] = []
        self.events: list[bytes] = []
        self.answers: list[tuple[int, bytes]] = []
        self.dues = self.cuts = 0

    def welcome(self, line: Line) -> None:
        self.lines.append(line)

    def told(self, payload: bytes, now_s: float) -> None:  # noqa: ARG002 - as the crowd calls it
        self.events.append(payload)

    def acknowledged(self, number: int, body: bytes, now_s: float) -> None:  # noqa: ARG002 - the same
        self.answers.append((number, body))

    def due(self, now_s: float) -> None:  # noqa: ARG002 - the same
        self.dues += 1

    def cut(self) -> None:
        self.cuts += 1


@pytest.fixture
def server() -> Iterator[Server]:
    with closing(Server()) as one:
        yield one


def sockets_of(server: Server) -> Sockets:
    return Sockets([server.port], "http://bench.test", None)


def until(sockets: Sockets, condition: Callable[[], object]) -> None:
    """Turn until it holds, for ten seconds at most."""
    deadline_s = time.monotonic() + 10
    while not condition() and time.monotonic() < deadline_s:
        sockets.turn(0.01)


def test_guests_come_in_and_hear_events_and_acknowledgements(server: Server) -> None:
    one, other = Listener(), Listener()
    with closing(sockets_of(server)) as sockets:
        sockets.enter([one, other], at_once=2, stalled_s=10)
        for client in server.inside:
            client.sendall(frame(b'42["board.delta",{}]') + frame(b'437[{"ok":true}]'))
        until(sockets, lambda: one.answers and other.answers)
        held = sockets.held

    assert held == 2
    assert [(len(each.lines), each.events, each.answers) for each in (one, other)] == [
        (1, [b'42["board.delta",{}]'], [(7, b'[{"ok":true}]')])
    ] * 2
    assert sockets.frames == 8


def test_a_message_in_pieces_is_heard_once(server: Server) -> None:
    guest = Listener()
    told = frame(b'42["around.me",' + b" " * 300 + b"{}]")
    with closing(sockets_of(server)) as sockets:
        sockets.enter([guest], at_once=1, stalled_s=10)
        server.inside[0].sendall(told[:200])
        until(sockets, lambda: sockets.bytes > 200)
        before = list(guest.events)
        server.inside[0].sendall(told[200:] + told)
        until(sockets, lambda: len(guest.events) == 2)

    assert before == []
    assert guest.events == [told[4:]] * 2


def test_pings_are_answered(server: Server) -> None:
    with closing(sockets_of(server)) as sockets:
        sockets.enter([Listener()], at_once=1, stalled_s=10)
        server.inside[0].sendall(frame(b"2") + b"\x89\x01x")
        until(sockets, lambda: server.said.endswith(b"x"))

    assert server.said == b"\x81\x81\x00\x00\x00\x003" + b"\x8a\x81\x00\x00\x00\x00x"


def test_a_guest_is_due_at_its_moment_and_not_before(server: Server) -> None:
    guest = Listener()
    with closing(sockets_of(server)) as sockets:
        sockets.at(time.monotonic() + 60, guest)
        sockets.at(time.monotonic() - 1, guest)
        sockets.turn(0.0)

    assert guest.dues == 1


def test_who_is_cut_off_comes_back_and_is_counted(server: Server) -> None:
    guest = Listener()
    with closing(sockets_of(server)) as sockets:
        sockets.enter([guest], at_once=1, stalled_s=10)
        server.inside[0].shutdown(socket.SHUT_RDWR)
        until(sockets, lambda: len(guest.lines) == 2)

    assert (len(guest.lines), sockets.lost) == (2, {"ended": 1})


def test_who_is_dropped_stays_away_until_let_in_again(server: Server) -> None:
    stays, goes = Listener(), Listener()
    with closing(sockets_of(server)) as sockets:
        sockets.enter([stays, goes], at_once=2, stalled_s=10)
        sockets.drop([goes])
        held, inside = sockets.held, sockets.inside()
        sockets.enter([goes], at_once=1, stalled_s=10)

    assert (held, inside, goes.cuts) == (1, {id(stays)}, 2)  # the second as everybody goes
    assert len(goes.lines) == 2
    assert not sockets.lost


def test_nobody_coming_in_any_more_ends_the_entry() -> None:
    with closing(Server(seats=1)) as server, closing(sockets_of(server)) as sockets:
        sockets.enter([Listener(), Listener()], at_once=2, stalled_s=0.5)
        held = sockets.held

    assert held == 1
    assert sockets.lost["HTTP/1.1 503 Busy"] >= 1
