"""Distributions and lines as geometry: pure drawings that templates write down as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

BAND_POINTS: Final = 10
BAND_MILLI: Final = BAND_POINTS * 1000
BANDS: Final = 101
"""0 to 9, 10 to 19, ... 990 to 999, and 1,000 alone."""

WIDTH, HEIGHT = 720, 260
LINE_WIDTH = 1080
"""A season is drawn across the page, a distribution beside a list."""
LEFT, RIGHT, TOP, BOTTOM = 46, 16, 14, 34
_TICKS = 4


@dataclass(frozen=True, kw_only=True)
class Bar:
    """The members whose rating lies from ``low`` to ``high`` points."""

    low: int
    high: int
    members: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, kw_only=True)
class Tick:
    """A line of the grid with its figure."""

    at: float
    value: int


@dataclass(frozen=True, kw_only=True)
class Histogram:
    """The distribution of a region's members in tens of points."""

    bars: tuple[Bar, ...]
    rows: tuple[Tick, ...]
    columns: tuple[Tick, ...]
    members: int
    median: int
    """The lower end of the band in which the middle member stands."""
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A week (from 0) of the line: the score and its interval, in thousandths of a point."""

    week: int
    score_milli: int
    low_milli: int
    high_milli: int


@dataclass(frozen=True, kw_only=True)
class Dot:
    """A week on the line."""

    x: float
    y: float
    sample: Sample


@dataclass(frozen=True, kw_only=True)
class Line:
    """A score over the weeks of a season with the band of its interval."""

    path: str
    band: str
    dots: tuple[Dot, ...]
    rows: tuple[Tick, ...]
    columns: tuple[Tick, ...]
    width: int = LINE_WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = LINE_WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM


def histogram(bins: Sequence[int]) -> Histogram | None:
    """Return the drawing of ``bins``, members by tens of points; None of nobody."""
    members = sum(bins)
    if not members:
        return None
    filled = [band for band, count in enumerate(bins) if count]
    # Whole hundreds around everybody, so that the axis has round figures.
    first, last = filled[0] // 10 * 10, min(BANDS, filled[-1] // 10 * 10 + 10)
    step = _step(max(bins))
    top = -(-max(bins) // step) * step
    wide = (WIDTH - LEFT - RIGHT) / (last - first)
    high = HEIGHT - TOP - BOTTOM
    bars = []
    for band in range(first, last):
        height = round(bins[band] / top * high, 1)
        bars.append(
            Bar(
                low=band * BAND_POINTS,
                high=min(band * BAND_POINTS + BAND_POINTS - 1, 1000),
                members=bins[band],
                x=round(LEFT + (band - first) * wide, 1),
                y=round(HEIGHT - BOTTOM - height, 1),
                width=round(wide * 0.86, 1),
                height=height,
            )
        )
    return Histogram(
        bars=tuple(bars),
        rows=tuple(
            Tick(at=round(HEIGHT - BOTTOM - value / top * high, 1), value=value)
            for value in range(0, top + 1, step)
        ),
        columns=tuple(
            Tick(at=round(LEFT + (band - first) * wide, 1), value=band * BAND_POINTS)
            for band in range(first, last, 10)
        ),
        members=members,
        median=_median_band(bins, members) * BAND_POINTS,
    )


def line(samples: Sequence[Sample], weeks: int) -> Line | None:
    """Return the drawing of a season of ``weeks``; None with fewer than two weeks to join."""
    if len(samples) < 2:  # noqa: PLR2004  a line has two ends
        return None
    low = min(one.low_milli for one in samples) // 50_000 * 50
    high = max(low + 50, -(-max(one.high_milli for one in samples) // 50_000) * 50)
    step = next(one for one in (25, 50, 100, 200, 500) if (high - low) <= one * (_TICKS + 1))

    def x(week: int) -> float:
        return round(LEFT + week / (weeks - 1) * (LINE_WIDTH - LEFT - RIGHT), 1)

    def y(milli: float) -> float:
        return round(
            TOP + (high * 1000 - milli) / ((high - low) * 1000) * (HEIGHT - TOP - BOTTOM), 1
        )

    upper = [f"{x(one.week)} {y(one.high_milli)}" for one in samples]
    lower = [f"{x(one.week)} {y(one.low_milli)}" for one in reversed(samples)]
    dots = tuple(Dot(x=x(one.week), y=y(one.score_milli), sample=one) for one in samples)
    return Line(
        path="M" + "L".join(f"{dot.x} {dot.y}" for dot in dots),
        band="M" + "L".join([*upper, *lower]) + "Z",
        dots=dots,
        rows=tuple(Tick(at=y(value * 1000), value=value) for value in range(low, high + 1, step)),
        columns=tuple(Tick(at=x(week), value=week + 1) for week in range(weeks)),
    )


def _step(most: int) -> int:
    """A round step that gives at most a few lines; whole members only.

    >>> [_step(most) for most in (1, 7, 38, 1_200)]
    [1, 2, 10, 500]
    """
    size = 1
    while True:
        for one in (1, 2, 5):
            if most <= one * size * _TICKS:
                return one * size
        size *= 10


def _median_band(bins: Sequence[int], members: int) -> int:
    seen = 0
    for band, count in enumerate(bins):
        seen += count
        if 2 * seen >= members:
            return band
    raise AssertionError  # the whole is not less than its half
