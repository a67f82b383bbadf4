import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from bench import fanout_wire as wire
from bench.fanout_load import Crowd
from tests.small_server import SmallServer, frame


class Host(SmallServer):
    """Speaks and asks; ``refuses`` tells everybody no. Who does not fit hears nothing."""

    def __init__(self, *, seats: int = 100, refuses: bool = False) -> None:
        self.pongs = 0
        if refuses:
            self.accepts = b'44{"message":"no"}'
        super().__init__(seats=seats)

    def say(self, data: bytes) -> None:
        for one in self.inside:
            one.sendall(data)

    def heard(self, data: bytes) -> None:
        self.pongs += data.endswith(b"3")


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
