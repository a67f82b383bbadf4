"""The closing protocol: everything a season came to, as canonical JSON and as sealed lines.

The protocol itself names nobody: regions, rules, figures, and the hash of the members' lines. A
line is the canonical JSON of one member's place; the lines follow the places, equal ones the ids.
So anybody can check the protocol against its hash on the ledger, and an organizer every line.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from sqlalchemy.orm import Session

from psot.races.proof import canonical
from psot.ratings import queries as ratings
from psot.ratings.listing import After, ListedMember, members_page
from psot.ratings.projections import RATINGS
from psot.ratings.queries import OpenSeason

FORMAT: Final = "psot.season.protocol.v1"
_PAGE: Final = 5000


@dataclass(frozen=True, kw_only=True)
class Protocol:
    """A protocol as the bytes that are sealed, and what it counts."""

    body: bytes
    members: int
    regions: int

    @property
    def sha256(self) -> str:
        """SHA-256 of the bytes, in hexadecimal digits."""
        return hashlib.sha256(self.body).hexdigest()

    @property
    def document(self) -> dict[str, Any]:
        """The protocol as plain data."""
        read: dict[str, Any] = json.loads(self.body)
        return read


class Lines:
    """The members' lines on their way into the protocol: counted and hashed as they pass."""

    def __init__(self) -> None:
        self.count = 0
        self._digest = hashlib.sha256()

    def add(self, one: ListedMember) -> None:
        """Add the next line."""
        self.count += 1
        self._digest.update(line(one))

    @property
    def sha256(self) -> str:
        """SHA-256 of all lines so far."""
        return self._digest.hexdigest()


def line(one: ListedMember) -> bytes:
    """Return one member's place as its line of the members' file."""
    told = {
        "member": str(one.member),
        "place": one.rank,
        "region": one.region,
        "activity_ppb": one.activity_ppb,
        "effectiveness_ppb": one.effectiveness_ppb,
        "rating_milli": one.rating_milli,
    }
    return canonical(told) + b"\n"


def places(session: Session, season: str) -> Iterator[ListedMember]:
    """Yield everybody rated in ``season`` in the order of the places, equal ones by their ids."""
    for _rank, equal in groupby(_listed(session, season), key=lambda one: one.rank):
        yield from sorted(equal, key=lambda one: one.member)


def _listed(session: Session, season: str) -> Iterator[ListedMember]:
    after = None
    while page := members_page(session, season, after=after, limit=_PAGE):
        yield from page
        after = After(rating_milli=page[-1].rating_milli, member=page[-1].member)


def write(
    session: Session,
    season: OpenSeason,
    lines: Lines,
    *,
    rosters_sha256: str,
    seq: int,
    closed_at: datetime,
) -> Protocol:
    """Write the protocol of ``season`` from the stored ratings, after all ``lines`` have passed.

    ``seq`` is the last entry of the ledger that the ratings hold.
    """
    table = ratings.region_table(session, season.name)
    placed = [one for one in table if one.rank is not None]
    told = {
        "format": FORMAT,
        "season": season.name,
        "starts_on": season.calendar.starts_on.isoformat(),
        "ends_before": season.calendar.ends_before.isoformat(),
        "closed_at": closed_at.isoformat(),
        "ledger_seq": seq,
        "ratings_version": RATINGS.version,
        "rules": asdict(season.parameters),
        "calibration": {
            "number": season.calibration,
            "mean_ppm": season.mean_ppm,
            "weeks_elapsed": season.weeks_elapsed,
        },
        "rosters_sha256": rosters_sha256,
        "national": asdict(ratings.national(table, season.parameters)),
        "members": {"count": lines.count, "sha256": lines.sha256},
        "regions": [_region(one) for one in placed],
    }
    return Protocol(body=canonical(told), members=lines.count, regions=len(placed))


def _region(one: ratings.RegionLine) -> dict[str, Any]:
    return {
        "region": one.region,
        "rank": one.rank,
        "place": asdict(one.place) if one.place else None,
        "score_milli": one.score_milli,
        "interval": asdict(one.interval),
        "activity_ppb": one.activity_ppb,
        "effectiveness_ppb": one.effectiveness_ppb,
        "league": one.league.value,
        "sums": asdict(one.sums),
    }
