"""The forecast as a drawing: one bar a day, placed in whole units of the drawing."""

from collections.abc import Sequence
from dataclasses import dataclass

from psot.study.values import Day

WIDTH, HEIGHT = 700, 190
TOP, BOTTOM = 24, 150
LEAST_SCALE = 5
"""A single due question does not fill the drawing."""


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A day's bar; ``middle`` is where its words stand."""

    day: Day
    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> int:
        """The middle of the bar from left to right."""
        return self.x + self.width // 2


def bars(days: Sequence[Day]) -> tuple[Bar, ...]:
    """Place ``days`` from left to right; the highest bar reaches the top."""
    if not days:
        return ()
    step = WIDTH // len(days)
    width = step * 3 // 5
    most = max(LEAST_SCALE, *(one.due for one in days))
    return tuple(
        Bar(
            day=one,
            x=number * step + (step - width) // 2,
            y=BOTTOM - height,
            width=width,
            height=height,
        )
        for number, one in enumerate(days)
        for height in [(BOTTOM - TOP) * one.due // most]
    )
