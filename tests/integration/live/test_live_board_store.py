"""Boards in a real Redis: one line of versions, whoever publishes and whatever is lost."""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redis import Redis

from psot.embedded.valkey import Valkey
from psot.live import boards
from psot.live.boards import HISTORY
from psot.live.versions import Board, Rows, apply, bridge
from tests.services import running, throw_away_folder

KEYS = st.sampled_from("abcdef")
ROWS = st.dictionaries(KEYS, st.fixed_dictionaries({"rank": st.integers(1, 4)}), max_size=5)


def stored(redis: Redis, name: str = "open:q") -> Board:
    board = boards.snapshot(redis, name)
    assert board is not None
    return board


def test_nothing_is_stored_before_the_first_publication(redis: Redis) -> None:
    assert boards.snapshot(redis, "open:q") is None
    assert boards.tips(redis, ["open:q"]) == {}


def test_equal_rows_make_no_new_version_and_ring_no_bell(redis: Redis) -> None:
    boards.publish(redis, "open:q", {"a": {"rank": 1, "gaps": (1, 2)}})
    with redis.pubsub(ignore_subscribe_messages=True) as bell:
        bell.subscribe(boards.CHANNEL)
        again = boards.publish(redis, "open:q", {"a": {"rank": 1, "gaps": (1, 2)}})
        other = boards.publish(redis, "open:q", {"a": {"rank": 2}})
        rung = [bell.get_message(timeout=5) for _ in range(2)]

    assert again is None
    assert other is not None
    assert [json.loads(one["data"]) for one in rung if one] == [{"board": "open:q"}]
    assert stored(redis).version == 2


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(ROWS, min_size=1, max_size=10))
def test_any_stale_copy_with_the_stored_deltas_is_the_fresh_snapshot(
    redis: Redis, states: Sequence[Rows]
) -> None:
    redis.flushall()
    copies = []
    for rows in states:
        boards.publish(redis, "open:q", rows)
        copies.append(stored(redis))
    fresh = boards.load(redis, "open:q")
    assert fresh is not None

    for stale in copies:
        delta = bridge(fresh.history, stale.version, fresh.board.version)
        assert (apply(stale, delta) if delta else stale) == fresh.board
    assert dict(fresh.board.rows) == states[-1]


def test_the_history_is_short_and_ends_at_the_snapshot(redis: Redis) -> None:
    for rank in range(HISTORY + 10):
        boards.publish(redis, "open:q", {"a": {"rank": rank}})
    found = boards.load(redis, "open:q")

    assert found is not None
    assert [one.version for one in found.history] == list(range(11, HISTORY + 11))
    assert found.board.version == HISTORY + 10


def test_two_publishers_never_make_one_version_twice(redis: Redis) -> None:
    def publish(publisher: int) -> list[tuple[str, int]]:
        made = [
            boards.publish(redis, "open:q", {f"{publisher}": {"rank": rank}}) for rank in range(40)
        ]
        return [(one.epoch, one.version) for one in made if one]

    with ThreadPoolExecutor(4) as publishers:
        versions = [one for made in publishers.map(publish, range(4)) for one in made]

    assert len(set(versions)) == len(versions)
    assert len({epoch for epoch, _ in versions}) == 1
    assert stored(redis).version == len(versions)


def test_of_many_boards_each_has_its_own_line_whoever_else_publishes_some_of_them(
    redis: Redis,
) -> None:
    names = [f"open:{one}" for one in "abcdef"]

    def publish(publisher: int) -> list[tuple[str, str, int]]:
        mine = names[publisher:] + names[: publisher - 1]
        made = []
        for rank in range(30):
            found = boards.publish_all(redis, {one: {"a": {f"{publisher}": rank}} for one in mine})
            made += [(one.name, one.epoch, one.version) for one in found.values()]
        return made

    with ThreadPoolExecutor(4) as publishers:
        versions = [one for made in publishers.map(publish, range(1, 5)) for one in made]

    assert len(set(versions)) == len(versions)
    for name in names:
        assert stored(redis, name).version == sum(one[0] == name for one in versions)


def test_many_boards_cost_the_round_trips_of_one(
    redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    redis.ping()
    kind, sent = redis.connection_pool.connection_class, []
    send = kind.send_packed_command

    def counted(*given: Any, **options: Any) -> None:
        sent.append(given)
        send(*given, **options)

    monkeypatch.setattr(kind, "send_packed_command", counted)
    found = boards.publish_all(redis, {f"open:{n}": {"a": {"rank": n}} for n in range(40)})
    assert (len(found), len(sent)) == (40, 2)

    found = boards.publish_all(redis, {f"open:{n}": {"a": {"rank": 7}} for n in range(40)})
    assert (len(found), len(sent)) == (39, 4)


def test_an_older_state_does_not_replace_a_newer_one(redis: Redis) -> None:
    boards.publish(redis, "open:q", {"a": {"rank": 1}}, as_of=5)
    late = boards.publish(redis, "open:q", {"a": {"rank": 9}}, as_of=4)
    equal = boards.publish(redis, "open:q", {"a": {"rank": 2}}, as_of=5)

    assert late is None
    assert equal is not None
    assert dict(stored(redis).rows) == {"a": {"rank": 2}}


def test_a_flushed_redis_begins_a_new_epoch(redis: Redis) -> None:
    boards.publish(redis, "open:q", {"a": {"rank": 1}})
    before = stored(redis)
    redis.flushall()
    boards.publish(redis, "open:q", {"a": {"rank": 1}})
    after = stored(redis)

    assert after.version == 1
    assert after.epoch != before.epoch


def test_a_restarted_redis_that_may_have_lost_versions_begins_a_new_epoch() -> None:
    with throw_away_folder() as folder:
        server = Valkey(folder / "data", folder / "redis.sock")
        server.initialise()
        seen = []
        for log in ("first", "second"):
            with (
                running(server.program(), server.ready, folder / log),
                Redis.from_url(server.url()) as redis,
            ):
                kept = boards.snapshot(redis, "open:q")
                boards.publish(redis, "open:q", {"a": {"rank": 1}})
                seen += [kept, stored(redis)]

    nothing, first, kept, second = seen
    assert nothing is None
    assert first is not None
    assert second is not None
    assert kept == first
    assert second.epoch != first.epoch
    assert second.rows == first.rows


def test_behind_a_fence_nobody_older_is_heard(redis: Redis) -> None:
    def publish(epoch: int, rank: int) -> bool:
        fence = boards.Fence(key="fence", epoch=epoch)
        return boards.publish(redis, "open:q", {"a": {"rank": rank}}, fence=fence) is not None

    heard = [publish(3, 1)]
    redis.hset("fence", "epoch", "4")
    heard += [publish(3, 2), publish(4, 3), publish(5, 4)]

    assert heard == [True, False, True, True]
    assert dict(stored(redis).rows) == {"a": {"rank": 4}}
