"""Which counts of people may be shown: none that tells of fewer than five, by itself or not.

Everything here assumes a reader who knows all that the page shows besides, the total above all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

LEAST = 5


class Withheld(StrEnum):
    """Why a count is not shown."""

    FEW = "few"
    """It is below five."""
    HIDDEN = "hidden"
    """It would tell of fewer than five people, by itself or by subtraction."""


Cell = int | Withheld


def cell(count: int) -> Cell:
    """Return a count that stands alone.

    >>> cell(4), cell(5)
    (<Withheld.FEW: 'few'>, 5)
    """
    return count if count >= LEAST else Withheld.FEW


@dataclass(frozen=True, kw_only=True)
class Grouped:
    """Groups of five and more by size, and ``rest``: everybody else, five and more, or nobody."""

    shown: tuple[tuple[str, int], ...]
    rest: Cell


def grouped(groups: Mapping[str, int], total: int) -> Grouped:
    """Return the groups of ``total`` people that may be shown by name.

    Who is in no group counts for the rest, as do groups below five. Where the rest itself would be
    one to four people, the smallest group that could be shown joins it: so nobody learns the rest
    by subtraction.

    >>> grouped({"Тюмень": 9, "Ишим": 6, "Тобольск": 3}, 18)
    Grouped(shown=(('Тюмень', 9),), rest=9)
    """
    large = [(name, size) for name, size in groups.items() if size >= LEAST]
    shown = sorted(large, key=lambda one: (-one[1], one[0]))
    rest = total - sum(size for _name, size in shown)
    while 0 < rest < LEAST and shown:
        rest += shown.pop()[1]
    return Grouped(shown=tuple(shown), rest=cell(rest) if rest or not shown else 0)


def parts(sizes: Sequence[int], having: Sequence[int]) -> list[Cell]:
    """Return how many of each group have a property, where that may be shown.

    Of a group whose ``sizes`` are known a part may be shown if neither it nor its remainder is
    below five. Groups that may not are hidden together with so many others that the hidden parts
    leave at least six possibilities each to whoever subtracts the shown ones from the total.

    >>> parts([20, 20, 10], [8, 10, 3])
    [8, <Withheld.HIDDEN: 'hidden'>, <Withheld.HIDDEN: 'hidden'>]
    """
    hidden = {
        number
        for number, (size, part) in enumerate(zip(sizes, having, strict=True))
        if not _tells_of_many(size, part)
    }
    left = sorted(set(range(len(sizes))) - hidden, key=lambda number: (-sizes[number], number))
    while hidden and left and not _safe_together(hidden, sizes, having):
        hidden.add(left.pop())
    return [Withheld.HIDDEN if number in hidden else part for number, part in enumerate(having)]


def _tells_of_many(size: int, part: int) -> bool:
    return part >= LEAST and size - part >= LEAST


def _safe_together(hidden: set[int], sizes: Sequence[int], having: Sequence[int]) -> bool:
    together = sum(sizes[one] for one in hidden), sum(having[one] for one in hidden)
    return len(hidden) > 1 and _tells_of_many(*together)


def stages(counts: Sequence[int]) -> list[Cell]:
    """Return the counts of people who went so far: each stage's are among those of the one before.

    A stage that only one to four people of the last one shown did not reach is hidden.

    >>> stages([12, 10, 6, 2])
    [12, <Withheld.HIDDEN: 'hidden'>, 6, <Withheld.FEW: 'few'>]
    """
    told: list[Cell] = []
    last = 0
    for count in counts:
        if count < LEAST:
            told.append(Withheld.FEW)
        elif 0 < last - count < LEAST:
            told.append(Withheld.HIDDEN)
        else:
            told.append(count)
            last = count
    return told


@dataclass(frozen=True, kw_only=True)
class Span:
    """The stretches ``first`` to ``last``, counted from 0, and how many people fall into them."""

    first: int
    last: int
    count: Cell


def spans(counts: Sequence[int]) -> list[Span]:
    """Return ``counts`` of people by stretches of time, few ones joined with those before them.

    The newest stretch stands alone where it can. What is left over at the beginning joins the span
    after it; if all together are below five, there is one span that says so.

    >>> [(one.first, one.last, one.count) for one in spans([2, 7, 1, 3, 6])]
    [(0, 3, 13), (4, 4, 6)]
    """
    made: list[tuple[int, int, int]] = []
    last, count = len(counts) - 1, 0
    for number in range(len(counts) - 1, -1, -1):
        count += counts[number]
        if count >= LEAST:
            made.append((number, last, count))
            last, count = number - 1, 0
    if last >= 0:
        _first, until, more = made.pop() if made else (0, last, 0)
        made.append((0, until, count + more))
    return [
        Span(first=first, last=until, count=cell(size)) for first, until, size in reversed(made)
    ]
