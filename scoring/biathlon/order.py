"""The order of a field: everybody's line, the best first, as bytes that are read line by line.

Of a large field most readers want a few lines, and how many there are.
"""

import struct
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from typing import Final, NamedTuple, overload

_LINE: Final = struct.Struct("<iii")
"""One line: number, rank (0: none), gap in ms (-1: none)."""
LINE_BYTES: Final = _LINE.size


class Line(NamedTuple):
    """A line of the order: which crew, its rank and gap as in `live.BoardRow`."""

    crew: int
    rank: int | None = None
    gap_ms: int | None = None


class Order(Sequence[Line]):
    """An order; places count from 0.

    >>> order = Order.of([Line(7, 1, 0), Line(3)])
    >>> len(order), order[1], order.crews(), list(order.ranked())
    (2, Line(crew=3, rank=None, gap_ms=None), (7, 3), [7])
    """

    def __init__(self, data: bytes = b"") -> None:
        self.data = data

    @classmethod
    def of(cls, lines: Iterable[Line]) -> "Order":
        """Return the order of ``lines``."""
        told = [*lines]
        return cls.of_columns(
            [one.crew for one in told],
            [one.rank or 0 for one in told],
            [-1 if one.gap_ms is None else one.gap_ms for one in told],
        )

    @classmethod
    def of_columns(
        cls, crews: Sequence[int], ranks: Sequence[int], gaps_ms: Sequence[int]
    ) -> "Order":
        """Return the order of lines told by columns, which may end before the crews do.

        Rank 0 and gap -1 mean none, as beyond the end of a column.
        """
        missing = len(crews) - len(ranks)
        numbers = [0] * (3 * len(crews))
        numbers[0::3] = crews
        numbers[1::3] = [*ranks, *[0] * missing]
        numbers[2::3] = [*gaps_ms, *[-1] * missing]
        return cls(struct.pack(f"<{len(numbers)}i", *numbers))

    def __len__(self) -> int:
        return len(self.data) // LINE_BYTES

    def __iter__(self) -> Iterator[Line]:
        return (_line(*one) for one in _LINE.iter_unpack(self.data))

    @overload
    def __getitem__(self, place: int) -> Line: ...
    @overload
    def __getitem__(self, place: slice) -> "Order": ...
    def __getitem__(self, place: int | slice) -> "Line | Order":
        if isinstance(place, slice):
            first, last, _ = place.indices(len(self))
            return Order(self.data[first * LINE_BYTES : last * LINE_BYTES])
        return _line(*_LINE.unpack_from(self.data, place * LINE_BYTES))

    def crews(self) -> tuple[int, ...]:
        """Return whose lines they are."""
        return self._numbers()[::3]

    def ranked(self) -> Iterator[int]:
        """Give those who have a rank."""
        numbers = self._numbers()
        return compress(numbers[::3], numbers[1::3])

    def places(self) -> dict[int, int]:
        """Return the place of every line by its crew."""
        crews = self.crews()
        return dict(zip(crews, range(len(crews)), strict=True))

    def _numbers(self) -> tuple[int, ...]:
        return struct.unpack(f"<{3 * len(self)}i", self.data)


def _line(crew: int, rank: int, gap_ms: int) -> Line:
    return Line(crew, rank or None, None if gap_ms < 0 else gap_ms)
