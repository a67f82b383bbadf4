"""The rating, the career and the leagues made of it."""

from math import isqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.rating import (
    PARAMETERS_V1,
    SizeLeague,
    career_milli,
    league,
    points,
    rating,
    rating_milli,
    size_league,
)

SHARE_PPB = st.integers(0, 1_000_000_000)


def test_full_activity_and_full_effectiveness_make_a_thousand_points() -> None:
    assert rating_milli(1_000_000_000, 1_000_000_000) == 1_000_000
    assert points(1_000_000) == 1000


def test_either_half_missing_makes_no_rating() -> None:
    assert rating_milli(0, 1_000_000_000) == rating_milli(1_000_000_000, 0) == 0


@given(a=SHARE_PPB, e=SHARE_PPB)
def test_the_rating_is_rounded_to_the_nearest_thousandth(a: int, e: int) -> None:
    milli = rating_milli(a, e)

    assert (2 * milli - 1) ** 2 * 250_000 <= a * e or milli == 0
    assert a * e < (2 * milli + 1) ** 2 * 250_000


@given(a=SHARE_PPB, e=SHARE_PPB)
def test_the_reading_twin_agrees_with_the_exact_rating(a: int, e: int) -> None:
    assert abs(rating(a / 1e9, e / 1e9) * 1000 - rating_milli(a, e)) <= 0.5 + 1e-6


@given(a=SHARE_PPB, e=SHARE_PPB, more=SHARE_PPB)
def test_more_of_either_never_lowers_the_rating(a: int, e: int, more: int) -> None:
    assert rating_milli(max(a, more), e) >= rating_milli(a, e)
    assert rating_milli(a, max(e, more)) >= rating_milli(a, e)


@given(a=SHARE_PPB, e=SHARE_PPB)
def test_the_rating_lies_between_its_halves(a: int, e: int) -> None:
    assert min(a, e) // 1000 <= rating_milli(a, e) <= -(-max(a, e) // 1000)
    assert rating_milli(a, e) == rating_milli(e, a)


def test_points_shown_round_half_a_point_up() -> None:
    assert [points(milli) for milli in (0, 499, 500, 774_435)] == [0, 0, 1, 774]


def test_the_career_remembers_two_seasons_and_forgets_the_rest() -> None:
    assert career_milli([800_000], PARAMETERS_V1) == 400_000
    assert career_milli([800_000, 600_000], PARAMETERS_V1) == 580_000
    assert career_milli([800_000, 600_000, 400_000], PARAMETERS_V1) == 660_000
    assert career_milli([800_000, 600_000, 400_000, 1_000_000], PARAMETERS_V1) == 660_000


def test_five_leagues_hold_a_fifth_of_the_members_each() -> None:
    leagues = [league(rank, 100, PARAMETERS_V1) for rank in range(1, 101)]

    assert [leagues.count(band) for band in (1, 2, 3, 4, 5)] == [20, 20, 20, 20, 20]


def test_the_leader_is_in_the_first_league_however_few_take_part() -> None:
    assert [league(1, members, PARAMETERS_V1) for members in (1, 2, 3)] == [1, 1, 1]


@given(members=st.integers(1, 20_000), data=st.data())
def test_a_better_place_is_never_in_a_lower_league(members: int, data: st.DataObject) -> None:
    rank = data.draw(st.integers(1, members))
    better = data.draw(st.integers(1, rank))

    assert 1 <= league(better, members, PARAMETERS_V1) <= league(rank, members, PARAMETERS_V1) <= 5


@pytest.mark.parametrize(("rank", "members"), [(0, 5), (6, 5), (1, 0)])
def test_a_place_that_does_not_exist_has_no_league(rank: int, members: int) -> None:
    with pytest.raises(ValueError, match="does not exist"):
        league(rank, members, PARAMETERS_V1)


def test_regions_are_compared_with_regions_of_their_size() -> None:
    sizes = {members: size_league(members, PARAMETERS_V1) for members in (0, 59, 60, 200, 201)}

    assert sizes == {
        0: SizeLeague.SMALL,
        59: SizeLeague.SMALL,
        60: SizeLeague.MEDIUM,
        200: SizeLeague.MEDIUM,
        201: SizeLeague.LARGE,
    }


def test_the_integer_root_behind_the_rating_is_exact_beyond_floating_point() -> None:
    assert rating_milli(999_999_999, 999_999_999) == 1_000_000
    assert isqrt(999_999_999**2) == 999_999_999
