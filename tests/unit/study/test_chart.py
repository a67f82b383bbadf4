"""The drawing of the forecast."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from psot.study.chart import BOTTOM, TOP, WIDTH, bars
from psot.study.values import Day, Retention


@given(st.lists(st.integers(0, 10_000), max_size=14))
def test_every_bar_stands_in_the_drawing_beside_the_others(counts: list[int]) -> None:
    days = [
        Day(on=date(2026, 11, 1) + timedelta(days=number), due=count)
        for number, count in enumerate(counts)
    ]

    found = bars(days)

    assert [one.day for one in found] == days
    assert all(one.y + one.height == BOTTOM and one.y >= TOP for one in found)
    ends = [one.x + one.width for one in found]
    assert all(end <= one.x for end, one in zip(ends, found[1:], strict=False))
    assert max(ends, default=0) <= WIDTH


def test_a_single_question_does_not_fill_the_drawing() -> None:
    (bar,) = bars([Day(on=date(2026, 11, 1), due=1)])

    assert bar.height == (BOTTOM - TOP) // 5
    assert bar.x < bar.middle < bar.x + bar.width


def test_few_answers_make_no_share() -> None:
    assert Retention(answers=9, right=9).share is None
    assert Retention(answers=10, right=9).share == 0.9
