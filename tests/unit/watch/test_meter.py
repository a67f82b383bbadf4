"""Time is the only currency: whatever is told, it earns no more than the time that passed."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.watch import WATCHING, Meter, Span, accrued, length_ms, spend, started, union

HOUR = 3_600_000


@dataclass(frozen=True)
class Told:
    """A report: after ``wait_ms``, by the tab ``tab``, of ``played`` at ``speed_permille``."""

    wait_ms: int
    tab: int
    speed_permille: int
    played: tuple[Span, ...]


def stretch(two: tuple[int, int]) -> Span:
    return (min(two), max(two))


reports = st.lists(
    st.builds(
        Told,
        wait_ms=st.integers(-5_000, 400_000),
        tab=st.integers(0, 2),
        speed_permille=st.integers(1, 64_000),
        played=st.lists(
            st.tuples(st.integers(0, HOUR), st.integers(0, HOUR)).map(stretch), max_size=4
        ).map(tuple),
    ),
    max_size=25,
)


@given(reports)
def test_whatever_is_told_is_paid_for_with_time_that_passed_at_twice_its_speed_at_most(
    told: list[Told],
) -> None:
    now, latest = 0, 0
    shared, own = started(0), [started(0)] * 3
    accepted: list[Span] = []
    for one in told:
        now += one.wait_ms
        latest = max(latest, now)
        spent = spend((shared, own[one.tab]), one.played, one.speed_permille, now_ms=now)
        shared, own[one.tab] = spent.meters
        accepted += spent.accepted

        assert spent.accepted_ms + spent.refused_ms == length_ms(one.played)
        assert min(meter.saved_ms for meter in spent.meters) >= 0
        assert length_ms(accepted) <= 2 * latest
    assert length_ms(union(accepted)) <= HOUR


def test_sixteen_times_the_speed_earns_twice_the_time() -> None:
    spent = spend([started(0)], [(0, 160_000)], 16_000, now_ms=10_000)

    assert spent.accepted == ((0, 20_000),)
    assert spent.refused_ms == 140_000


def test_slow_playing_takes_the_time_it_takes() -> None:
    spent = spend([started(0)], [(0, 9_000)], 750, now_ms=12_000)

    assert (spent.accepted, spent.cost_ms) == (((0, 9_000),), 12_000)


def test_two_tabs_earn_together_what_one_would() -> None:
    shared = started(0)
    first = spend((shared, started(0)), [(0, 10_000)], 1000, now_ms=10_000)
    second = spend((first.meters[0], started(0)), [(20_000, 30_000)], 1000, now_ms=10_000)

    assert first.accepted == ((0, 10_000),)
    assert second.accepted == ()


def test_a_connection_lost_for_minutes_is_made_up_for_and_one_lost_for_hours_is_not() -> None:
    minutes = spend([started(0)], [(0, 240_000)], 1000, now_ms=240_000)
    hours = spend([started(0)], [(0, HOUR)], 1000, now_ms=HOUR)

    assert minutes.refused_ms == 0
    assert hours.accepted == ((0, WATCHING.most_saved_ms),)


def test_a_new_tab_has_no_time_of_its_own_yet_whatever_the_member_has_saved() -> None:
    rich = Meter(at_ms=0, saved_ms=WATCHING.most_saved_ms)

    spent = spend((rich, started(HOUR)), [(0, 60_000)], 2000, now_ms=HOUR)

    assert spent.accepted == ()


def test_what_was_played_first_is_paid_for_first() -> None:
    spent = spend([started(0)], [(50_000, 56_000), (0, 6_000)], 1000, now_ms=10_000)

    assert spent.accepted == ((50_000, 56_000), (0, 4_000))


def test_a_clock_that_goes_back_neither_adds_nor_takes() -> None:
    assert accrued(Meter(at_ms=500, saved_ms=7), 100) == Meter(at_ms=500, saved_ms=7)


def test_nothing_is_played_at_no_speed() -> None:
    with pytest.raises(ValueError, match="no speed"):
        spend([started(0)], [(0, 1)], 0, now_ms=1)
