"""The boards that this room keeps: what they are called on the wire, and where they stand in Redis.

The board of a region and of a topic are sorted sets of their own. A league is a stretch of the
ranking of all members, so nothing is kept for it.
"""

from dataclasses import dataclass
from enum import StrEnum

from psot.ratings.ranks import Keys


class Kind(StrEnum):
    """What a board is about; the value is its prefix on the wire."""

    REGION = "regional"
    TOPIC = "topical"
    LEAGUE = "league"


@dataclass(frozen=True, kw_only=True)
class Board:
    """The board of ``code`` (a region, a topic or the number of a league) in a season."""

    kind: Kind
    season: str
    code: str

    @property
    def name(self) -> str:
        """The board's name on the wire.

        >>> Board(kind=Kind.REGION, season="2026-Q4", code="RU-TYU").name
        'regional:2026-Q4_RU-TYU'
        """
        return f"{self.kind}:{self.season}_{self.code}"

    @property
    def keys(self) -> Keys:
        """Where it is ranked; a league has no set of its own."""
        return Keys(scores=f"{base(self.season)}:{self.kind}:{self.code}", state=state(self.season))


def board_called(name: str) -> Board:
    """Return the board with this name on the wire, one that the door let pass."""
    kind, _, rest = name.partition(":")
    season, _, code = rest.partition("_")
    return Board(kind=Kind(kind), season=season, code=code)


def base(season: str) -> str:
    """Return what the names of all keys of ``season`` begin with."""
    return f"psot:rankings:{season}"


def state(season: str) -> str:
    """Return the key that tells how far the sets of ``season`` have come."""
    return f"{base(season)}:state"
