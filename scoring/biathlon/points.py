"""Points of a race, and shared ranks: who is equal at a tenth of a second shares both."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

SCORED_PLACES: Final = 40
TENTH_MS: Final = 100

_K = TypeVar("_K", bound=Hashable)


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place among others. ``behind_ms`` is the exact gap to the best value."""

    rank: int
    behind_ms: int


def points_table(top: Sequence[int]) -> tuple[int, ...]:
    """Points by place: ``top`` as published, then one less a place, 1 at place 40.

    >>> table = points_table([90, 75, 60, 50, 45, 40, 36, 34, 32, 31])
    >>> [table[place - 1] for place in (1, 10, 11, 40)]
    [90, 31, 30, 1]
    """
    return (*top, *(SCORED_PLACES + 1 - place for place in range(len(top) + 1, SCORED_PLACES + 1)))


def points_of(rank: int | None, table: Sequence[int]) -> int:
    """Points of the place ``rank``; 0 beyond the table and without a rank."""
    return table[rank - 1] if rank is not None and rank <= len(table) else 0


def tenths(ms: int) -> int:
    """Whole tenths of a second, cut and not rounded.

    >>> tenths(61_199), tenths(61_200)
    (611, 612)
    """
    return ms // TENTH_MS


def places(values_ms: Iterable[tuple[_K, int]]) -> dict[_K, Place]:
    """The places of ``values_ms``, the least first: equal tenths share, the next rank is skipped.

    >>> found = places([("a", 60_000), ("b", 60_099), ("c", 60_100)])
    >>> [(name, place.rank, place.behind_ms) for name, place in found.items()]
    [('a', 1, 0), ('b', 1, 99), ('c', 3, 100)]
    """
    ordered = sorted(values_ms, key=lambda pair: pair[1])
    found: dict[_K, Place] = {}
    rank, last = 0, None
    for number, (key, value) in enumerate(ordered, 1):
        if tenths(value) != last:
            rank, last = number, tenths(value)
        found[key] = Place(rank=rank, behind_ms=value - ordered[0][1])
    return found
