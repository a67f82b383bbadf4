"""Effectiveness weighs hard questions more and trusts few answers less."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from scoring.rating import (
    NOTHING_ANSWERED,
    PARAMETERS_V1,
    EffectivenessSums,
    FirstAttempt,
    effectiveness,
    effectiveness_ppb,
    weight_ppm,
)

MEAN_PPB = 620_000_000
PPM = st.integers(0, 1_000_000)
ATTEMPTS = st.lists(
    st.builds(
        FirstAttempt,
        question=st.sampled_from(["ppe-01", "height-02", "risk-03"]),
        score_ppm=PPM,
        facility_ppm=st.none() | PPM,
    ),
    max_size=40,
)


def attempt(*, score_ppm: int = 1_000_000, facility_ppm: int | None = 700_000) -> FirstAttempt:
    return FirstAttempt(question="ppe-01", score_ppm=score_ppm, facility_ppm=facility_ppm)


def test_who_answered_nothing_stands_on_the_season_mean() -> None:
    assert effectiveness_ppb([], MEAN_PPB, PARAMETERS_V1) == MEAN_PPB
    assert EffectivenessSums.of([], PARAMETERS_V1) == NOTHING_ANSWERED


def test_a_question_weighs_half_plus_the_share_of_wrong_answers() -> None:
    assert weight_ppm(700_000, PARAMETERS_V1) == 800_000
    assert weight_ppm(0, PARAMETERS_V1) == 1_500_000


def test_a_question_nobody_has_calibrated_weighs_one() -> None:
    assert weight_ppm(None, PARAMETERS_V1) == 1_000_000


def test_a_question_nearly_everybody_gets_right_leaves_effectiveness() -> None:
    trivial = attempt(score_ppm=0, facility_ppm=950_001)

    assert weight_ppm(950_000, PARAMETERS_V1) == 550_000
    assert effectiveness_ppb([trivial], MEAN_PPB, PARAMETERS_V1) == MEAN_PPB


def test_a_hard_question_raises_effectiveness_more_than_an_easy_one() -> None:
    hard = effectiveness_ppb([attempt(facility_ppm=200_000)], MEAN_PPB, PARAMETERS_V1)
    easy = effectiveness_ppb([attempt(facility_ppm=900_000)], MEAN_PPB, PARAMETERS_V1)

    assert hard > easy > MEAN_PPB


@given(attempts=ATTEMPTS)
def test_effectiveness_is_a_share(attempts: list[FirstAttempt]) -> None:
    assert 0 <= effectiveness_ppb(attempts, MEAN_PPB, PARAMETERS_V1) <= 1_000_000_000


@given(attempts=ATTEMPTS)
def test_the_reading_twin_agrees_with_the_exact_effectiveness(
    attempts: list[FirstAttempt],
) -> None:
    exact = effectiveness_ppb(attempts, MEAN_PPB, PARAMETERS_V1)

    assert (
        abs(effectiveness(attempts, MEAN_PPB, PARAMETERS_V1) * 1_000_000_000 - exact) <= 0.5 + 1e-6
    )


@given(data=st.data(), attempts=ATTEMPTS)
def test_the_order_of_attempts_does_not_matter(
    data: st.DataObject, attempts: list[FirstAttempt]
) -> None:
    shuffled = data.draw(st.permutations(attempts))

    assert effectiveness_ppb(attempts, MEAN_PPB, PARAMETERS_V1) == effectiveness_ppb(
        shuffled, MEAN_PPB, PARAMETERS_V1
    )


@given(first=ATTEMPTS, second=ATTEMPTS)
def test_sums_kept_apart_add_up_to_the_sums_of_all(
    first: list[FirstAttempt], second: list[FirstAttempt]
) -> None:
    together = EffectivenessSums.of(first + second, PARAMETERS_V1)

    assert (
        EffectivenessSums.of(first, PARAMETERS_V1) + EffectivenessSums.of(second, PARAMETERS_V1)
        == together
    )
    assert together.ppb(MEAN_PPB, PARAMETERS_V1) == effectiveness_ppb(
        first + second, MEAN_PPB, PARAMETERS_V1
    )


@given(others=ATTEMPTS, score_ppm=PPM, better_ppm=PPM, facility_ppm=PPM)
def test_a_better_answer_never_lowers_effectiveness(
    others: list[FirstAttempt], score_ppm: int, better_ppm: int, facility_ppm: int
) -> None:
    low, high = sorted((score_ppm, better_ppm))
    worse = attempt(score_ppm=low, facility_ppm=facility_ppm)
    better = replace(worse, score_ppm=high)

    assert effectiveness_ppb([*others, better], MEAN_PPB, PARAMETERS_V1) >= effectiveness_ppb(
        [*others, worse], MEAN_PPB, PARAMETERS_V1
    )


@given(score_ppm=PPM, facility_ppm=st.integers(0, 950_000), few=st.integers(0, 20))
def test_few_answers_stay_closer_to_the_season_mean_than_many(
    score_ppm: int, facility_ppm: int, few: int
) -> None:
    one = attempt(score_ppm=score_ppm, facility_ppm=facility_ppm)
    near = effectiveness_ppb([one] * few, MEAN_PPB, PARAMETERS_V1)
    far = effectiveness_ppb([one] * (few + 5), MEAN_PPB, PARAMETERS_V1)

    assert abs(near - MEAN_PPB) <= abs(far - MEAN_PPB)
    assert abs(far - MEAN_PPB) <= abs(score_ppm * 1000 - MEAN_PPB)
