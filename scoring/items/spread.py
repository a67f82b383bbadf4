"""How often each level was reached: what order needs and sums cannot tell."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

Counts = Mapping[int, int]
"""How many times each value occurs; no value occurs fewer times than once."""


def sorted_product(first: Counts, second: Counts) -> int:
    """Sum of products when both are sorted and paired in that order: the most it can be.

    The maximum covariance of the discriminative efficiency comes of it. Both hold equally many
    values; raises ValueError where they do not.

    >>> sorted_product({0: 2, 1: 1}, {5: 1, 7: 2})  # 0*5 + 0*7 + 1*7
    7
    """
    if sum(first.values()) != sum(second.values()):
        raise ValueError("two lists of different length cannot be paired")
    total = 0
    others = _runs(second)
    other, left = 0, 0
    for value, times in _runs(first):
        wanted = times
        while wanted:
            if not left:
                other, left = next(others)
            taken = min(wanted, left)
            total += value * other * taken
            wanted -= taken
            left -= taken
    return total


def quantile(counts: Counts, share: Fraction) -> int | None:
    """Lowest value that at least ``share`` of all do not exceed; None without any.

    Of two middle values it is the lower: one that somebody really reached.

    >>> quantile({10: 2, 20: 1, 30: 1}, Fraction(1, 2)), quantile({10: 1, 20: 3}, Fraction(1, 2))
    (10, 20)
    """
    needed = share * sum(counts.values())
    reached = 0
    for value, times in _runs(counts):
        reached += times
        if reached >= needed:
            return value
    return None


def _runs(counts: Counts) -> Iterator[tuple[int, int]]:
    return iter(sorted(counts.items()))
