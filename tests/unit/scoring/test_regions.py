"""A region is judged by its members, and a small one not by its luck."""

from hypothesis import given
from hypothesis import strategies as st

from scoring.rating import (
    PARAMETERS_V1,
    NationalMeans,
    RegionSums,
    coverage_ppm,
    national_means,
    region_score,
)

NATIONAL = NationalMeans(activity_ppb=420_000_000, effectiveness_ppb=620_000_000)
SHARE_PPB = st.integers(0, 1_000_000_000)


def region(
    *, members: int, activity_ppb: int, qualified: int | None = None, effectiveness_ppb: int = 0
) -> RegionSums:
    counted = members if qualified is None else qualified
    return RegionSums(
        members=members,
        activity_ppb=members * activity_ppb,
        qualified=counted,
        effectiveness_ppb=counted * effectiveness_ppb,
    )


def test_a_region_without_members_stands_on_the_national_means() -> None:
    score = region_score(region(members=0, activity_ppb=0), NATIONAL, PARAMETERS_V1)

    assert score.activity_ppb == NATIONAL.activity_ppb
    assert score.effectiveness_ppb == NATIONAL.effectiveness_ppb


def test_thirty_members_stand_half_way_between_their_own_and_the_national_mean() -> None:
    sums = region(members=30, activity_ppb=820_000_000, effectiveness_ppb=820_000_000)
    score = region_score(sums, NATIONAL, PARAMETERS_V1)

    assert score.activity_ppb == 620_000_000
    assert score.effectiveness_ppb == 720_000_000


@given(
    activity_ppb=SHARE_PPB,
    effectiveness_ppb=SHARE_PPB,
    members=st.integers(0, 5_000),
    more=SHARE_PPB,
)
def test_a_larger_region_of_the_same_quality_moves_further_from_the_national_mean(
    activity_ppb: int, effectiveness_ppb: int, members: int, more: int
) -> None:
    small, large = (
        region_score(
            region(members=size, activity_ppb=activity_ppb, effectiveness_ppb=effectiveness_ppb),
            NATIONAL,
            PARAMETERS_V1,
        )
        for size in (members, members + more % 1000)
    )

    for own, near, far, mean in (
        (activity_ppb, small.activity_ppb, large.activity_ppb, NATIONAL.activity_ppb),
        (
            effectiveness_ppb,
            small.effectiveness_ppb,
            large.effectiveness_ppb,
            NATIONAL.effectiveness_ppb,
        ),
    ):
        assert abs(near - mean) <= abs(far - mean) <= abs(own - mean)
    assert 0 <= large.score_milli <= 1_000_000


@given(members=st.lists(st.tuples(SHARE_PPB, SHARE_PPB), min_size=1, max_size=30), data=st.data())
def test_the_order_in_which_members_are_added_does_not_matter(
    members: list[tuple[int, int]], data: st.DataObject
) -> None:
    def total(people: list[tuple[int, int]]) -> RegionSums:
        sums = region(members=0, activity_ppb=0)
        for activity_ppb, effectiveness_ppb in people:
            sums += region(
                members=1, activity_ppb=activity_ppb, effectiveness_ppb=effectiveness_ppb
            )
        return sums

    assert total(members) == total(data.draw(st.permutations(members)))


def test_the_national_means_weigh_every_member_alike() -> None:
    regions = [
        region(members=3, activity_ppb=200_000_000, qualified=1, effectiveness_ppb=900_000_000),
        region(members=1, activity_ppb=600_000_000, qualified=1, effectiveness_ppb=500_000_000),
    ]

    assert national_means(regions, PARAMETERS_V1) == NationalMeans(
        activity_ppb=300_000_000, effectiveness_ppb=700_000_000
    )


def test_before_anybody_takes_part_the_means_are_the_agreed_ones() -> None:
    assert national_means([], PARAMETERS_V1) == NationalMeans(
        activity_ppb=0, effectiveness_ppb=620_000_000
    )


def test_coverage_is_the_share_of_the_roster_that_took_part() -> None:
    assert coverage_ppm(1, 3) == 333_333
    assert coverage_ppm(0, 0) == 0
