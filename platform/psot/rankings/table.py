"""The full table: everybody in the order of their places, as far as a reader asks for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from redis import Redis
from sqlalchemy.orm import Session

from content.regions import by_code
from psot.members.boards import board_names, found_by
from psot.members.queries import PublicName
from psot.ratings import ranks
from psot.ratings.bands import LEAGUES, bands
from psot.ratings.listing import After, Filter, RatedMember, rated_page
from psot.ratings.queries import OpenSeason
from scoring.rating import points

FOUND_AT_MOST = 500
"""Members that words may find: whoever is called as so many others has to say more."""
CHUNK = 1_000

_AFTER = re.compile(r"(\d{1,7})_([0-9a-f]{32})\Z")


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What a reader asks for; what is empty lets everybody pass. Unknown values ask for nothing."""

    words: str = ""
    region: str = ""
    league: int = 0

    def __bool__(self) -> bool:
        return bool(self.words or self.region or self.league)

    def asks(self) -> dict[str, str]:
        """Return it as it stands in an address."""
        told = {"q": self.words, "region": self.region, "league": str(self.league or "")}
        return {name: value for name, value in told.items() if value}


@dataclass(frozen=True, kw_only=True)
class TableRow:
    """A member's line in the full table."""

    rank: int
    member: UUID
    who: PublicName
    region: str
    rating: int
    activity_ppb: int
    effectiveness_ppb: int
    minutes: int
    first_attempts: int


@dataclass(frozen=True, kw_only=True)
class Page:
    """Some rows, and after which place the next ones begin ("" at the end)."""

    rows: tuple[TableRow, ...]
    next: str
    too_many: bool = False
    """Whether more members have such a name than are looked through."""


def choice_of(words: str, region: str, league: str) -> Choice:
    """Return what is asked for by the words of an address."""
    return Choice(
        words=" ".join(words.split())[:60],
        region=region if region in by_code() else "",
        league=int(league) if league in {str(one) for one in range(1, LEAGUES + 1)} else 0,
    )


def page(
    session: Session,
    redis: "Redis",
    season: OpenSeason,
    choice: Choice,
    *,
    after: str,
    limit: int,
) -> Page:
    """Return at most ``limit`` rows after the place ``after``. Raises RedisError.

    Who stands on no board is passed over; the places of the others stay what they are.
    """
    wanted, too_many = _filter(session, redis, season, choice)
    found = rated_page(session, season.name, wanted, after=_place(after), limit=limit + 1)
    rows = _rows(session, redis, season.name, found[:limit])
    last = found[limit - 1] if len(found) > limit else None
    return Page(rows=rows, next=_told(last) if last else "", too_many=too_many)


def chunks(
    session: Session, redis: "Redis", season: OpenSeason, choice: Choice
) -> Iterator[tuple[TableRow, ...]]:
    """Return the whole table in pieces. Raises RedisError."""
    wanted, _too_many = _filter(session, redis, season, choice)
    after: After | None = None
    while found := rated_page(session, season.name, wanted, after=after, limit=CHUNK):
        yield _rows(session, redis, season.name, found)
        after = After(rating_milli=found[-1].rating_milli, member=found[-1].member)


def _filter(
    session: Session, redis: "Redis", season: OpenSeason, choice: Choice
) -> tuple[Filter, bool]:
    band = None
    if choice.league:
        band = next((one for one in bands(redis, season) if one.league == choice.league), None)
    members = None
    if choice.words:
        members = found_by(session, choice.words, at_most=FOUND_AT_MOST + 1)
    wanted = Filter(
        region=choice.region,
        least_milli=band.least_milli if band else 0,
        below_milli=band.below_milli if band else None,
        members=members[:FOUND_AT_MOST] if members is not None else None,
    )
    return wanted, members is not None and len(members) > FOUND_AT_MOST


def _rows(
    session: Session, redis: "Redis", season: str, found: list[RatedMember]
) -> tuple[TableRow, ...]:
    names = board_names(session, [one.member for one in found])
    places = ranks.ranks_at(redis, ranks.keys_of(season), [one.rating_milli for one in found])
    return tuple(
        TableRow(
            rank=places[one.rating_milli],
            member=one.member,
            who=names[one.member],
            region=one.region,
            rating=points(one.rating_milli),
            activity_ppb=one.activity_ppb,
            effectiveness_ppb=one.effectiveness_ppb,
            minutes=one.minutes,
            first_attempts=one.first_attempts,
        )
        for one in found
        if one.member in names
    )


def _place(after: str) -> After | None:
    found = _AFTER.match(after)
    return After(rating_milli=int(found[1]), member=UUID(hex=found[2])) if found else None


def _told(one: RatedMember) -> str:
    return f"{one.rating_milli}_{one.member.hex}"
