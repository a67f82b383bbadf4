"""How sure a region's score is, and which regions it cannot be told apart from."""

from hypothesis import assume, given
from hypothesis import strategies as st

from scoring.rating import (
    PARAMETERS_V1,
    Country,
    Interval,
    NationalMeans,
    RegionSums,
    SharedPlace,
    Squares,
    region_score,
    score_interval,
    shared_places,
    squared_ppm2,
    whole_country,
)
from scoring.rating.intervals import NO_SQUARES
from scoring.rating.regions import NO_MEMBERS

PPB = 1_000_000_000
SHARE_PPB = st.integers(0, PPB)
Member = tuple[int, int | None]
"""Activity, and effectiveness where it counts."""
MEMBER = st.tuples(SHARE_PPB, st.none() | SHARE_PPB)
MEMBERS = st.lists(MEMBER, max_size=40)
COUNTRY = Country(
    means=NationalMeans(activity_ppb=420_000_000, effectiveness_ppb=620_000_000),
    squares=Squares(
        activity_ppm2=squared_ppm2(420_000_000) + squared_ppm2(250_000_000),
        effectiveness_ppm2=squared_ppm2(620_000_000) + squared_ppm2(120_000_000),
    ),
)


def sums(members: list[Member]) -> tuple[RegionSums, Squares]:
    known = [effective for _, effective in members if effective is not None]
    return (
        RegionSums(
            members=len(members),
            activity_ppb=sum(active for active, _ in members),
            qualified=len(known),
            effectiveness_ppb=sum(known),
        ),
        Squares(
            activity_ppm2=sum(squared_ppm2(active) for active, _ in members),
            effectiveness_ppm2=sum(map(squared_ppm2, known)),
        ),
    )


def interval(members: list[Member], country: Country = COUNTRY) -> Interval:
    added, squares = sums(members)
    score = region_score(added, country.means, PARAMETERS_V1)
    return score_interval(score, added, squares, country, PARAMETERS_V1)


def width(one: Interval) -> int:
    return one.high_milli - one.low_milli


def alike(count: int) -> list[Member]:
    """Members who are as the country is: half of them above its means, half below."""
    return [(670_000_000, 740_000_000), (170_000_000, 500_000_000)] * (count // 2)


def test_the_width_is_that_of_the_delta_method_worked_by_hand() -> None:
    # Var a = .25²/60, Var e = .12²/60; 1.2816 · 500 · √(Var a · .62/.42 + Var e · .42/.62) = 26.423
    assert interval(alike(30)) == Interval(low_milli=483_870, high_milli=536_718)


def test_more_members_of_the_same_kind_make_the_interval_narrower() -> None:
    widths = [width(interval(alike(count))) for count in (0, 10, 30, 100, 1_000, 10_000)]

    assert widths == sorted(widths, reverse=True)
    assert len(set(widths)) == len(widths)


@given(count=st.integers(0, 400), more=st.integers(1, 400))
def test_a_region_like_the_country_is_never_less_sure_with_more_members(
    count: int, more: int
) -> None:
    # Rounding outwards may give back a thousandth at either end.
    assert width(interval(alike(2 * (count + more)))) <= width(interval(alike(2 * count))) + 2


@given(members=MEMBERS)
def test_the_interval_contains_the_score_and_stays_on_the_scale(members: list[Member]) -> None:
    added, squares = sums(members)
    country = whole_country([(added, squares)], PARAMETERS_V1)
    score = region_score(added, country.means, PARAMETERS_V1)
    found = score_interval(score, added, squares, country, PARAMETERS_V1)

    assert 0 <= found.low_milli <= score.score_milli <= found.high_milli <= 1_000_000


@given(members=MEMBERS, data=st.data())
def test_the_order_of_the_members_does_not_matter(
    members: list[Member], data: st.DataObject
) -> None:
    assert interval(members) == interval(data.draw(st.permutations(members)))


@given(first=MEMBERS, second=MEMBERS)
def test_the_country_is_the_same_however_it_is_cut_into_regions(
    first: list[Member], second: list[Member]
) -> None:
    whole = whole_country([sums(first + second)], PARAMETERS_V1)

    assert whole_country([sums(first), sums(second)], PARAMETERS_V1) == whole


def test_where_nobody_is_active_there_is_nothing_to_be_sure_of() -> None:
    country = whole_country([], PARAMETERS_V1)
    score = region_score(NO_MEMBERS, country.means, PARAMETERS_V1)

    assert score_interval(score, NO_MEMBERS, NO_SQUARES, country, PARAMETERS_V1) == Interval(
        low_milli=0, high_milli=0
    )


def test_members_who_are_all_the_same_leave_no_doubt() -> None:
    members: list[Member] = [(333_333_333, 666_666_667)] * 7
    country = whole_country([sums(members)], PARAMETERS_V1)

    assert width(interval(members, country)) <= 2


def test_a_square_is_small_enough_to_be_stored_for_a_whole_country() -> None:
    assert squared_ppm2(PPB) * 9_000_000 < 2**63


# -- shared places -----------------------------------------------------------------------------


def around(*ends: tuple[int, int]) -> list[Interval]:
    return [Interval(low_milli=low, high_milli=high) for low, high in ends]


def spans(places: list[SharedPlace]) -> list[tuple[int, int]]:
    return [(one.first, one.last) for one in places]


def test_a_chain_of_small_differences_does_not_tie_everybody() -> None:
    chain = around((90, 110), (80, 100), (70, 90), (60, 80), (50, 70))

    assert spans(shared_places(chain)) == [(1, 3), (1, 3), (1, 3), (4, 5), (4, 5)]


def test_regions_far_apart_stand_alone() -> None:
    places = shared_places(around((90, 100), (70, 80), (50, 60)))

    assert spans(places) == [(1, 1), (2, 2), (3, 3)]
    assert not any(one.shared for one in places)


def test_a_wide_interval_below_does_not_reopen_a_group_that_is_closed() -> None:
    assert spans(shared_places(around((90, 100), (80, 85), (40, 95)))) == [(1, 1), (2, 3), (2, 3)]


@st.composite
def rankings(draw: st.DrawFn) -> list[Interval]:
    scores = sorted(draw(st.lists(st.integers(0, 1_000), max_size=85)), reverse=True)
    return [
        Interval(
            low_milli=one - draw(st.integers(0, 200)), high_milli=one + draw(st.integers(0, 200))
        )
        for one in scores
    ]


@given(ranked=rankings())
def test_places_are_taken_once_each_and_never_out_of_order(ranked: list[Interval]) -> None:
    places = shared_places(ranked)

    for position, place in enumerate(places, 1):
        assert place.first <= position <= place.last
    taken = {(one.first, one.last) for one in places}
    assert sorted(n for first, last in taken for n in range(first, last + 1)) == list(
        range(1, len(ranked) + 1)
    )


@given(ranked=rankings())
def test_all_who_share_a_place_overlap_the_first_of_them(ranked: list[Interval]) -> None:
    assume(ranked)
    places = shared_places(ranked)

    for one, place in zip(ranked, places, strict=True):
        assert one.overlaps(ranked[place.first - 1])
    for place in places:
        if place.last < len(ranked):
            assert not ranked[place.last].overlaps(ranked[place.first - 1])
