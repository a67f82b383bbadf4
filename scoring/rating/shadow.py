"""What another set of rules would change: places before and after, and how alike the orders are."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from statistics import median_low
from typing import Generic, TypeVar

PPM = 1_000_000

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Move(Generic[T]):
    """Somebody's places under both sets of rules."""

    who: T
    before: int
    after: int

    @property
    def climbed(self) -> int:
        """Places climbed; negative where places were lost."""
        return self.before - self.after


@dataclass(frozen=True, kw_only=True)
class Difference(Generic[T]):
    """How far two orders of the same people differ."""

    moves: tuple[Move[T], ...]
    """Everybody, who climbs most first."""
    moved: int
    """Those whose place changes."""
    median_places: int
    """Half of all move no farther than this; of two middle moves the smaller."""
    correlation_ppm: int | None
    """Spearman's rank correlation, 1,000,000 for the same order; None where it says nothing."""


def places(ratings: Mapping[T, int]) -> dict[T, int]:
    """Return everybody's place: one more than the number of those rated higher.

    >>> places({"a": 700, "b": 900, "c": 700})
    {'b': 1, 'a': 2, 'c': 2}
    """
    found: dict[T, int] = {}
    last, place = None, 0
    for position, (who, rating) in enumerate(
        sorted(ratings.items(), key=lambda one: (-one[1], str(one[0]))), 1
    ):
        place = place if rating == last else position
        last = rating
        found[who] = place
    return found


def difference(before: Mapping[T, int], after: Mapping[T, int]) -> Difference[T]:
    """Return how the places of the same people differ between two sets of ratings.

    Raises ValueError where they are not the same people.
    """
    if before.keys() != after.keys():
        raise ValueError("ratings of different people cannot be compared")
    was, becomes = places(before), places(after)
    moves = [Move(who=who, before=was[who], after=becomes[who]) for who in was]
    return Difference(
        moves=tuple(sorted(moves, key=lambda one: (-one.climbed, one.before))),
        moved=sum(one.climbed != 0 for one in moves),
        median_places=median_low(abs(one.climbed) for one in moves) if moves else 0,
        correlation_ppm=_spearman_ppm([(before[who], after[who]) for who in was]),
    )


def _spearman_ppm(pairs: list[tuple[int, int]]) -> int | None:
    """Pearson's correlation of the mid-ranks, which is Spearman's with ties taken care of."""
    count = len(pairs)
    first, second = (
        _doubled_midranks([a for a, _ in pairs]),
        _doubled_midranks([b for _, b in pairs]),
    )
    centre = count + 1  # twice the mean rank
    covariance = sum((a - centre) * (b - centre) for a, b in zip(first, second, strict=True))
    spread = sum((a - centre) ** 2 for a in first) * sum((b - centre) ** 2 for b in second)
    return round(covariance * PPM / sqrt(spread)) if spread else None


def _doubled_midranks(values: list[int]) -> list[int]:
    """Return twice the rank of each value; equal ones share the middle of their ranks."""
    order = sorted(values)
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for position, value in enumerate(order, 1):
        first.setdefault(value, position)
        last[value] = position
    return [first[value] + last[value] for value in values]
