"""A page with slots: what is the same for everybody in pieces, and which slot stands between."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Page:
    """``pieces`` are text and slots by turns; ``slots`` names the slots in their order.

    Whoever is among ``shows`` stands on the page: to them it is another one.
    """

    headers: tuple[tuple[str, str], ...]
    pieces: tuple[bytes, ...]
    slots: tuple[str, ...]
    shows: frozenset[UUID] = frozenset()

    @cached_property
    def size(self) -> int:
        """How many bytes its text takes up."""
        return sum(map(len, self.pieces))

    def filled(self, own: Mapping[str, bytes]) -> bytes:
        """Return the page of one reader: ``own`` has what belongs into each slot, by its name."""
        pieces = list(self.pieces)
        pieces[1::2] = [own[name] for name in self.slots]
        return b"".join(pieces)


def cut(
    body: bytes,
    marks: Mapping[str, str],
    *,
    headers: tuple[tuple[str, str], ...] = (),
    shows: frozenset[UUID] = frozenset(),
) -> Page:
    """Return ``body`` as a page whose slots are where the ``marks`` stand; these are by name."""
    names = {mark.encode(): name for name, mark in marks.items()}
    pieces = re.split(b"(" + b"|".join(map(re.escape, names)) + b")", body)
    slots = tuple(names[one] for one in pieces[1::2])
    pieces[1::2] = [b""] * len(slots)
    return Page(headers=headers, pieces=tuple(pieces), slots=slots, shows=shows)
