"""A year of weeks as a drawing: one bar a week, placed in whole units of the drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from psot.numbers.values import Week

STEP, BAR = 13, 9
TOP, BOTTOM = 12, 132
SPARK_TOP, SPARK_BOTTOM = 2, 30
SPARK_STEP = 3
MONTH_NEEDS = 3
"""Weeks that a month's word is as wide as."""


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A week's bar; ``month`` where the first bar of a month stands and its word has room."""

    week: Week
    x: int
    y: int
    height: int
    month: bool


def bars(weeks: Sequence[Week]) -> tuple[Bar, ...]:
    """Place ``weeks`` from left to right; the highest reaches the top, something is never flat."""
    most = max((one.total for one in weeks), default=0)
    months = [number for number, one in enumerate(weeks) if _begins(weeks, number)]
    ends = pairwise([*months, len(weeks)])
    shown = {one for one, after in ends if after - one >= MONTH_NEEDS}
    return tuple(
        Bar(
            week=one,
            x=number * STEP + (STEP - BAR) // 2,
            y=BOTTOM - height,
            height=height,
            month=number in shown,
        )
        for number, one in enumerate(weeks)
        for height in [_height(one.total, most, BOTTOM - TOP)]
    )


def spark(weeks: Sequence[Week]) -> str:
    """Return ``weeks`` as the points of one line, "" where nothing happened."""
    most = max((one.total for one in weeks), default=0)
    if not most:
        return ""
    deep = SPARK_BOTTOM - SPARK_TOP
    return " ".join(
        f"{number * SPARK_STEP},{SPARK_BOTTOM - _height(one.total, most, deep)}"
        for number, one in enumerate(weeks)
    )


def _height(total: int, most: int, deep: int) -> int:
    return max(1, deep * total // most) if total else 0


def _begins(weeks: Sequence[Week], number: int) -> bool:
    return number == 0 or weeks[number].on.month != weeks[number - 1].on.month
