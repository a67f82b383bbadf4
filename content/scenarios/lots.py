"""What a seed decides: pure, and the same for the same seed for ever.

A thing's place is HMAC-SHA256 of ``scenario:seed:thing``: nobody can tell a draw beforehand, and
whoever has the seed can check it afterwards.
"""

import hmac
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

Row = Mapping[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Lots:
    """The lots of one run."""

    scenario: str
    seed: int

    def place(self, what: str) -> bytes:
        """Return the place of a thing: 32 bytes to sort by."""
        told = f"{self.scenario}:{self.seed}:{what}"
        return hmac.digest(str(self.seed).encode(), told.encode(), "sha256")

    def shuffled(self, things: Iterable[T], what: str, name: Callable[[T], str]) -> list[T]:
        """Return ``things`` in the order of their places; ``what`` tells shuffles apart."""
        return sorted(things, key=lambda one: self.place(f"{what}:{name(one)}"))


def drawn_hazards(row: Row, lots: Lots) -> list[Row]:
    """Return the hazards that are present, in the order of the file; an object has one at most."""
    hazards: Sequence[Row] = row.get("hazards", ())
    chosen = {one["object"]: one["id"] for one in reversed(hazards) if one.get("always")}
    left = row.get("draw", {}).get("hazards", len(hazards))
    for one in lots.shuffled(hazards, "hazard", lambda each: str(each["id"])):
        if left > 0 and one["object"] not in chosen:
            chosen[one["object"]] = one["id"]
            left -= 1
    present = set(chosen.values())
    return [one for one in hazards if one["id"] in present]


def drawn_flaws(row: Row, lots: Lots) -> set[tuple[str, str]]:
    """Return (document, field) of every flaw that is present."""
    flaws = [
        (document["id"], field["id"], bool(field["flaw"].get("always")))
        for document in row.get("documents", ())
        for field in document["fields"]
        if "flaw" in field
    ]
    most = row.get("draw", {}).get("flaws", len(flaws))
    drawn = [
        one
        for one in lots.shuffled(flaws, "flaw", lambda each: f"{each[0]}.{each[1]}")
        if not one[2]
    ][:most]
    return {(document, field) for document, field, _ in [*drawn, *(f for f in flaws if f[2])]}
