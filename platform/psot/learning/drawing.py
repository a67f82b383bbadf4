"""Which questions are asked, and in which order: pure, and the same for the same seed for ever.

Every attempt has a random ``seed`` of its own. A question's place is HMAC-SHA256 of
``member:number:question`` under that seed, so that nobody can tell a draw beforehand, and whoever
has the seed can check it afterwards.
"""

import hmac
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Lot:
    """What the places of one attempt are made from: ``number`` counts the member's attempts."""

    seed: str
    member: UUID
    number: int

    def place(self, question: str) -> bytes:
        """Return the place of a question: 32 bytes to sort by."""
        told = f"{self.member}:{self.number}:{question}"
        return hmac.digest(self.seed.encode(), told.encode(), "sha256")


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A question that may be drawn: ``group`` is what the draw shall keep in proportion."""

    question: str
    version: int
    group: str


def draw(
    candidates: Sequence[Candidate], lot: Lot, *, most: int | None, last: Collection[str] = ()
) -> list[Candidate]:
    """Return at most ``most`` candidates (None: all) in the order of their places.

    Groups are drawn in proportion to their sizes: the i-th of n in its group stands at
    (i + 1/2) / n. Questions of the ``last`` draw come only where there are not enough others.
    """
    if most is None or most >= len(candidates):
        return sorted(candidates, key=lambda one: lot.place(one.question))
    fresh = [one for one in candidates if one.question not in last]
    again = [one for one in candidates if one.question in last]
    ranked = [*_in_proportion(fresh, lot), *_in_proportion(again, lot)][:most]
    return sorted(ranked, key=lambda one: lot.place(one.question))


def draw_rounds(candidates: Sequence[Candidate], lot: Lot, *, most: int) -> list[Candidate]:
    """Return at most ``most`` candidates: one of each group, then a second of each, and so on.

    Within a group the candidates come in the order given; groups in the order of their places.
    """
    groups: dict[str, list[Candidate]] = {}
    for one in candidates:
        groups.setdefault(one.group, []).append(one)
    rounds = [
        (number, lot.place(group), one)
        for group, members in groups.items()
        for number, one in enumerate(members)
    ]
    return [one for _, _, one in sorted(rounds, key=lambda each: each[:2])][:most]


def _in_proportion(candidates: Sequence[Candidate], lot: Lot) -> list[Candidate]:
    groups: dict[str, list[Candidate]] = {}
    for one in sorted(candidates, key=lambda each: lot.place(each.question)):
        groups.setdefault(one.group, []).append(one)
    placed = [
        ((2 * number + 1) / (2 * len(group)), lot.place(one.question), one)
        for group in groups.values()
        for number, one in enumerate(group)
    ]
    return [one for _, _, one in sorted(placed, key=lambda each: each[:2])]
