"""Small rules of the ratings' room, each against the pure rule or the sentence it stands for."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psot.ratings.homes import Standing, standing
from psot.ratings.rules import Standard, figures, season_at, season_named, week_at
from psot.ratings.sums import NOTHING, Sums
from psot.ratings.tally import First, Tally
from scoring.rating import (
    PARAMETERS_V1,
    EffectivenessSums,
    FirstAttempt,
    activity_ppb,
    answer_minutes,
    effectiveness_ppb,
    rating_milli,
)

START = datetime(2026, 9, 30, 21, tzinfo=UTC)
WEEK = timedelta(days=7)

facilities = st.dictionaries(st.sampled_from("abc"), st.integers(0, 1_000_000))
medians = st.dictionaries(st.sampled_from("abc"), st.integers(0, 120_000))
firsts = st.lists(
    st.builds(
        First,
        question=st.sampled_from("abcd"),
        week=st.integers(0, 12),
        score_ppm=st.integers(0, 1_000_000),
        response_ms=st.integers(0, 20_000),
        version=st.integers(1, 2),
    ),
    max_size=30,
)


def standard(
    facility_ppm: dict[str, int],
    median_ms: dict[str, int],
    weeks_elapsed: int = 13,
    left_out: Sequence[str] = (),
) -> Standard:
    return Standard(
        season="2026-Q4",
        starts_on=date(2026, 10, 1),
        parameters=PARAMETERS_V1,
        mean_ppm=620_000,
        weeks_elapsed=weeks_elapsed,
        facility_ppm=facility_ppm,
        median_ms=median_ms,
        left_out=dict.fromkeys(left_out, "too_easy"),
        left_out_at=dict.fromkeys(left_out, START.isoformat()),
    )


@given(median_ms=st.integers(0, 500_000), response_ms=st.integers(0, 60_000))
def test_the_bound_of_effort_is_that_of_the_rule(median_ms: int, response_ms: int) -> None:
    bound = standard({}, {"a": median_ms}).effort_from_ms("a")

    earned = answer_minutes(response_ms, median_ms, PARAMETERS_V1) > 0
    assert (response_ms >= bound) == earned


@given(
    facility_ppm=facilities,
    median_ms=medians,
    answers=firsts,
    elapsed=st.integers(1, 13),
    raced=st.lists(st.integers(0, 60), min_size=13, max_size=13),
    seen=st.lists(st.tuples(st.integers(0, 12), st.integers(0, 400_000)), max_size=20),
    left_out=st.lists(st.sampled_from(["a", "b@1", "c@2"]), unique=True),
)
def test_a_tally_rates_as_the_pure_rule_does(  # noqa: PLR0917 - all that a rating is made of
    facility_ppm: dict[str, int],
    median_ms: dict[str, int],
    answers: list[First],
    elapsed: int,
    raced: list[int],
    seen: list[tuple[int, int]],
    left_out: list[str],
) -> None:
    measure = standard(facility_ppm, median_ms, elapsed, left_out)
    empty = Tally(first_attempts=0, efforts=(0,) * 13, weight_ppm=0, weighted_ppm2=0)
    tally = empty.with_answers(answers, measure)
    for week, ms in seen:
        tally = tally.with_watched({week: ms}, measure)
    minutes = [
        one + sum(ms for inside, ms in seen if inside == week) // 60_000
        for week, one in enumerate(raced)
    ]
    for one in answers:
        median = median_ms.get(one.question)
        minutes[one.week] += answer_minutes(one.response_ms, median, PARAMETERS_V1)
    activity = activity_ppb(minutes, elapsed, PARAMETERS_V1)
    effectiveness = effectiveness_ppb(
        [
            FirstAttempt(
                question=one.question,
                score_ppm=one.score_ppm,
                facility_ppm=facility_ppm.get(one.question),
                left_out=not {one.question, f"{one.question}@{one.version}"}.isdisjoint(left_out),
            )
            for one in answers
        ],
        620_000_000,
        PARAMETERS_V1,
    )
    sums = EffectivenessSums(weight_ppm=tally.weight_ppm, weighted_score_ppm2=tally.weighted_ppm2)

    assert figures(
        measure, tally.efforts, sums, race_minutes=raced, watched_ms=tally.watched_ms
    ) == (
        activity,
        effectiveness,
        rating_milli(activity, effectiveness),
        sum(minutes),
    )
    assert tally.first_attempts == len(answers)


@given(answers=firsts, cut=st.integers(0, 30))
def test_a_tally_grows_the_same_in_parts(answers: list[First], cut: int) -> None:
    measure = standard({"a": 300_000}, {"b": 60_000})
    empty = Tally(first_attempts=0, efforts=(0,) * 13, weight_ppm=0, weighted_ppm2=0)
    later, earlier = answers[cut:], answers[:cut]

    parts = empty.with_answers(later, measure).with_answers(earlier, measure)
    assert parts == empty.with_answers(answers, measure)


@pytest.mark.parametrize(
    ("homes", "expected"),
    [
        ([], Standing()),
        ([(START - WEEK, "RU-TYU")], Standing(region="RU-TYU", on_roster=True)),
        ([(START, "RU-TYU")], Standing(region="RU-TYU", on_roster=False)),
        (
            [(START - 2 * WEEK, "RU-TYU"), (START - WEEK, "RU-SVE"), (START + WEEK, "RU-MOW")],
            Standing(region="RU-SVE", on_roster=True),
        ),
        (
            [(START + WEEK, "RU-TYU"), (START + 2 * WEEK, "RU-MOW")],
            Standing(region="RU-TYU", on_roster=False),
        ),
    ],
)
def test_a_member_stands_where_the_season_found_them(
    homes: list[tuple[datetime, str]], expected: Standing
) -> None:
    assert {standing(order, START) for order in permutations(homes)} == {expected}


@given(st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - Hypothesis adds the zone
def test_weeks_are_those_of_the_calendar(moment: datetime) -> None:
    season = season_at(moment)

    assert week_at(moment) == (season.name, season.week_index(moment))
    assert season_named(season.name) == season


def test_sums_can_be_taken_back() -> None:
    sums = Sums(
        members=2,
        active=1,
        activity_ppb=7,
        qualified=1,
        effectiveness_ppb=9,
        activity_ppm2=11,
        effectiveness_ppm2=13,
    )

    assert sums + -sums == NOTHING
