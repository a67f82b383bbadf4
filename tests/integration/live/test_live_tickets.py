"""Tickets that are shown in one moment travel to Redis together."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import gevent
import pytest
from redis import ConnectionPool, Redis
from redis.client import Pipeline
from redis.exceptions import RedisError

from psot.embedded.valkey import Valkey
from psot.live import tickets
from psot.live.tickets import Counter
from psot.live.visitor import Visitor
from tests.services import wait_until


class FarRedis(Redis):
    """Redis at the end of a long line, during which others come; counts its journeys."""

    journeys = 0
    cut = False
    """Whether nobody arrives there."""

    def pipeline(self, transaction: bool = True, shard_hint: str | None = None) -> Pipeline:  # noqa: FBT001, FBT002 - redis-py's signature
        """Give a pipeline whose journey takes its time."""
        made = Pipeline(self.connection_pool, self.response_callbacks, transaction, shard_hint)
        execute = made.execute

        def travel(raise_on_error: bool = True) -> list[object]:  # noqa: FBT001, FBT002
            self.journeys += 1
            gevent.sleep(0.01)
            if self.cut:
                raise RedisError("the line is cut")
            return execute(raise_on_error)

        made.execute = travel  # type: ignore[method-assign]
        return made


@pytest.fixture
def far(valkey: Valkey, redis: Redis) -> FarRedis:
    """The Redis of the test, far away; emptied as that is."""
    assert redis.ping()
    return FarRedis(connection_pool=ConnectionPool.from_url(valkey.url()))


def show(counter: Counter, shown: list[str]) -> list[Visitor | RedisError | None]:
    """Show all tickets in one moment and return what each came to."""

    def one(ticket: str) -> Visitor | RedisError | None:
        try:
            return counter.redeem(ticket)
        except RedisError as error:
            return error

    jobs = [gevent.spawn(one, ticket) for ticket in shown]
    return [job.get() for job in jobs]


def test_a_crowd_costs_two_journeys_and_each_is_taken_for_who_it_is(
    far: FarRedis, redis: Redis
) -> None:
    crowd = [Visitor(session=str(number), member=UUID(int=number)) for number in range(1, 21)]
    shown = [tickets.issue(redis, one) for one in crowd]
    used = "x" * 43

    found = show(Counter(far), [*shown, used, shown[0]])

    assert found == [*crowd, None, None]
    assert far.journeys == 2
    assert redis.keys("*") == []


def test_what_has_no_shape_of_a_ticket_does_not_travel(far: FarRedis) -> None:
    assert Counter(far).redeem("x") is None
    assert far.journeys == 0


def test_a_redis_that_does_not_answer_lets_nobody_in_and_is_asked_again(
    far: FarRedis, redis: Redis
) -> None:
    counter = Counter(far)
    shown = [tickets.issue(redis, Visitor(session=one)) for one in "abc"]
    far.cut = True
    gone = show(counter, shown)
    far.cut = False
    back = show(counter, shown)

    assert all(isinstance(one, RedisError) for one in gone)
    assert [one.session for one in back if isinstance(one, Visitor)] == ["a", "b", "c"]


def test_whoever_leads_may_be_stopped(far: FarRedis, redis: Redis) -> None:
    counter = Counter(far)
    shown = [tickets.issue(redis, Visitor(session=one)) for one in "abcd"]
    ahead = gevent.spawn(counter.redeem, shown[0])
    gevent.sleep(0)
    leader, led = (gevent.spawn(counter.redeem, one) for one in shown[1:3])
    gevent.sleep(0)
    leader.kill()

    assert led.get() == Visitor(session="c")
    assert ahead.get() == Visitor(session="a")
    assert counter.redeem(shown[3]) == Visitor(session="d")


def test_tickets_asked_for_in_one_moment_are_kept_together(
    redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    travels: list[int] = []
    execute, out = Pipeline.execute, threading.Event()

    def travel(pipe: Pipeline, raise_on_error: bool = True) -> list[object]:  # noqa: FBT001, FBT002 - redis-py's signature
        travels.append(len(pipe))
        out.wait()
        return execute(pipe, raise_on_error)

    counter = Counter(redis)
    crowd = [Visitor(session=str(number)) for number in range(5)]
    with monkeypatch.context() as patch, ThreadPoolExecutor(5) as pool:
        patch.setattr(Pipeline, "execute", travel)
        asked = [pool.submit(counter.issue, crowd[0])]
        wait_until(lambda: travels == [1])
        asked += [pool.submit(counter.issue, one) for one in crowd[1:]]
        wait_until(lambda: len(waiting(counter)) == 4)
        out.set()
        shown = [one.result() for one in asked]

    assert travels == [1, 4]
    assert [counter.redeem(one) for one in shown] == crowd
    assert redis.keys("*") == []


def waiting(counter: Counter) -> Sequence[object]:
    """Tickets that leave next."""
    trip = counter._new._next
    return () if trip is None else trip.asked


def test_a_ticket_is_good_for_half_a_minute(redis: Redis) -> None:
    Counter(redis).issue(Visitor())

    (key,) = redis.keys("*")
    assert 0 < redis.ttl(key) <= tickets.LIFETIME_S
