"""The tile map of the regions as values for its drawing: one square each, six steps of colour."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from content.regions import Region, by_code
from psot.regions.measures import Measure, ordered
from psot.regions.standing import Standing

STEPS: Final = 6
TILE: Final = 56
"""Distance from one tile to the next, in units of the drawing."""


@dataclass(frozen=True, kw_only=True)
class Tile:
    """A region on the map. ``step`` is 1 (lowest) to 6, 0 for a region without a value."""

    region: Region
    line: Standing
    step: int
    shown: str

    @property
    def x(self) -> int:
        """Left edge in units of the drawing."""
        return self.region.tile_column * TILE

    @property
    def y(self) -> int:
        """Upper edge in units of the drawing."""
        return self.region.tile_row * TILE


@dataclass(frozen=True, kw_only=True)
class Shade:
    """A step of the legend: from which value to which."""

    step: int
    low: str
    high: str


def tiles(
    lines: Sequence[Standing], measure: Measure, within: Sequence[Standing] | None = None
) -> list[Tile]:
    """Return the tiles from north to south and west to east.

    Each is coloured by the sixth it stands in among ``within`` (all of them, or its league); the
    others have no colour.
    """
    ranking = ordered(lines if within is None else within, measure)
    steps = {one.region: step(at, len(ranking)) for at, one in enumerate(ranking, 1)}
    found = [
        Tile(
            region=by_code()[one.region],
            line=one,
            step=steps.get(one.region, 0),
            shown=measure.shown(one),
        )
        for one in lines
    ]
    return sorted(found, key=lambda one: (one.y, one.x))


def shades(lines: Sequence[Standing], measure: Measure) -> list[Shade]:
    """Return what each step in use stands for, the highest first."""
    ranking = ordered(lines, measure)
    by_step: dict[int, list[Standing]] = {}
    for at, one in enumerate(ranking, 1):
        by_step.setdefault(step(at, len(ranking)), []).append(one)
    return [
        Shade(step=number, low=measure.shown(group[-1]), high=measure.shown(group[0]))
        for number, group in by_step.items()
    ]


def step(place: int, places: int) -> int:
    """Return the step of colour of ``place`` (from 1) among ``places``.

    >>> [step(place, 12) for place in (1, 2, 3, 12)]
    [6, 6, 5, 1]
    """
    return STEPS - (place - 1) * STEPS // places
