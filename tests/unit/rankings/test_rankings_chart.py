"""Ratings over the weeks are drawn to scale."""

from psot.rankings.chart import chart
from psot.rankings.queries import Week


def week(number: int, rating_milli: int) -> Week:
    return Week(season="2026-Q4", week=number, rank=1, total=10, rating_milli=rating_milli)


def test_weeks_without_a_note_leave_a_gap_across_and_none_in_the_line() -> None:
    drawn = chart([week(1, 600_000), week(2, 610_000), week(4, 640_000)], 13)

    assert [one.points for one in drawn.dots] == [600, 610, 640]
    assert drawn.dots[2].x - drawn.dots[1].x == 2 * (drawn.dots[1].x - drawn.dots[0].x)
    assert drawn.path.count("L") == 2


def test_higher_ratings_stand_higher_and_all_lie_on_the_scale() -> None:
    drawn = chart([week(1, 0), week(2, 812_000), week(3, 400_000)], 13)
    low, middle, high = sorted(drawn.dots, key=lambda one: one.points)

    assert low.y > middle.y > high.y
    assert [one.points for one in drawn.levels] == [0, 200, 400, 600, 800, 1000]
    assert drawn.levels[-1].y <= high.y
    assert drawn.levels[0].y == low.y


def test_one_week_is_a_dot_on_a_scale_of_one_step() -> None:
    drawn = chart([week(5, 500_000)], 13)

    assert (drawn.path.count("L"), len(drawn.dots)) == (0, 1)
    assert [one.points for one in drawn.levels] == [500, 510]
