"""How often somebody may do something."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psot.live.buckets import Rate

RATE = Rate(burst=3, per_s=2)


def test_a_burst_passes_and_the_next_one_waits() -> None:
    bucket, waits = RATE.full(), []
    for _ in range(4):
        bucket, wait_s = bucket.take(100.0)
        waits.append(wait_s)

    assert waits == [0.0, 0.0, 0.0, 0.5]


def test_waiting_as_long_as_told_is_enough() -> None:
    bucket = RATE.full()
    for _ in range(3):
        bucket, _ = bucket.take(100.0)
    _, wait_s = bucket.take(100.0)
    _, after = bucket.take(100.0 + wait_s)

    assert after == 0.0


def test_a_clock_that_stands_still_or_runs_back_gives_nothing() -> None:
    bucket = RATE.full()
    for _ in range(3):
        bucket, _ = bucket.take(100.0)
    _, wait_s = bucket.take(50.0)

    assert wait_s == pytest.approx(0.5)


@given(st.lists(st.floats(0, 3), max_size=60))
def test_never_more_than_burst_and_rate_pass(pauses_s: list[float]) -> None:
    bucket, now_s, passed = RATE.full(), 0.0, 0
    for pause_s in pauses_s:
        now_s += pause_s
        bucket, wait_s = bucket.take(now_s)
        passed += wait_s == 0.0

    assert passed <= RATE.burst + RATE.per_s * now_s + 1e-6
