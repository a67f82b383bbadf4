"""The map of tiles, the order of the table, and the drawings, as plain values."""

from hypothesis import given
from hypothesis import strategies as st

from content.regions import all_regions
from psot.regions import shape
from psot.regions.asked import ORDERS, Asked
from psot.regions.measures import MEASURES, ordered
from psot.regions.shape import BANDS, Sample
from psot.regions.standing import Standing, around, beside
from psot.regions.tilemap import shades, step, tiles
from scoring.rating import (
    PARAMETERS_V1,
    Interval,
    RegionScore,
    SharedPlace,
    SizeLeague,
    rating_milli,
    size_league,
)

CODES = [one.code for one in all_regions()]


def standing(
    region: str, rank: int | None, *, members: int = 100, progress_milli: int | None = None
) -> Standing:
    """A region ``rank`` steps below the best."""
    activity = 900_000_000 - (rank or 80) * 10_000_000
    milli = rating_milli(activity, 640_000_000)
    place = SharedPlace(first=rank, last=rank) if rank else None
    return Standing(
        region=region,
        rank=rank,
        place=place,
        league=size_league(members, PARAMETERS_V1),
        league_place=place,
        score=RegionScore(activity_ppb=activity, effectiveness_ppb=640_000_000, score_milli=milli),
        interval=Interval(low_milli=milli - 10_000, high_milli=milli + 10_000),
        members=members if rank else 0,
        active=members // 2,
        qualified=members // 2,
        coverage_ppm=500_000,
        progress_milli=progress_milli,
    )


def country() -> list[Standing]:
    """Every region, from the best down; the last five have nobody."""
    last = len(CODES) - 5
    return [
        standing(code, at if at <= last else None, members=10 + 5 * at)
        for at, code in enumerate(CODES, 1)
    ]


@given(places=st.integers(1, 85))
def test_the_map_uses_every_step_from_the_best_down(places: int) -> None:
    steps = [step(place, places) for place in range(1, places + 1)]

    assert steps[0] == 6
    assert steps == sorted(steps, reverse=True)
    assert set(steps) <= set(range(1, 7))
    assert places < 6 or set(steps) == set(range(1, 7))


def test_every_region_has_a_tile_and_who_has_nobody_no_colour() -> None:
    found = tiles(country(), MEASURES["score"])

    assert len({(one.x, one.y) for one in found}) == len(CODES)
    assert [(one.y, one.x) for one in found] == sorted((one.y, one.x) for one in found)
    assert {one.region.code for one in found if one.step == 0} == set(CODES[-5:])


def test_a_league_is_coloured_among_its_own() -> None:
    lines = country()
    small = Asked(league=SizeLeague.SMALL).picked(lines)
    found = {one.region.code: one.step for one in tiles(lines, MEASURES["score"], small)}

    assert {code for code, shade in found.items() if shade} == {
        one.region for one in small if one.rank
    }
    assert max(found.values()) == 6


def test_progress_colours_only_who_has_a_season_behind() -> None:
    lines = [
        standing(CODES[0], 1, progress_milli=-3_000),
        standing(CODES[1], 2, progress_milli=12_000),
        standing(CODES[2], 3),
    ]
    ranking = ordered(lines, MEASURES["progress"])

    assert [one.region for one in ranking] == [CODES[1], CODES[0]]


def test_every_order_puts_the_best_first_and_turns_round() -> None:
    lines = country()
    for order in ORDERS:
        down = Asked(order=order).arranged(lines)
        up = Asked(order=order, up=True).arranged(lines)
        value = ORDERS[order]
        known = [value(one) for one in down if value(one) is not None]
        assert known == sorted(known, reverse=True), order
        assert [value(one) for one in up if value(one) is not None] == known[::-1], order
        assert len(down) == len(up) == len(lines)


def test_a_question_is_written_as_it_is_read_and_usual_things_are_left_out() -> None:
    assert Asked().query() == ""
    asked = Asked(week=3, league=SizeLeague.LARGE, measure=MEASURES["coverage"], order="members")
    assert asked.query() == "?week=3&league=large&measure=coverage&sort=members"
    assert asked.sorting("members").endswith("&up=1")
    assert "up" not in asked.sorting("score")


def test_a_region_is_seen_among_three_of_its_league_to_each_side() -> None:
    lines = country()
    near = around(lines, CODES[60])

    assert [one.region for one in near] == CODES[57:64]
    assert around(lines, CODES[-1]) == []
    assert around(lines, CODES[0])[0].region == CODES[0]


def test_neighbours_touch_by_side_or_corner() -> None:
    near = {one.region for one in beside(country(), "RU-TYU")}

    assert "RU-TYU" in near
    assert 2 <= len(near) <= 9


def test_the_legend_names_each_step_once_from_the_best_down() -> None:
    found = shades(country(), MEASURES["score"])

    assert [one.step for one in found] == [6, 5, 4, 3, 2, 1]


@given(bins=st.lists(st.integers(0, 3_000), min_size=BANDS, max_size=BANDS))
def test_no_member_is_left_out_of_a_distribution(bins: list[int]) -> None:
    drawn = shape.histogram(bins)

    if drawn is None:
        assert sum(bins) == 0
        return
    assert sum(one.members for one in drawn.bars) == sum(bins) == drawn.members
    assert all(0 <= one.y <= drawn.bottom for one in drawn.bars)
    assert drawn.bars[-1].high <= 1000
    below = sum(one.members for one in drawn.bars if one.low < drawn.median)
    assert 2 * below < drawn.members


SAMPLE = st.tuples(st.integers(0, 1_000_000), st.integers(0, 200_000), st.integers(0, 200_000))


@given(scores=st.lists(SAMPLE, min_size=2, max_size=13))
def test_the_line_stays_inside_its_frame_and_its_band(
    scores: list[tuple[int, int, int]],
) -> None:
    samples = [
        Sample(
            week=week,
            score_milli=score,
            low_milli=max(0, score - below),
            high_milli=min(1_000_000, score + above),
        )
        for week, (score, below, above) in enumerate(scores)
    ]
    drawn = shape.line(samples, 13)

    assert drawn is not None
    assert [dot.sample for dot in drawn.dots] == samples
    assert all(0 <= dot.y <= drawn.bottom + 0.1 for dot in drawn.dots)
    assert all(drawn.left <= dot.x <= drawn.right for dot in drawn.dots)


def test_one_week_makes_no_line() -> None:
    one = Sample(week=0, score_milli=500_000, low_milli=480_000, high_milli=520_000)

    assert shape.line([one], 13) is None
