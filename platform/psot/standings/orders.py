"""An order of the field as bytes: laid down by a race's consumer, read line by line.

Of a large field most readers want a few lines, and how many there are.
"""

import struct
from collections.abc import Iterable, Iterator
from typing import Final

from scoring.biathlon.running import Line

_LINE: Final = struct.Struct("<iii")
"""One line: number, rank (0: none), gap in ms (-1: none)."""
LINE_BYTES: Final = _LINE.size


def packed(lines: Iterable[Line]) -> bytes:
    """Return an order as bytes."""
    numbers = [
        number
        for crew, rank, gap_ms in lines
        for number in (crew, rank or 0, -1 if gap_ms is None else gap_ms)
    ]
    return struct.pack(f"<{len(numbers)}i", *numbers)


class Order:
    """An order read from its bytes; places count from 0.

    >>> list(Order(packed([Line(7, 1, 0), Line(3)])))
    [Line(crew=7, rank=1, gap_ms=0), Line(crew=3, rank=None, gap_ms=None)]
    """

    def __init__(self, data: bytes = b"") -> None:
        self._data = data

    def __len__(self) -> int:
        return len(self._data) // LINE_BYTES

    def __iter__(self) -> Iterator[Line]:
        return (_line(*one) for one in _LINE.iter_unpack(self._data))

    def __getitem__(self, place: int) -> Line:
        return _line(*_LINE.unpack_from(self._data, place * LINE_BYTES))

    def places(self) -> dict[int, int]:
        """Return the place of every line by its number."""
        numbers = struct.unpack(f"<{3 * len(self)}i", self._data)[::3]
        return dict(zip(numbers, range(len(numbers)), strict=True))


def _line(number: int, rank: int, gap_ms: int) -> Line:
    return Line(number, rank or None, None if gap_ms < 0 else gap_ms)
