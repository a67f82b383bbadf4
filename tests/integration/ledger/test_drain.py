"""The bell, the drainer and the sweeper: nothing is stranded, and boards follow."""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from redis import Redis
from redis.exceptions import ConnectionError as RedisGone
from rq import Queue
from rq.serializers import JSONSerializer
from sqlalchemy import text
from sqlalchemy.orm import Session

from psot.database import Database
from psot.ledger import Catalogue, Ledger, Projection, Recorded, append_many
from psot.ledger.bell import BACK_OFF_S, DRAINER, DRAINER_TTL_S, FLAG, FLAG_TTL_S, JOB, Bell
from psot.ledger.drain import Drainer
from psot.ledger.sweep import sweep
from tests.integration.ledger.tally import counts, fold, ledger_on, projection, registered

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def tell(database: Database, *regions: str) -> None:
    with database.begin() as session:
        append_many(session, [(registered(one), str(uuid.uuid4()), NOON) for one in regions])


def jobs(redis: Redis) -> list[str]:
    queue = Queue("ledger", connection=redis, serializer=JSONSerializer)
    return [str(job.func_name) for job in queue.jobs]


class Time:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def monotonic(self) -> float:
        return self.now_s

    def sleep(self, seconds: float) -> None:
        self.now_s += seconds


class Watched:
    """A projection that people watch; remembers what was published."""

    def __init__(self, error: Exception | None = None) -> None:
        self.published: list[dict[str, int]] = []
        self.error = error

    def projection(self) -> Projection:
        plain = projection()
        return Projection(
            name=plain.name,
            version=1,
            facts=plain.facts,
            tables=plain.tables,
            fold=fold,
            publish=self.publish,
        )

    def publish(self, database: Database, _redis: Redis) -> None:
        if self.error:
            raise self.error
        self.published.append(counts(database))


def drainer(database: Database, redis: Redis, watched: Projection, time: Time) -> Drainer:
    return Drainer(
        database, redis, Catalogue((watched,)), monotonic=time.monotonic, sleep=time.sleep
    )


def test_many_rings_make_one_job_and_it_carries_nothing(redis: Redis) -> None:
    bell = Bell(redis)
    for _ in range(5):
        bell.ring()

    (job,) = Queue("ledger", connection=redis, serializer=JSONSerializer).jobs
    assert (job.func_name, job.args, job.kwargs) == (JOB, [], {})


def test_a_drainer_that_is_there_sees_the_flag_and_nobody_else_is_called(redis: Redis) -> None:
    bell = Bell(redis)
    assert not bell.take_down(), "nobody rang, and somebody is there from now on"

    bell.ring()

    assert jobs(redis) == []
    assert bell.leave(), "who goes has to stay: the flag is up"
    assert bell.take_down()
    assert not bell.leave()
    bell.ring()
    assert jobs(redis) == [JOB]


def test_a_drainer_that_died_is_missed(redis: Redis) -> None:
    bell = Bell(redis)
    bell.take_down()
    assert 0 < redis.pttl(DRAINER) <= DRAINER_TTL_S * 1000
    bell.ring()
    assert 0 < redis.pttl(FLAG) <= FLAG_TTL_S * 1000
    redis.delete(DRAINER, FLAG)  # as time does

    bell.ring()

    assert jobs(redis) == [JOB]


def test_a_job_that_still_waits_is_enough(redis: Redis) -> None:
    bell = Bell(redis)
    for _ in range(3):
        bell.ring()
        redis.delete(FLAG)

    assert jobs(redis) == [JOB]


def test_a_fact_told_in_the_last_moment_keeps_the_drainer(ledger: Database, redis: Redis) -> None:
    class Last(Time):
        """Somebody tells a fact and rings while the drainer sleeps for the last time."""

        def monotonic(self) -> float:
            if self.now_s >= 1.0 and not told:
                told.append("A")
                tell(ledger, "A")
                Bell(redis).ring()
            return self.now_s

    told: list[str] = []
    done = drainer(ledger, redis, projection(), Last()).run(linger_s=1.0)

    assert (done, counts(ledger), jobs(redis)) == (1, {"A": 1}, [])


def test_whom_nobody_watches_folds_more_at_once(ledger: Database, redis: Redis) -> None:
    batches: list[tuple[bool, int]] = []
    time = Time()
    rest_s = projection().rest_s

    def folding(session: Session, batch: Sequence[Recorded]) -> None:
        batches.append((time.now_s >= rest_s, len(batch)))
        fold(session, batch)
        if len(batches) == 1:
            tell(ledger, "B")
            tell(ledger, "C")

    tell(ledger, "A")
    done = drainer(ledger, redis, projection(fold=folding), time).run(linger_s=0)

    assert done == 3
    assert batches == [(False, 1), (True, 2)], "the second batch waited for its time"


def test_what_another_drainer_folds_is_looked_at_again(ledger: Database, redis: Redis) -> None:
    tell(ledger, "A")
    with ledger.begin() as other:
        other.execute(
            text("SELECT pg_advisory_xact_lock(hashtext('psot.ledger'), hashtext('tally'))")
        )

        class Ends(Time):
            """The other one gives its lock back while this one sleeps."""

            def sleep(self, seconds: float) -> None:
                super().sleep(seconds)
                other.rollback()

        done = drainer(ledger, redis, projection(), Ends()).run(linger_s=0)

    assert (done, counts(ledger)) == (1, {"A": 1})


def test_a_drainer_takes_the_bell_down_before_it_reads(ledger: Database, redis: Redis) -> None:
    Bell(redis).ring()
    watched = Watched()

    def folding(session: Any, batch: Any) -> None:
        watched.published.append({"flag": redis.exists(FLAG)})
        fold(session, batch)

    tell(ledger, "A")
    plain = projection(fold=folding)
    drainer(ledger, redis, plain, Time()).run(linger_s=0)

    assert watched.published == [{"flag": 0}]


def test_a_drainer_lingers_and_publishes_the_last_state(ledger: Database, redis: Redis) -> None:
    watched, time = Watched(), Time()
    tell(ledger, "A", "B")

    done = drainer(ledger, redis, watched.projection(), time).run(linger_s=1.0)

    assert done == 2
    assert watched.published[-1] == {"A": 1, "B": 1}
    assert time.now_s >= 1.0


def test_a_drainer_that_worked_long_enough_rings_for_the_next(
    ledger: Database, redis: Redis
) -> None:
    class Busy(Time):
        def monotonic(self) -> float:
            tell(ledger, "A")
            self.now_s += 20
            return self.now_s

    time = Busy()
    done = drainer(ledger, redis, projection(), time).run()

    assert done >= 2
    assert jobs(redis) == [JOB]


def test_a_board_that_cannot_be_published_does_not_stop_the_facts(
    ledger: Database, redis: Redis
) -> None:
    watched = Watched(RedisGone("cut"))
    tell(ledger, "A")

    done = drainer(ledger, redis, watched.projection(), Time()).run(linger_s=0)

    assert (done, counts(ledger)) == (1, {"A": 1})


def test_the_sweeper_rings_for_what_no_bell_was_heard_for(ledger: Database, redis: Redis) -> None:
    watched = Watched()
    catalogue = Catalogue((watched.projection(),))
    tell(ledger, "A")
    assert jobs(redis) == [], "this ledger's bell writes to a list"

    assert sweep(ledger, redis, catalogue)
    assert jobs(redis) == [JOB]
    Drainer(ledger, redis, catalogue).run(linger_s=0)
    assert not sweep(ledger, redis, catalogue)
    assert watched.published[-1] == {"A": 1}


class Deaf:
    """A Redis that does not answer; counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def eval(self, *_: Any) -> None:
        self.asked += 1
        raise RedisGone("cut")


def test_a_deaf_redis_is_left_alone_for_a_while(redis: Redis) -> None:
    deaf, time = Deaf(), Time()
    bell = Bell(redis, monotonic=time.monotonic)
    bell._redis = deaf  # type: ignore[assignment]  # a fake that behaves

    for _ in range(10):
        bell.ring()
    time.sleep(BACK_OFF_S)
    bell.ring()

    assert deaf.asked == 2


def test_a_fact_is_written_although_redis_is_gone(database: Database, redis: Redis) -> None:
    bell = Bell(redis)
    bell._redis = Deaf()  # type: ignore[assignment]  # a fake that behaves
    with ledger_on(database, Catalogue((projection(),))):
        pass
    Ledger(catalogue=Catalogue((projection(),)), ring=bell.ring)
    tell(database, "A")

    Drainer(database, redis, Catalogue((projection(),))).run(linger_s=0)
    assert counts(database) == {"A": 1}


@pytest.mark.parametrize("linger_s", [0, 0.2])
def test_an_idle_drainer_comes_home(ledger: Database, redis: Redis, linger_s: float) -> None:
    assert drainer(ledger, redis, projection(), Time()).run(linger_s=linger_s) == 0
