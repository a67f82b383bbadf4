"""A year of weeks as bars and as one line."""

from datetime import date, timedelta

from psot.numbers.chart import BOTTOM, TOP, bars, spark
from psot.numbers.values import Week

MONDAY = date(2026, 9, 28)


def weeks(*totals: int) -> tuple[Week, ...]:
    return tuple(
        Week(on=MONDAY + timedelta(weeks=number), total=one) for number, one in enumerate(totals)
    )


def test_the_highest_week_reaches_the_top_and_one_of_nothing_has_no_height() -> None:
    made = bars(weeks(10, 0, 5, 1))

    assert [one.height for one in made] == [BOTTOM - TOP, 0, 60, 12]
    assert [one.y + one.height for one in made] == [BOTTOM] * 4


def test_something_is_never_drawn_as_nothing() -> None:
    assert [one.height for one in bars(weeks(1, 1_000_000))] == [1, 120]


def test_a_month_is_named_where_its_word_has_room() -> None:
    made = bars(weeks(*[1] * 10))

    assert [one.week.on.isoformat() for one in made if one.month] == ["2026-10-05", "2026-11-02"]


def test_a_year_of_nothing_is_no_line_and_no_bars() -> None:
    assert spark(weeks(0, 0)) == ""
    assert spark(()) == ""
    assert bars(()) == ()


def test_the_line_goes_through_every_week() -> None:
    assert spark(weeks(0, 2, 1)) == "0,30 3,2 6,16"
