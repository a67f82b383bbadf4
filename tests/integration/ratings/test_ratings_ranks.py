"""Ranks in Redis are those of the stored ratings, whatever Redis forgets."""

from uuid import UUID

import redis as redis_py
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from psot.database import Database
from psot.ledger.consumers import start_over as rebuild
from psot.ratings import ranks
from psot.ratings.projections import RATINGS
from tests.integration.ratings.history import (
    SEASON,
    answered,
    drain,
    member,
    opened,
    start_over,
    tell,
)


def stored_ranks(database: Database) -> dict[UUID, int]:
    with database.begin() as session:
        rows = session.execute(
            text("SELECT member, rank() OVER (ORDER BY rating_milli DESC) FROM rating_members")
        )
        return {row.member: row.rank for row in rows}


def redis_ranks(redis: redis_py.Redis, people: int) -> dict[UUID, int]:
    look = ranks.look(redis, SEASON, leaders=people)
    return {one.member: one.rank for one in look.leaders}


def answers(scores: list[int]) -> list:  # type: ignore[type-arg]
    return [answered(member(n), score_ppm=score) for n, score in enumerate(scores)]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    scores=st.lists(st.sampled_from([0, 250_000, 500_000, 1_000_000]), min_size=1, max_size=12),
    better=st.lists(st.integers(0, 11), max_size=4, unique=True),
)
def test_equal_ratings_share_a_rank_everywhere(
    ledger: Database, redis: redis_py.Redis, scores: list[int], better: list[int]
) -> None:
    start_over(ledger)
    tell(ledger, [opened(), *answers(scores)])
    ranks.sync(ledger, redis)
    tell(ledger, [answered(member(n), "risk-01") for n in better])
    ranks.sync(ledger, redis)
    expected = stored_ranks(ledger)

    assert redis_ranks(redis, 100) == expected
    look = ranks.look(redis, SEASON, list(expected), span=2)
    assert {one.member: one.rank for window in look.around.values() for one in window} == expected
    assert look.total == len(expected)


def test_neighbours_are_three_to_each_side(ledger: Database, redis: redis_py.Redis) -> None:
    tell(ledger, [opened(), *answers([n * 10_000 for n in range(20)])])
    ranks.sync(ledger, redis)
    look = ranks.look(redis, SEASON, [member(10), member(19), member(99)], leaders=2)

    assert [one.rank for one in look.around[member(10)]] == [7, 8, 9, 10, 11, 12, 13]
    assert [one.rank for one in look.around[member(19)]] == [1, 2, 3, 4]
    assert look.around[member(99)] == ()
    assert look.place_of(member(99)) is None
    assert [one.member for one in look.leaders] == [member(19), member(18)]


def test_a_flushed_redis_is_filled_again(ledger: Database, redis: redis_py.Redis) -> None:
    tell(ledger, [opened(), *answers([0, 500_000, 1_000_000])])
    ranks.sync(ledger, redis)
    redis.flushall()

    assert ranks.sync(ledger, redis) is True
    assert redis_ranks(redis, 10) == stored_ranks(ledger)
    assert ranks.sync(ledger, redis) is False


def test_after_a_rebuild_nobody_from_before_stays(ledger: Database, redis: redis_py.Redis) -> None:
    tell(ledger, [opened(), *answers([0, 500_000])])
    ranks.sync(ledger, redis)
    redis.zadd(f"psot:ratings:{SEASON}:scores", {member(77).bytes: 999_999})
    with ledger.begin() as session:
        rebuild(session, RATINGS)
    drain(ledger)
    ranks.sync(ledger, redis)

    assert redis_ranks(redis, 10) == stored_ranks(ledger)


def test_a_publisher_that_fell_behind_writes_nothing_back(
    ledger: Database, redis: redis_py.Redis
) -> None:
    tell(ledger, [opened(), *answers([0])])
    ranks.sync(ledger, redis)
    before = ranks.look(redis, SEASON).version
    tell(ledger, [answered(member(0), "risk-01")])
    ranks.sync(ledger, redis)
    newest = redis_ranks(redis, 10), redis.zscore(f"psot:ratings:{SEASON}:scores", member(0).bytes)
    redis_state = redis.hgetall(f"psot:ratings:{SEASON}:state")
    late = redis.register_script(ranks._ADVANCE)(
        keys=[f"psot:ratings:{SEASON}:state", f"psot:ratings:{SEASON}:scores"],
        args=[redis_state[b"epoch"], before, before + 1, 5, member(0).bytes],
    )

    assert late == 0
    assert newest[1] == redis.zscore(f"psot:ratings:{SEASON}:scores", member(0).bytes)


def test_a_season_without_anybody_has_no_ranks(ledger: Database, redis: redis_py.Redis) -> None:
    tell(ledger, [opened()])
    ranks.sync(ledger, redis)

    assert ranks.look(redis, SEASON, [member(1)], leaders=5) == ranks.Look(
        version=0, total=0, leaders=(), around={member(1): ()}
    )
