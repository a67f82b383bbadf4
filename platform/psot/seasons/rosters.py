"""The frozen rosters of a season, counted from the facts themselves.

The same rule as that of the ratings (`psot.ratings.homes`): who joined before the first moment
counts for the region chosen last before it. Read from the ledger, so a fold that lags behind at
that moment leaves nobody out.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from events import names_of
from events.member import MemberMoved, MemberRegistered
from scoring.rating import Season

_BATCH = 5000
_HOMES = text(
    """
    SELECT DISTINCT ON (member) member, data ->> 'region' AS region FROM ledger_facts
    WHERE type = ANY(:types) AND occurred_at < :starts_at
    ORDER BY member, occurred_at DESC, data ->> 'region' COLLATE "C" DESC
    """
)


@dataclass(frozen=True, kw_only=True)
class Rosters:
    """How many members each region has on its roster, and the hash of who they are."""

    regions: Mapping[str, int]
    sha256: str

    @property
    def members(self) -> int:
        """All members on a roster."""
        return sum(self.regions.values())


def count(session: Session, season: Season) -> Rosters:
    """Return the rosters of ``season`` as the facts so far have them. Reads every membership."""
    types = sorted({*names_of(MemberRegistered), *names_of(MemberMoved)})
    asked = {"types": types, "starts_at": season.starts_at}
    rows = session.execute(_HOMES, asked, execution_options={"yield_per": _BATCH})
    digest = hashlib.sha256()
    regions: Counter[str] = Counter()
    for member, region in rows:
        digest.update(f"{member} {region}\n".encode())
        regions[region] += 1
    return Rosters(regions=dict(sorted(regions.items())), sha256=digest.hexdigest())
