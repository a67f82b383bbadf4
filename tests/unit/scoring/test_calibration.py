"""A calibration tells how hard questions proved, once enough members have tried them."""

from statistics import median_low

from hypothesis import given
from hypothesis import strategies as st

from scoring.rating import (
    PARAMETERS_V1,
    Calibration,
    ItemCalibration,
    Observation,
    calibrate,
    facility_ppm,
    median_ms,
    season_mean_ppm,
)

OBSERVATIONS = st.lists(
    st.builds(
        Observation,
        question=st.sampled_from(["ppe-01", "risk-02"]),
        score_ppm=st.sampled_from([0, 333_333, 1_000_000]),
        elapsed_ms=st.integers(200, 90_000),
    ),
    max_size=40,
)


def answers(question: str, *, right: int, wrong: int) -> list[Observation]:
    scores = [1_000_000] * right + [0] * wrong
    return [
        Observation(question=question, score_ppm=score, elapsed_ms=1_000 * (number + 1))
        for number, score in enumerate(scores)
    ]


def test_before_the_first_calibration_no_question_is_known() -> None:
    initial = Calibration.initial(PARAMETERS_V1)

    assert initial.facility_of("ppe-01") is None
    assert initial.median_of("ppe-01") is None
    assert initial.mean_ppb == 620_000_000


def test_a_calibration_of_nothing_is_the_initial_one() -> None:
    assert calibrate([], PARAMETERS_V1) == Calibration.initial(PARAMETERS_V1)


def test_a_question_is_known_by_its_share_of_right_answers_and_its_median_time() -> None:
    calibration = calibrate(answers("ppe-01", right=7, wrong=3), PARAMETERS_V1)

    assert calibration.items == {
        "ppe-01": ItemCalibration(attempts=10, facility_ppm=700_000, median_ms=5_000)
    }
    assert calibration.facility_of("ppe-01") == 700_000
    assert calibration.median_of("ppe-01") == 5_000


def test_a_question_few_have_tried_stays_unknown_but_counts_for_the_mean() -> None:
    calibration = calibrate(answers("ppe-01", right=6, wrong=3), PARAMETERS_V1)

    assert calibration.facility_of("ppe-01") is None
    assert calibration.mean_ppm == 666_667


def test_a_partly_right_answer_is_not_a_right_one_for_facility() -> None:
    half = [Observation(question="ppe-07", score_ppm=500_000, elapsed_ms=9_000)] * 10
    calibration = calibrate(half, PARAMETERS_V1)

    assert calibration.facility_of("ppe-07") == 0
    assert calibration.mean_ppm == 500_000


def test_nothing_has_no_facility_no_mean_and_no_median() -> None:
    assert facility_ppm(0, 0) is None
    assert season_mean_ppm([]) is None
    assert median_ms([]) is None


@given(times_ms=st.lists(st.integers(0, 100_000), min_size=1))
def test_the_median_is_a_time_somebody_took(times_ms: list[int]) -> None:
    assert median_ms(times_ms) == median_low(times_ms)


@given(observations=OBSERVATIONS, data=st.data())
def test_the_order_of_answers_does_not_matter(
    observations: list[Observation], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(observations))

    assert calibrate(observations, PARAMETERS_V1) == calibrate(shuffled, PARAMETERS_V1)


@given(observations=OBSERVATIONS)
def test_every_published_figure_is_within_its_bounds(observations: list[Observation]) -> None:
    calibration = calibrate(observations, PARAMETERS_V1)

    assert 0 <= calibration.mean_ppm <= 1_000_000
    for item in calibration.items.values():
        assert 0 <= item.facility_ppm <= 1_000_000
        assert item.attempts >= 10
