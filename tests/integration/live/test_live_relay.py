"""The relay of one web process, with a clock and a speaker of the test."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from redis import Redis
from redis.exceptions import RedisError

from psot.live import boards
from psot.live.around import Around
from psot.live.kinds import BoardKind, BoardKinds
from psot.live.metrics import Metrics
from psot.live.packets import Encoded
from psot.live.relay import Relay
from psot.live.versions import Board, Gap, apply, board_from, delta_from
from psot.policies import PUBLIC

BOARD = "open:q"
ANNA, BORIS = UUID(int=1), UUID(int=2)


@dataclass
class Clock:
    now_s: float = 1000.0

    def __call__(self) -> float:
        return self.now_s


@dataclass
class Sockets:
    """Rooms with sockets in them, each of which keeps the board as the messages make it."""

    rooms: dict[str, set[str]] = field(default_factory=dict)
    heard: dict[str, list[tuple[str, dict[str, Any]]]] = field(default_factory=dict)
    copies: dict[str, Board] = field(default_factory=dict)

    def emit_here(self, to: str, event: str, payload: dict[str, Any] | Encoded) -> None:
        told = json.loads(payload.text) if isinstance(payload, Encoded) else payload
        for sid in sorted(self.rooms.get(to, {to})):
            self.heard.setdefault(sid, []).append((event, told))
            if event == "board.snapshot":
                self.copies[sid] = board_from(told)
            elif event == "board.delta":
                self.copies[sid] = apply(self.copies[sid], delta_from(told))

    def join(self, sid: str, room: str) -> None:
        self.rooms.setdefault(room, set()).add(sid)

    def is_empty(self, room: str) -> bool:
        return not self.rooms.get(room)

    def names(self, sid: str) -> list[str]:
        return [name for name, _ in self.heard.get(sid, [])]


@dataclass
class House:
    """A relay with everything around it."""

    redis: Redis
    clock: Clock = field(default_factory=Clock)
    sockets: Sockets = field(default_factory=Sockets)

    def __post_init__(self) -> None:
        self.relay = Relay(self.redis, self.sockets, Metrics(lambda: 0), self.clock)

    def publish(self, rank: int) -> None:
        boards.publish(self.redis, BOARD, {"a": {"rank": rank}, f"k{rank % 3}": {"rank": 1}})

    def change(self, rank: int) -> None:
        """Publish, and let the bell arrive."""
        self.publish(rank)
        self.relay.ring(BOARD)

    def pass_time(self, seconds: float) -> float:
        self.clock.now_s += seconds
        return self.relay.step()

    def stored(self) -> Board | None:
        return boards.snapshot(self.redis, BOARD)


@pytest.fixture
def house(redis: Redis) -> Iterator[House]:
    return House(redis)


def test_a_burst_of_changes_is_one_delta_and_the_last_state_gets_out(house: House) -> None:
    house.publish(0)
    house.relay.watch("anna", BOARD, None)
    for rank in range(1, 12):
        house.change(rank)
        house.pass_time(0.01)
    house.pass_time(0.25)

    assert house.sockets.names("anna") == ["board.snapshot", "board.delta", "board.delta"]
    assert house.sockets.copies["anna"] == house.stored()


def test_a_board_is_sent_at_most_four_times_a_second(house: House) -> None:
    house.publish(0)
    house.relay.watch("anna", BOARD, None)
    for rank in range(1, 301):
        house.change(rank)
        house.pass_time(0.01)
    house.pass_time(0.25)

    assert house.sockets.names("anna").count("board.delta") in {13, 14}
    assert house.sockets.copies["anna"] == house.stored()


def test_who_publishes_in_its_rhythm_a_little_sooner_or_later_never_waits(house: House) -> None:
    house.publish(0)
    house.relay.watch("anna", BOARD, None)
    sent: list[int] = []
    for rank, late_s in enumerate([0.0, 0.09, 0.02, 0.09, 0.0, 0.05], 1):
        house.clock.now_s = 100 + 0.25 * rank + late_s
        house.change(rank)
        house.pass_time(0)
        sent.append(house.sockets.names("anna").count("board.delta"))

    assert sent == [1, 2, 3, 4, 5, 6]


def test_the_step_says_when_the_next_message_is_due(house: House) -> None:
    house.publish(0)
    house.relay.watch("anna", BOARD, None)
    house.change(1)
    sent = house.pass_time(1)
    house.change(2)

    assert sent == 1.0
    assert house.pass_time(0.05) == pytest.approx(0.1)


def test_a_lost_bell_is_made_up_for_by_the_next_beat(house: House) -> None:
    house.publish(0)
    house.relay.watch("anna", BOARD, None)
    house.publish(1)
    house.relay.beat()
    house.pass_time(1)

    assert house.sockets.copies["anna"] == house.stored()


def test_watchers_of_every_age_see_the_same_board(house: House) -> None:
    house.publish(0)
    first = house.stored()
    assert first is not None
    house.relay.watch("early", BOARD, None)
    for rank in range(1, 6):
        house.change(rank)
        house.pass_time(1)
        house.relay.watch(f"late {rank}", BOARD, None)
    house.sockets.copies["back"] = first
    sent = house.relay.watch("back", BOARD, (first.epoch, first.version))
    current = house.stored()
    assert current is not None
    same = house.relay.watch("early", BOARD, (current.epoch, current.version))
    house.change(6)
    house.pass_time(1)

    assert (sent, same) == ("delta", "current")
    assert set(house.sockets.copies) == {"early", "back", *(f"late {n}" for n in range(1, 6))}
    assert all(copy == house.stored() for copy in house.sockets.copies.values())


@pytest.mark.parametrize("have", [("another epoch", 1), ("the same", 999), ("the same", -1)])
def test_a_copy_that_no_delta_reaches_gets_a_snapshot(house: House, have: tuple[str, int]) -> None:
    house.publish(0)
    epoch = house.stored().epoch if have[0] == "the same" else have[0]  # type: ignore[union-attr]

    assert house.relay.watch("anna", BOARD, (epoch, have[1])) == "snapshot"


def test_more_changes_than_the_history_holds_arrive_as_a_snapshot(house: House) -> None:
    house.publish(0)
    house.relay.watch("anna", BOARD, None)
    for rank in range(1, boards.HISTORY + 5):
        house.change(rank)
    house.pass_time(1)

    assert house.sockets.names("anna") == ["board.snapshot", "board.snapshot"]
    assert house.sockets.copies["anna"] == house.stored()


def test_a_board_that_nobody_published_yet_comes_when_it_is_there(house: House) -> None:
    sent = house.relay.watch("anna", BOARD, None)
    before = house.sockets.names("anna")
    house.change(1)
    house.pass_time(1)

    assert (sent, before) == ("waiting", [])
    assert house.sockets.copies["anna"] == house.stored()


def test_after_a_flush_pages_keep_the_old_board_until_the_new_one_comes(house: House) -> None:
    house.publish(0)
    house.relay.watch("anna", BOARD, None)
    house.redis.flushall()
    house.relay.beat()
    house.pass_time(1)
    during = house.sockets.names("anna")
    house.publish(7)
    house.relay.beat()
    house.pass_time(1)

    assert during == ["board.snapshot"]
    assert house.sockets.names("anna") == ["board.snapshot", "board.snapshot"]
    assert house.sockets.copies["anna"] == house.stored()


def test_a_board_that_everybody_left_is_forgotten_and_read_anew(house: House) -> None:
    house.publish(0)
    house.relay.watch("anna", BOARD, None)
    house.sockets.rooms.clear()
    house.relay.beat()
    house.publish(1)
    house.relay.watch("boris", BOARD, None)

    assert house.sockets.copies["boris"] == house.stored()


def test_a_redis_that_is_away_is_told_once_and_its_return_too(house: House) -> None:
    house.publish(0)
    house.relay.watch("anna", BOARD, None)
    healthy = house.relay._redis
    house.relay._redis = Redis.from_url("unix:///nowhere/at/all")
    for _ in range(6):
        house.clock.now_s += 1
        house.relay.beat()
    told_late = house.relay.watch("boris", BOARD, None)
    house.relay._redis = healthy
    house.relay.beat()
    house.relay.beat()
    delays = [told for name, told in house.sockets.heard["anna"] if name == "live.delayed"]

    assert delays == [{"delayed": True}, {"delayed": False}]
    assert told_late == "snapshot"
    assert house.sockets.names("boris")[0] == "live.delayed"


def test_a_delta_that_would_not_fit_is_never_sent() -> None:
    """The fake sockets are strict: a wrong delta raises here instead of drawing a wrong board."""
    sockets = Sockets(copies={"anna": Board(name=BOARD, epoch="e", version=1)})
    wrong = {"board": BOARD, "epoch": "e", "from": 2, "to": 3, "set": {}, "gone": []}

    with pytest.raises(Gap):
        sockets.emit_here("anna", "board.delta", wrong)


def test_own_windows_are_asked_for_together_and_sent_where_they_changed(redis: Redis) -> None:
    asked: list[list[UUID]] = []
    ranks = {ANNA: 5, BORIS: 9}

    def windows(_redis: Redis, _board: str, members: Any) -> dict[UUID, dict[str, Any]]:
        asked.append(list(members))
        return {one: {"rows": [{"rank": ranks[one]}]} for one in members if one in ranks}

    kinds, sockets = BoardKinds(), Sockets()
    kinds.register(BoardKind(prefix="open", policy=PUBLIC, windows=windows))
    around = Around(redis, kinds, sockets.emit_here)
    around.watch("a1", ANNA, BOARD)
    around.watch("a2", ANNA, BOARD)
    around.watch("b1", BORIS, BOARD)
    around.watch("nobody", UUID(int=3), BOARD)
    around.beat()
    around.beat()
    ranks[BORIS] = 8
    around.leave("a2", BOARD)
    around.beat()

    assert asked == [[ANNA, BORIS, UUID(int=3)]] * 3
    assert sockets.heard["a1"] == [("around.me", {"rows": [{"rank": 5}], "board": BOARD})]
    assert [told["rows"][0]["rank"] for _, told in sockets.heard["b1"]] == [9, 8]
    assert "nobody" not in sockets.heard


def test_a_board_that_cannot_be_read_is_refused_and_watched_at_the_next_try(house: House) -> None:
    house.publish(0)
    healthy = house.relay._redis
    house.relay._redis = Redis.from_url("unix:///nowhere/at/all")
    with pytest.raises(RedisError):
        house.relay.watch("anna", BOARD, None)
    house.relay._redis = healthy

    assert house.relay.watch("anna", BOARD, None) == "snapshot"


@pytest.mark.parametrize(
    ("busy", "pauses_s"),
    [
        (0.0, [1.5, 1.5, 1.5]),
        (0.5, [1.5, 1.5, 1.5]),
        (0.8, [1.5, 4.5, 4.5]),
        (1.0, [1.5, 7.8333, 7.8333]),
    ],
    ids=["idle", "half", "busy", "full"],
)
def test_a_crowd_is_told_in_parts_with_longer_pauses_the_busier_the_process_is(
    redis: Redis, busy: float, pauses_s: list[float]
) -> None:
    asked: list[int] = []
    now_s, worked_s = [0.0], [0.0]

    def windows(_redis: Redis, _board: str, members: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
        asked.append(len(members))
        now_s[0] += 0.5
        worked_s[0] += 0.5
        return {member: {"asked": len(asked)} for member in members}

    def pause(seconds: float) -> None:
        pauses.append((len(sent), seconds))
        now_s[0] += seconds
        worked_s[0] += busy * seconds

    kinds = BoardKinds()
    kinds.register(BoardKind(prefix="crowd", policy=PUBLIC, windows=windows))
    sent: list[str] = []
    pauses: list[tuple[int, float]] = []
    around = Around(
        redis,
        kinds,
        lambda sid, _event, _payload: sent.append(sid),
        pause=pause,
        monotonic=lambda: now_s[0],
        worked=lambda: worked_s[0],
    )
    for number in range(50):
        around.watch(f"s{number}", UUID(int=number), "crowd:one")
    around.beat()
    assert asked == [20, 20, 10]
    assert [count for count, _ in pauses] == [20, 40, 50]
    assert [seconds for _, seconds in pauses] == pytest.approx(pauses_s, rel=1e-4)
    assert len(set(sent)) == 50


def test_a_crowd_is_asked_for_in_the_order_of_its_neighbours(redis: Redis) -> None:
    asked: list[UUID] = []

    def windows(_redis: Redis, _board: str, members: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
        asked.extend(members)
        return {}

    def backwards(board: str, members: Sequence[UUID]) -> Sequence[UUID]:
        assert board == "crowd:one"
        return members[::-1]

    kinds = BoardKinds()
    kinds.register(BoardKind(prefix="crowd", policy=PUBLIC, windows=windows, neighbours=backwards))
    around = Around(redis, kinds, lambda *_told: None, pause=lambda _seconds: None)
    for number in range(50):
        around.watch(f"s{number}", UUID(int=number), "crowd:one")
    around.beat()

    assert asked == [UUID(int=number) for number in reversed(range(50))]
