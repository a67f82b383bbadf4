"""One greenlet asks all clients whether they are there."""

from dataclasses import dataclass, field

from engineio.exceptions import UnknownPacketError
from engineio.packet import Packet
from engineio.server import Server as StockEngine
from hypothesis import given
from hypothesis import strategies as st

from psot.live.engine import Engine
from psot.live.pings import Pings
from psot.live.sockets import Socket
from psot.live.wire.wheel import STEP_S, Wheel

EVERY_S, PATIENCE_S = 25.0, 20.0


@dataclass(eq=False)
class Client:
    """Remembers what was done to it."""

    log: list[str] = field(default_factory=list)
    busy: bool = False

    def ping(self) -> None:
        self.log.append("ping")

    def give_up(self) -> None:
        self.log.append("gone")


class Clock:
    """Seconds that pass when told to."""

    def __init__(self, pings_of: list[Pings[Client]]) -> None:
        self.now_s = 1000.0
        self._pings = pings_of

    def pass_s(self, seconds: float) -> None:
        end_s = self.now_s + seconds
        while self.now_s < end_s:
            self.now_s += STEP_S
            self._pings[0].step()


def begin(*clients: Client) -> tuple[Pings[Client], Clock]:
    made: list[Pings[Client]] = []
    clock = Clock(made)
    made.append(Pings(EVERY_S, PATIENCE_S, lambda: clock.now_s))
    for one in clients:
        made[0].begin(one)
    return made[0], clock


def test_a_client_that_answers_is_asked_again_and_again() -> None:
    client = Client()
    pings, clock = begin(client)
    for _ in range(3):
        clock.pass_s(EVERY_S + 1)
        pings.answered(client)

    assert client.log == ["ping"] * 3


def test_a_client_that_does_not_answer_is_given_up_once() -> None:
    silent, alive = Client(), Client()
    pings, clock = begin(silent, alive)
    clock.pass_s(EVERY_S + 1)
    pings.answered(alive)
    clock.pass_s(PATIENCE_S + 100)

    assert silent.log == ["ping", "gone"]
    assert alive.log == ["ping", "ping", "gone"]


def test_a_client_whose_call_is_being_dealt_with_is_not_given_up() -> None:
    """Its answer to the ping lies unread behind the call."""
    client = Client(busy=True)
    _, clock = begin(client)
    clock.pass_s(EVERY_S + 3 * PATIENCE_S)
    assert client.log == ["ping"]

    client.busy = False
    clock.pass_s(PATIENCE_S + 1)

    assert client.log == ["ping", "gone"]


def test_a_socket_is_busy_while_a_message_is_dealt_with() -> None:
    seen: list[bool] = []

    class Hearing(Socket):
        def receive(self, _packet: Packet) -> None:
            seen.append(self.busy)
            raise UnknownPacketError

    socket = Hearing(Engine(StockEngine(async_mode="threading"), seen.append), "sid")  # type: ignore[arg-type]  # no cut happens
    socket._hear("4hello")

    assert (seen, socket.busy) == ([True], False)


def test_an_answer_nobody_asked_for_does_not_put_off_the_question() -> None:
    client = Client()
    pings, clock = begin(client)
    clock.pass_s(EVERY_S - 1)
    pings.answered(client)
    clock.pass_s(2)

    assert client.log == ["ping"]


def test_a_client_that_left_is_not_asked() -> None:
    client = Client()
    pings, clock = begin(client)
    pings.end(client)
    pings.end(client)
    clock.pass_s(100)

    assert client.log == []


@given(st.lists(st.tuples(st.integers(0, 5), st.floats(0, 60)), max_size=20), st.floats(0, 60))
def test_everybody_is_due_once_never_early_and_at_most_a_step_late(
    puts: list[tuple[int, float]], now_s: float
) -> None:
    wheel: Wheel[int] = Wheel()
    for who, at_s in puts:
        wheel.put(who, at_s)
    at = dict(puts)
    due = wheel.due(now_s)

    assert len(due) == len(set(due))
    assert all(at[who] <= now_s for who in due)
    assert all(at[who] > now_s - 2 * STEP_S for who in set(at) - set(due))
    assert set(wheel.due(100.0)) == set(at) - set(due)


def test_who_is_put_in_for_the_past_is_due_at_the_next_step() -> None:
    wheel: Wheel[str] = Wheel()
    wheel.due(50.0)
    wheel.put("late", 10.0)

    assert wheel.due(50.0) == []
    assert wheel.due(50.0 + STEP_S) == ["late"]
