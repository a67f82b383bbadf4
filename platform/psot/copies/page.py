"""A page with slots: what is the same for everybody in pieces, and which slot stands between."""

import re
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Page:
    """``pieces`` are text and mark by turns; every mark is ``token`` or ``moment``."""

    headers: tuple[tuple[str, str], ...]
    pieces: tuple[bytes, ...]
    token: bytes
    moment: bytes

    @cached_property
    def size(self) -> int:
        """How many bytes it takes up."""
        return sum(map(len, self.pieces))

    @cached_property
    def slots(self) -> tuple[tuple[int, bool], ...]:
        """Where the slots are among the pieces, and whether a token belongs there."""
        return tuple((at, self.pieces[at] == self.token) for at in range(1, len(self.pieces), 2))

    def filled(self, *, token: bytes, moment: bytes) -> bytes:
        """Return the page of one reader."""
        pieces = list(self.pieces)
        for at, for_token in self.slots:
            pieces[at] = token if for_token else moment
        return b"".join(pieces)


def cut(
    body: bytes, headers: tuple[tuple[str, str], ...], *, token: str, moment: str
) -> Page | None:
    """Return ``body`` as a page whose slots are where the marks stand; None without a token's."""
    marks = token.encode(), moment.encode()
    pieces = re.split(b"(" + b"|".join(map(re.escape, marks)) + b")", body)
    if marks[0] not in pieces[1::2]:
        return None
    return Page(headers, tuple(pieces), *marks)
