"""What moved a region's score is told in two parts that leave nothing over."""

from hypothesis import given
from hypothesis import strategies as st

from scoring.rating import Movement, RegionScore, movement, rating_milli

SHARE_PPB = st.integers(0, 1_000_000_000)


def score(activity_ppb: int, effectiveness_ppb: int) -> RegionScore:
    return RegionScore(
        activity_ppb=activity_ppb,
        effectiveness_ppb=effectiveness_ppb,
        score_milli=rating_milli(activity_ppb, effectiveness_ppb),
    )


SCORE = st.builds(score, SHARE_PPB, SHARE_PPB)


def test_where_only_activity_changed_all_of_the_difference_is_its_own() -> None:
    before, after = score(360_000_000, 640_000_000), score(490_000_000, 640_000_000)

    assert movement(before, after) == Movement(activity_milli=80_000, effectiveness_milli=0)


def test_where_only_effectiveness_changed_activity_moved_nothing() -> None:
    before, after = score(640_000_000, 490_000_000), score(640_000_000, 360_000_000)

    assert movement(before, after) == Movement(activity_milli=0, effectiveness_milli=-80_000)


@given(before=SCORE, after=SCORE)
def test_the_parts_add_up_to_the_difference(before: RegionScore, after: RegionScore) -> None:
    assert movement(before, after).score_milli == after.score_milli - before.score_milli


@given(before=SCORE, after=SCORE)
def test_the_way_back_is_the_way_there_but_for_a_thousandth(
    before: RegionScore, after: RegionScore
) -> None:
    there, back = movement(before, after), movement(after, before)

    assert abs(there.activity_milli + back.activity_milli) <= 1
    assert abs(there.effectiveness_milli + back.effectiveness_milli) <= 1
