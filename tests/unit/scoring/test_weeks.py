"""Activity counts regular weeks, not hours sat through."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from scoring.rating import (
    PARAMETERS_V1,
    Week,
    activity,
    activity_ppb,
    answer_minutes,
    credited_minutes,
)

MINUTES = st.integers(0, 2_000)
WEEKS = st.lists(MINUTES, max_size=13)
ELAPSED = st.integers(0, 13)


def test_the_best_ten_of_thirteen_weeks_are_averaged() -> None:
    assert activity_ppb([90] * 10 + [0] * 3, 13, PARAMETERS_V1) == 1_000_000_000
    assert activity_ppb([90] * 9, 13, PARAMETERS_V1) == 900_000_000


def test_a_running_season_averages_only_the_weeks_begun() -> None:
    assert activity_ppb([90], 1, PARAMETERS_V1) == 1_000_000_000
    assert activity_ppb([90], 2, PARAMETERS_V1) == 500_000_000
    assert activity_ppb([90, 45, 45, 45], 4, PARAMETERS_V1) == 625_000_000


def test_before_the_season_nobody_is_active() -> None:
    assert activity_ppb([], 0, PARAMETERS_V1) == 0


def test_hours_beyond_a_full_week_earn_nothing() -> None:
    assert activity_ppb([5_000], 10, PARAMETERS_V1) == activity_ppb([90], 10, PARAMETERS_V1)


def test_a_part_of_a_minute_counts_exactly() -> None:
    assert activity_ppb([Fraction(1, 60)], 10, PARAMETERS_V1) == 18_519


def test_an_answer_faster_than_a_tenth_of_the_median_earns_no_minutes() -> None:
    assert answer_minutes(1_999, 20_000, PARAMETERS_V1) == 0


def test_an_answer_at_a_tenth_of_the_median_earns_its_minutes() -> None:
    assert answer_minutes(2_000, 20_000, PARAMETERS_V1) == 3


def test_without_a_known_median_every_answer_earns_its_minutes() -> None:
    assert answer_minutes(1, None, PARAMETERS_V1) == 3


def test_all_kinds_of_work_add_up_to_the_minutes_of_a_week() -> None:
    week = Week(
        watched_ms=1_259_999,
        present_s=600,
        answers_with_effort=5,
        practice_min=20,
        approved_questions=1,
        accepted_answers=2,
    )

    assert credited_minutes(week, PARAMETERS_V1) == 20 + 10 + 15 + 20 + 10 + 30


def test_contributions_beyond_three_of_a_kind_earn_nothing_in_a_week() -> None:
    many = Week(approved_questions=9, accepted_answers=7)
    three = Week(approved_questions=3, accepted_answers=3)

    assert credited_minutes(many, PARAMETERS_V1) == credited_minutes(three, PARAMETERS_V1) == 75


@given(weeks=WEEKS, elapsed=ELAPSED)
def test_activity_is_a_share(weeks: list[int], elapsed: int) -> None:
    assert 0 <= activity_ppb(weeks, elapsed, PARAMETERS_V1) <= 1_000_000_000


@given(weeks=WEEKS, elapsed=ELAPSED)
def test_the_reading_twin_agrees_with_the_exact_activity(weeks: list[int], elapsed: int) -> None:
    exact = activity_ppb(weeks, elapsed, PARAMETERS_V1)

    assert abs(activity(weeks, elapsed, PARAMETERS_V1) * 1_000_000_000 - exact) <= 0.5 + 1e-6


@given(data=st.data(), weeks=WEEKS, elapsed=ELAPSED)
def test_the_order_of_weeks_does_not_matter(
    data: st.DataObject, weeks: list[int], elapsed: int
) -> None:
    shuffled = data.draw(st.permutations(weeks))

    assert activity_ppb(weeks, elapsed, PARAMETERS_V1) == activity_ppb(
        shuffled, elapsed, PARAMETERS_V1
    )


@given(weeks=st.lists(MINUTES, min_size=1, max_size=13), more=MINUTES, elapsed=ELAPSED)
def test_more_minutes_never_lower_activity(weeks: list[int], more: int, elapsed: int) -> None:
    richer = [weeks[0] + more, *weeks[1:]]

    assert activity_ppb(richer, elapsed, PARAMETERS_V1) >= activity_ppb(
        weeks, elapsed, PARAMETERS_V1
    )


@given(weeks=WEEKS, elapsed=ELAPSED)
def test_a_week_without_minutes_is_the_same_as_no_week(weeks: list[int], elapsed: int) -> None:
    assert activity_ppb([*weeks, 0], elapsed, PARAMETERS_V1) == activity_ppb(
        weeks, elapsed, PARAMETERS_V1
    )
