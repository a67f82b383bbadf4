"""Where the leagues of a season begin, in ratings: read from the ranking, never computed over all.

A league is a band of places (`scoring.rating.league`); members with the same rating are in the
same league, so a rating alone tells it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from redis import Redis

from psot.ratings import ranks
from psot.ratings.queries import OpenSeason

LEAGUES = 5


@dataclass(frozen=True, kw_only=True)
class Band:
    """A league: ratings of at least ``least_milli`` and below ``below_milli`` (None: no bound)."""

    league: int
    least_milli: int
    below_milli: int | None


def bands(redis: "Redis", season: OpenSeason) -> tuple[Band, ...]:
    """Return the leagues of ``season`` from the highest; none while nobody is ranked."""
    edges = season.parameters.league_edges_percent
    least = ranks.scores_at(
        redis, ranks.keys_of(season.name), lambda total: last_places(total, edges)
    )
    if not least:
        return ()
    bounds = [*least, 0]
    return tuple(
        Band(league=number, least_milli=low, below_milli=bounds[number - 2] if number > 1 else None)
        for number, low in enumerate(bounds, 1)
    )


def last_places(total: int, edges_percent: Sequence[int]) -> list[int]:
    """Return the positions (from 0) that end each league but the last, among ``total`` members.

    A member at position ``i`` has ``i`` others before, and stands below an edge of ``e`` percent
    from ``i * 100 >= e * total`` on; the league above ends one position earlier.

    >>> last_places(10, (10, 25, 50, 75))
    [0, 2, 4, 7]
    """
    return [-(-edge * total // 100) - 1 for edge in edges_percent] if total else []
