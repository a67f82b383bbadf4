"""Ratings over the weeks of a season as geometry: a pure drawing that a template writes as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

from psot.rankings.queries import Week
from scoring.rating import points

WIDTH, HEIGHT = 720, 280
LEFT, RIGHT, TOP, BOTTOM = 48, 24, 20, 36
_STEPS = (10, 20, 50, 100, 200)
_LINES = 5


@dataclass(frozen=True, kw_only=True)
class Dot:
    """A week's rating in points, and where it lies."""

    x: float
    y: float
    week: int
    points: int


@dataclass(frozen=True, kw_only=True)
class Level:
    """A line of the grid with its figure."""

    y: float
    points: int


@dataclass(frozen=True, kw_only=True)
class Chart:
    """The whole drawing: the dots in their order, the line through them, the grid."""

    dots: tuple[Dot, ...]
    path: str
    levels: tuple[Level, ...]
    weeks: tuple[tuple[int, float], ...]
    """Each week of the season with its place across."""
    width: int = WIDTH
    height: int = HEIGHT


def chart(noted: Sequence[Week], weeks: int) -> Chart:
    """Return the drawing of one season's ``noted`` weeks; a week without a note is left out.

    The scale begins and ends at whole steps around what is shown, so a small change is seen as
    one: its figures stand beside the lines.
    """
    figures = [points(one.rating_milli) for one in noted]
    low, high, step = _scale(min(figures), max(figures))
    across = (WIDTH - LEFT - RIGHT) / max(1, weeks - 1)
    tall = HEIGHT - TOP - BOTTOM

    def down(figure: int) -> float:
        return round(TOP + tall * (high - figure) / (high - low), 1)

    dots = tuple(
        Dot(
            x=round(LEFT + across * (one.week - 1), 1), y=down(figure), week=one.week, points=figure
        )
        for one, figure in zip(noted, figures, strict=True)
    )
    return Chart(
        dots=dots,
        path=" ".join(
            f"{'L' if number else 'M'}{one.x} {one.y}" for number, one in enumerate(dots)
        ),
        levels=tuple(Level(y=down(figure), points=figure) for figure in range(low, high + 1, step)),
        weeks=tuple((one, round(LEFT + across * (one - 1), 1)) for one in range(1, weeks + 1)),
    )


def _scale(least: int, most: int) -> tuple[int, int, int]:
    """Return where the scale begins and ends, and its step.

    >>> _scale(610, 640), _scale(0, 812), _scale(500, 500)
    ((610, 640, 10), (0, 1000, 200), (500, 510, 10))
    """
    step = next((one for one in _STEPS if (most // one + 1 - least // one) <= _LINES), _STEPS[-1])
    low = least // step * step
    high = -(-most // step) * step
    return low, max(high, low + step), step
