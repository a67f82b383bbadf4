import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress

import pytest

from bench import fanout_wire as wire
from bench.fanout_load import Crowd


def frame(text: bytes) -> bytes:
    assert len(text) < 65536
    size = bytes((len(text),)) if len(text) < 126 else b"\x7e" + len(text).to_bytes(2, "big")
    return b"\x81" + size + text


class Host:
    """A Socket.IO server of a few lines: lets in at most ``seats``, speaks and asks."""

    def __init__(self, *, seats: int = 100, refuses: bool = False) -> None:
        self.inside: list[socket.socket] = []
        self.left = 0
        self.pongs = 0
        self._seats = seats
        self._refuses = refuses
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address: tuple[str, int] = self._listener.getsockname()
        self._serving = [threading.Thread(target=self._accept)]
        self._serving[0].start()

    def say(self, data: bytes) -> None:
        for one in self.inside:
            one.sendall(data)

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for one in self.inside:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        for thread in self._serving:
            thread.join(10)
        for one in self.inside:
            one.close()

    def _accept(self) -> None:
        while True:
            try:
                guest, _ = self._listener.accept()
            except OSError:
                return
            self._serving.append(threading.Thread(target=self._serve, args=(guest,)))
            self._serving[-1].start()

    def _serve(self, guest: socket.socket) -> None:
        self.inside.append(guest)
        if len(self.inside) > self._seats:
            return
        guest.recv(4096)
        guest.sendall(b"HTTP/1.1 101 Switching Protocols\r\n\r\n" + frame(b'0{"sid":"a"}'))
        guest.recv(4096)
        guest.sendall(frame(b'44{"message":"no"}' if self._refuses else b'40{"sid":"b"}'))
        with suppress(OSError):
            while data := guest.recv(4096):
                self.pongs += data.endswith(b"3")
        self.left += 1


@pytest.fixture
def host() -> Iterator[Host]:
    with closing(Host()) as one:
        yield one


def broadcast(seq: int) -> bytes:
    return frame(wire.message(seq, wire.row(seq, time.monotonic_ns(), 300)))


def test_a_crowd_comes_in_and_each_hears_every_broadcast(host: Host) -> None:
    with closing(Crowd(host.address, wire.socket_io(), None)) as crowd:
        entered = crowd.enter(count=5, at_once=2, stalled_s=10)
        host.say(broadcast(1) + broadcast(2))
        told = crowd.heard(expected=10, quiet_s=10)

    assert entered["held"] == 5
    assert [(one["seq"], one["heard"], one["bytes"]) for one in told["broadcasts"]] == [
        (1, 5, 300),
        (2, 5, 300),
    ]
    assert all(0 <= one["p95_ms"] <= one["last_ms"] for one in told["broadcasts"])


def test_a_broadcast_in_pieces_is_heard_once(host: Host) -> None:
    data = broadcast(7)
    with closing(Crowd(host.address, wire.socket_io(), None)) as crowd:
        crowd.enter(count=1, at_once=1, stalled_s=10)
        host.say(data[:100])
        nothing = crowd.heard(expected=1, quiet_s=0.2)
        host.say(data[100:])
        told = crowd.heard(expected=1, quiet_s=10)

    assert nothing["broadcasts"] == []
    assert [one["heard"] for one in told["broadcasts"]] == [1]


def test_pings_are_answered_and_not_counted(host: Host) -> None:
    with closing(Crowd(host.address, wire.socket_io(), None)) as crowd:
        crowd.enter(count=3, at_once=3, stalled_s=10)
        host.say(frame(b"2") + broadcast(1))
        told = crowd.heard(expected=3, quiet_s=10)
        deadline_s = time.monotonic() + 10
        while host.pongs < 3 and time.monotonic() < deadline_s:
            crowd.turn(0.01)

    assert host.pongs == 3
    assert [one["heard"] for one in told["broadcasts"]] == [3]


def test_half_of_a_crowd_drops_and_comes_back(host: Host) -> None:
    with closing(Crowd(host.address, wire.socket_io(), None)) as crowd:
        crowd.enter(count=4, at_once=4, stalled_s=10)
        dropped = crowd.drop(2)
        back = crowd.enter(count=2, at_once=2, stalled_s=10)

    assert (dropped["held"], back["held"]) == (2, 4)
    assert len(host.inside) == 6


def test_a_full_server_is_told_by_how_many_it_holds() -> None:
    with (
        closing(Host(seats=3)) as host,
        closing(Crowd(host.address, wire.socket_io(), None)) as crowd,
    ):
        entered = crowd.enter(count=5, at_once=5, stalled_s=0.5)

    assert entered["held"] == 3


def test_those_who_are_refused_are_lost_and_not_inside() -> None:
    with (
        closing(Host(refuses=True)) as host,
        closing(Crowd(host.address, wire.socket_io(), None)) as crowd,
    ):
        entered = crowd.enter(count=1, at_once=1, stalled_s=0.3)

    assert entered["held"] == 0
    assert crowd.lost


def test_those_whom_the_server_cuts_are_counted(host: Host) -> None:
    with closing(Crowd(host.address, wire.socket_io(), None)) as crowd:
        crowd.enter(count=2, at_once=2, stalled_s=10)
        host.say(bytes((0x88, 0)))
        told = crowd.heard(expected=1, quiet_s=0.5)

    assert (told["held"], told["lost"]) == (0, 2)
