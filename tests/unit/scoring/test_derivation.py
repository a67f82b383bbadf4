"""A rating opens into the weeks and attempts it was made of."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from scoring.rating import (
    PARAMETERS_V1,
    AttemptLine,
    FirstAttempt,
    WeekLine,
    activity_ppb,
    derive,
    effectiveness_ppb,
    rating_milli,
)

MEAN_PPB = 620_000_000


def test_every_week_and_every_attempt_is_listed_with_what_it_counts() -> None:
    derivation = derive(
        weeks_min={0: 120, 1: 0, 2: 45},
        weeks_elapsed=2,
        attempts=[
            FirstAttempt(question="risk-02", score_ppm=0, facility_ppm=None),
            FirstAttempt(question="ppe-01", score_ppm=1_000_000, facility_ppm=700_000),
        ],
        mean_ppb=MEAN_PPB,
        params=PARAMETERS_V1,
    )

    assert derivation.weeks == (
        WeekLine(index=0, minutes=Fraction(120), share_ppb=1_000_000_000, counted=True),
        WeekLine(index=1, minutes=Fraction(0), share_ppb=0, counted=False),
        WeekLine(index=2, minutes=Fraction(45), share_ppb=500_000_000, counted=True),
    )
    assert derivation.attempts == (
        AttemptLine(
            question="ppe-01", score_ppm=1_000_000, facility_ppm=700_000, weight_ppm=800_000
        ),
        AttemptLine(question="risk-02", score_ppm=0, facility_ppm=None, weight_ppm=1_000_000),
    )
    assert (derivation.parameters, derivation.weeks_averaged) == (1, 2)


@given(
    weeks_min=st.dictionaries(st.integers(0, 12), st.integers(0, 500)),
    weeks_elapsed=st.integers(0, 13),
    scores=st.lists(st.integers(0, 1_000_000), max_size=20),
)
def test_the_lines_add_up_to_the_figures(
    weeks_min: dict[int, int], weeks_elapsed: int, scores: list[int]
) -> None:
    attempts = [
        FirstAttempt(question=f"q-{number:02}", score_ppm=score)
        for number, score in enumerate(scores)
    ]
    derivation = derive(
        weeks_min=weeks_min,
        weeks_elapsed=weeks_elapsed,
        attempts=attempts,
        mean_ppb=MEAN_PPB,
        params=PARAMETERS_V1,
    )
    counted = [line.minutes for line in derivation.weeks if line.counted]
    weight = sum(line.weight_ppm for line in derivation.attempts)

    assert derivation.activity_ppb == activity_ppb(counted, weeks_elapsed, PARAMETERS_V1)
    assert len(counted) <= derivation.weeks_averaged
    assert weight == 1_000_000 * len(scores)
    assert derivation.effectiveness_ppb == effectiveness_ppb(attempts, MEAN_PPB, PARAMETERS_V1)
    assert derivation.rating_milli == rating_milli(
        derivation.activity_ppb, derivation.effectiveness_ppb
    )
