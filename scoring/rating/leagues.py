"""Leagues: five bands of members by percentile, three of regions by size."""

from enum import StrEnum

from scoring.rating.parameters import Parameters


class SizeLeague(StrEnum):
    """The size band in which a region is compared with its like."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


def league(rank: int, members: int, params: Parameters) -> int:
    """League of the member on place ``rank`` (from 1) among ``members``; 1 is the highest.

    The share of members *above* decides, so equal ranks share a league and the leader is always
    in the first. Raises ValueError for a place that does not exist.

    >>> from scoring.rating.parameters import PARAMETERS_V1
    >>> [league(rank, 10, PARAMETERS_V1) for rank in (1, 2, 3, 6, 10)]
    [1, 1, 2, 3, 5]
    """
    if not 1 <= rank <= members:
        raise ValueError(f"place {rank} does not exist among {members}")
    above_percent = (rank - 1) * 100
    return 1 + sum(above_percent >= edge * members for edge in params.league_edges_percent)


def size_league(members: int, params: Parameters) -> SizeLeague:
    """Size league of a region with ``members`` on its roster."""
    if members < params.small_region_below:
        return SizeLeague.SMALL
    return SizeLeague.LARGE if members > params.large_region_above else SizeLeague.MEDIUM
