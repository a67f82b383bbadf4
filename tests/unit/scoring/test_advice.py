"""Advice promises what the rating will be, computed, and says what is of no use any more."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.rating import PARAMETERS_V1, EffectivenessSums, FirstAttempt, derive
from scoring.rating.advice import (
    Deed,
    Gain,
    Position,
    Spent,
    by_gain,
    by_pace,
    gain,
    minutes_to_full,
    option,
    spent,
)

MEAN_PPB = 620_000_000
NOTHING = EffectivenessSums(weight_ppm=0, weighted_score_ppm2=0)


def attempts(*scores_ppm: int) -> list[FirstAttempt]:
    """First answers to questions of weight 1."""
    return [
        FirstAttempt(question=f"q-{number:03}", score_ppm=score)
        for number, score in enumerate(scores_ppm)
    ]


def position(
    *scores_ppm: int, weeks: dict[int, int | Fraction] | None = None, elapsed: int = 1
) -> Position:
    return Position(
        weeks_min=weeks or {},
        weeks_elapsed=elapsed,
        sums=EffectivenessSums.of(attempts(*scores_ppm), PARAMETERS_V1),
        mean_ppb=MEAN_PPB,
        params=PARAMETERS_V1,
    )


minutes_by_week = st.dictionaries(
    st.integers(0, 12), st.one_of(st.integers(0, 200), st.fractions(0, 200, max_denominator=60))
)
positions = st.builds(
    position,
    *[st.integers(0, 1_000_000)] * 4,
    weeks=minutes_by_week,
    elapsed=st.integers(1, 13),
)
deeds = st.builds(
    Deed,
    week=st.integers(0, 12),
    minutes=st.integers(0, 200),
    weight_ppm=st.integers(0, 30_000_000),
    score_ppm=st.integers(0, 1_000_000),
)


@given(start=positions, deed=deeds)
def test_a_promise_is_the_rating_counted_again_with_the_deed(start: Position, deed: Deed) -> None:
    elapsed = max(start.weeks_elapsed, deed.week + 1)
    scored = [*attempts(0, 0, 0, 0)]

    def rating_of(weeks: dict[int, int | Fraction], sums: EffectivenessSums) -> int:
        opened = derive(
            weeks_min=weeks,
            weeks_elapsed=elapsed,
            attempts=scored,
            mean_ppb=MEAN_PPB,
            params=PARAMETERS_V1,
        )
        told = replace(start, weeks_min=weeks, weeks_elapsed=elapsed, sums=sums)
        assert {one.index for one in opened.weeks if one.counted} == set(told.counted)
        return told.rating_milli

    weeks = dict(start.weeks_min)
    added = EffectivenessSums(
        weight_ppm=deed.weight_ppm, weighted_score_ppm2=deed.weight_ppm * deed.score_ppm
    )
    before = rating_of(weeks, start.sums)
    weeks[deed.week] = weeks.get(deed.week, 0) + deed.minutes
    after = rating_of(weeks, start.sums + added)
    promised = gain(start, deed)

    assert promised.rating_milli == after
    assert promised.milli == after - before


@given(start=positions, week=st.integers(0, 12), minutes=st.integers(0, 200))
def test_minutes_never_lower_a_rating(start: Position, week: int, minutes: int) -> None:
    assert gain(start, Deed(week=week, minutes=minutes)).milli >= 0


@given(start=positions, week=st.integers(0, 12), more=st.integers(0, 200))
def test_past_a_full_week_minutes_change_nothing(start: Position, week: int, more: int) -> None:
    lacking = minutes_to_full(start, week)
    full = gain(start, Deed(week=week, minutes=lacking))

    assert gain(start, Deed(week=week, minutes=lacking + more)) == full


@given(start=positions, deed=deeds)
def test_right_answers_are_worth_no_less_than_expected_ones(start: Position, deed: Deed) -> None:
    offered = option(
        start,
        "some",
        week=deed.week,
        minutes=deed.minutes,
        takes_min=30,
        weight_ppm=deed.weight_ppm,
    )

    assert offered.best.milli >= offered.expected.milli


def test_half_a_week_more_counts_for_a_week_that_no_longer_does() -> None:
    ten_weeks: dict[int, int | Fraction] = dict.fromkeys(range(9), 90)
    start = position(weeks={**ten_weeks, 9: 30, 10: 15}, elapsed=11)

    promised = gain(start, Deed(week=10, minutes=75))

    assert promised == Gain(milli=26_700, rating_milli=787_401, replaces=9)
    assert gain(start, Deed(week=10, minutes=15)) == Gain(
        milli=0, rating_milli=760_701, replaces=None
    )


def test_a_week_to_come_is_compared_with_leaving_it_empty() -> None:
    start = position(weeks={0: 90}, elapsed=1)

    assert gain(start, Deed(week=1, minutes=90)) == Gain(
        milli=230_625, rating_milli=787_401, replaces=None
    )


def test_the_largest_gain_and_the_best_pace_may_be_different_deeds() -> None:
    start = position(*[1_000_000] * 10, *[0] * 10, weeks={0: 45})
    full = option(start, "full week", week=0, minutes=45, takes_min=45)
    some = option(start, "quiz", week=0, minutes=15, takes_min=15, weight_ppm=5_000_000)
    idle = option(start, "nothing", week=0, minutes=0, takes_min=10)

    assert [one.name for one in by_gain([idle, some, full])] == ["full week", "quiz"]
    assert [one.name for one in by_pace([idle, full, some])] == ["quiz", "full week"]
    long = option(start, "film", week=0, minutes=45, takes_min=90)
    assert [one.name for one in by_pace([long, some])] == ["quiz", "film"]
    assert [one.name for one in by_gain([some, long])] == ["film", "quiz"]


def test_before_any_answer_the_mean_of_the_season_is_expected() -> None:
    assert position().own_score_ppm == 620_000
    assert position(1_000_000, 0, 0).own_score_ppm == 333_333


@pytest.mark.parametrize(
    ("start", "told"),
    [
        (position(), ()),
        (position(1_000_000, weeks={0: 30}), ()),
        (position(0, weeks={0: 30}), (Spent.ANSWERS,)),
        (position(weeks={0: 90}), (Spent.WEEK, Spent.WEEKS)),
        (position(weeks={0: 90}, elapsed=2), (Spent.WEEK,)),
        (position(weeks=dict.fromkeys(range(1, 11), 90), elapsed=11), (Spent.WEEKS,)),
    ],
)
def test_what_is_of_no_use_any_more_is_said(start: Position, told: tuple[Spent, ...]) -> None:
    assert spent(start, 0) == told
