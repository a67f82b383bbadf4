"""The scheduler does each duty in its rhythm, and a service that is away delays only that duty."""

from threading import Barrier, Event

import pytest
from redis.exceptions import ConnectionError as RedisGone
from sqlalchemy.exc import OperationalError

from psot.scheduler import Duty, beside, run


class Hours:
    """A clock and a stop bell in one: every wait moves the time, the last one stops."""

    def __init__(self, until_s: float) -> None:
        self.now_s = 0.0
        self.until_s = until_s

    def monotonic(self) -> float:
        return self.now_s

    def is_set(self) -> bool:
        return self.now_s >= self.until_s

    def wait(self, seconds: float) -> None:
        self.now_s += max(seconds, 0.001)


def work(table: list[Duty], until_s: float) -> None:
    hours = Hours(until_s)
    run(table, hours, monotonic=hours.monotonic)  # type: ignore[arg-type]  # behaves as an Event


def test_each_duty_is_done_at_once_and_then_in_its_rhythm() -> None:
    done: list[str] = []
    table = [
        Duty(name="often", every_s=1, act=lambda: done.append("often")),
        Duty(name="rarely", every_s=4, act=lambda: done.append("rarely")),
    ]

    work(table, until_s=8)

    assert (done.count("often"), done.count("rarely")) == (8, 2)
    assert done[:2] == ["often", "rarely"]


def test_a_duty_rests_from_its_end() -> None:
    hours, begun = Hours(until_s=13), list[float]()

    def act() -> None:
        begun.append(round(hours.now_s))
        hours.now_s += 2

    run([Duty(name="slow", every_s=4, act=act)], hours, monotonic=hours.monotonic)  # type: ignore[arg-type]  # behaves as an Event

    assert begun == [0, 6, 12]


@pytest.mark.parametrize(("takes_s", "expected"), [(2, [0, 4, 8, 12]), (5, [0, 6, 12])])
def test_a_duty_with_a_rest_keeps_its_rhythm_and_rests_all_the_same(
    takes_s: int, expected: list[float]
) -> None:
    hours, begun = Hours(until_s=13), list[float]()

    def act() -> None:
        begun.append(round(hours.now_s))
        hours.now_s += takes_s

    run([Duty(name="slow", every_s=4, rest_s=1, act=act)], hours, monotonic=hours.monotonic)  # type: ignore[arg-type]  # behaves as an Event

    assert begun == expected


@pytest.mark.parametrize("error", [RedisGone("cut"), OperationalError("SELECT 1", {}, OSError())])
def test_a_service_that_is_away_delays_only_what_needs_it(error: Exception) -> None:
    done: list[str] = []

    def fail() -> None:
        done.append("tried")
        raise error

    work(
        [
            Duty(name="cut", every_s=1, act=fail),
            Duty(name="well", every_s=1, act=lambda: done.append("did")),
        ],
        until_s=3,
    )

    assert (done.count("tried"), done.count("did")) == (3, 3)


def test_a_stop_ends_it_before_the_next_duty() -> None:
    stopping = Event()
    table = [Duty(name="last", every_s=3600, act=stopping.set)]

    run(table, stopping)

    assert table[0].due_s > 0


def test_tables_are_done_beside_each_other_until_the_bell() -> None:
    met, stopping = Barrier(2, timeout=60), Event()

    def meet() -> None:
        met.wait()
        stopping.set()

    beside([[Duty(name=one, every_s=1, act=meet)] for one in ("one", "other")], stopping)

    assert not met.broken


def test_an_error_in_one_table_ends_all_and_is_told() -> None:
    def fail() -> None:
        raise LookupError("broken")

    tables = [[Duty(name="broken", every_s=1, act=fail)], [Duty(name="well", every_s=1, act=dict)]]

    with pytest.raises(LookupError, match="broken"):
        beside(tables, Event())
