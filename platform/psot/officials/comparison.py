"""A region beside its neighbours on the tile map, its league and the country."""

from collections.abc import Sequence
from dataclasses import dataclass

from content.regions import Region, all_regions
from psot.ratings.queries import RegionLine


@dataclass(frozen=True, kw_only=True)
class Mean:
    """The mean of the figures of some regions; coverage is that of their rosters together."""

    coverage_ppm: int
    activity_ppb: int
    effectiveness_ppb: int
    score_milli: int


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A region's line of the season with those beside it; a mean of nobody is None."""

    own: RegionLine
    neighbours: tuple[RegionLine, ...]
    league: Mean | None
    country: Mean | None


def compare(lines: Sequence[RegionLine], region: Region) -> Comparison:
    """Return ``region`` beside the others of ``lines``, which are the whole table of a season."""
    found = {one.region: one for one in lines}
    own = found[region.code]
    ranked = [one for one in lines if one.rank is not None]
    return Comparison(
        own=own,
        neighbours=tuple(found[one.code] for one in neighbours(region)),
        league=_mean([one for one in ranked if one.league is own.league]),
        country=_mean(ranked),
    )


def neighbours(region: Region) -> list[Region]:
    """Return the regions whose tile touches that of ``region`` on the map, by side or corner.

    >>> from content.regions import by_code
    >>> [one.label_en for one in neighbours(by_code()["RU-KGD"])]
    []
    """
    return [
        one
        for one in all_regions()
        if one.code != region.code
        and abs(one.tile_row - region.tile_row) <= 1
        and abs(one.tile_column - region.tile_column) <= 1
    ]


def _mean(lines: Sequence[RegionLine]) -> Mean | None:
    if not lines:
        return None
    count = len(lines)
    return Mean(
        coverage_ppm=sum(one.sums.active for one in lines)
        * 1_000_000
        // sum(one.sums.members for one in lines),
        activity_ppb=sum(one.activity_ppb for one in lines) // count,
        effectiveness_ppb=sum(one.effectiveness_ppb for one in lines) // count,
        score_milli=sum(one.score_milli for one in lines) // count,
    )
