"""Drawings as values: the weeks of a question's facility, and the totals of a test."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from psot.items.queries import Week

WIDTH, HEIGHT = 640, 180
"""Of the drawing, in its own units; a figure of 1 stands ``TOP`` below its upper edge."""
TOP, BOTTOM = 12, 152
LEFT, RIGHT = 44, 628
PPM = 1_000_000
BANDS = 10


@dataclass(frozen=True, kw_only=True)
class Point:
    """A week in the drawing."""

    week: Week
    x: float
    y: float


@dataclass(frozen=True, kw_only=True)
class History:
    """Facility week by week: points from left to right, and the line through them."""

    points: tuple[Point, ...]

    @property
    def line(self) -> str:
        """Return the points as SVG wants them."""
        return " ".join(f"{one.x:.1f},{one.y:.1f}" for one in self.points)


@dataclass(frozen=True, kw_only=True)
class Band:
    """Attempts whose totals lie between two shares of the highest, and their share of all."""

    from_percent: int
    until_percent: int
    attempts: int
    share: float


Bars = tuple[Band, ...]


def history(weeks: Sequence[Week]) -> History:
    """Place ``weeks`` by their dates."""
    if not weeks:
        return History(points=())
    first, days = weeks[0].monday, max(1, (weeks[-1].monday - weeks[0].monday).days)
    return History(
        points=tuple(
            Point(
                week=one,
                x=LEFT + (RIGHT - LEFT) * (one.monday - first).days / days,
                y=BOTTOM - (BOTTOM - TOP) * one.facility,
            )
            for one in weeks
        )
    )


def bars(totals: Mapping[int, int], positions: int) -> Bars:
    """Gather ``totals`` into ten bands; full marks belong to the last one.

    >>> [one.attempts for one in bars({0: 1, 500_000: 2, 1_000_000: 3}, 1)]
    [1, 0, 0, 0, 0, 2, 0, 0, 0, 3]
    """
    counts, every = [0] * BANDS, sum(totals.values())
    for total, attempts in totals.items():
        counts[min(BANDS - 1, total * BANDS // (positions * PPM))] += attempts
    step = 100 // BANDS
    return tuple(
        Band(
            from_percent=number * step,
            until_percent=(number + 1) * step,
            attempts=attempts,
            share=attempts / every if every else 0.0,
        )
        for number, attempts in enumerate(counts)
    )
