"""The tile map of the regions as values for its drawing: one square each, six steps of colour."""

from collections.abc import Sequence
from dataclasses import dataclass

from content.regions import Region, by_code
from psot.ratings.queries import RegionLine

STEPS = 6
TILE = 56
"""Distance from one tile to the next, in units of the drawing."""


@dataclass(frozen=True, kw_only=True)
class Tile:
    """A region on the map. ``step`` is 1 (lowest) to 6, 0 for a region without a roster."""

    region: Region
    line: RegionLine
    step: int

    @property
    def x(self) -> int:
        """Left edge in units of the drawing."""
        return self.region.tile_column * TILE

    @property
    def y(self) -> int:
        """Upper edge in units of the drawing."""
        return self.region.tile_row * TILE


def tiles(lines: Sequence[RegionLine]) -> list[Tile]:
    """Return the tile of each region, coloured by the sixth of the ranking it stands in."""
    ranked = sum(one.rank is not None for one in lines)
    return [
        Tile(region=by_code()[one.region], line=one, step=step(one.rank, ranked)) for one in lines
    ]


def step(rank: int | None, ranked: int) -> int:
    """Return the step of colour of place ``rank`` among ``ranked`` regions.

    >>> [step(rank, 12) for rank in (1, 2, 3, 12, None)]
    [6, 6, 5, 1, 0]
    """
    return 0 if rank is None else STEPS - (rank - 1) * STEPS // ranked
