"""What the pages and the API show of a ranking: places with names, the own one, the neighbours."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from redis import Redis
from sqlalchemy.orm import Session

from psot.members.queries import PublicName, public_names
from psot.ratings import ranks
from psot.ratings.queries import OpenSeason, regions_of
from psot.ratings.ranks import Look, Place
from scoring.rating import league, points

SPAN = 3


@dataclass(frozen=True, kw_only=True)
class Line:
    """A member's place as others see it; ``key`` is the member's id as text."""

    key: str
    rank: int
    who: PublicName
    region: str
    rating: int

    @property
    def member(self) -> str:
        """The member's public name in the reader's language."""
        return str(self.who)

    def wire(self) -> dict[str, Any]:
        """Return the row of a live board: it goes to readers of every language."""
        named = {"member": self.who.name} if self.who.name else {"number": self.who.number}
        return {"rank": self.rank, "region": self.region, "rating": self.rating, **named}


@dataclass(frozen=True, kw_only=True)
class Standings:
    """Leaders; and of the member asked about: own place, league (1 is the highest), neighbours."""

    total: int
    leaders: tuple[Line, ...]
    own: Line | None = None
    league: int | None = None
    around: tuple[Line, ...] = ()


def standings(
    session: Session, redis: "Redis", season: OpenSeason, *, leaders: int, member: UUID | None
) -> Standings:
    """Return the standings of ``season``. Raises RedisError where Redis does not answer."""
    asked = [member] if member else []
    look = ranks.look(redis, season.name, asked, leaders=leaders, span=SPAN)
    lines = named(session, season.name, shown(look))
    around = _lines(lines, look.around[member]) if member else ()
    own = next((one for one in around if one.key == str(member)), None)
    return Standings(
        total=look.total,
        leaders=_lines(lines, look.leaders),
        own=own,
        league=league(own.rank, look.total, season.parameters) if own else None,
        around=around,
    )


def windows(
    session: Session, redis: "Redis", season: str, members: Sequence[UUID]
) -> dict[UUID, dict[str, Any]]:
    """Return what each of ``members`` sees around the own place, as it travels to their page."""
    look = ranks.look(redis, season, members, span=SPAN)
    lines = named(session, season, shown(look))
    return {
        member: {"rows": [{"key": one.key, **one.wire()} for one in _lines(lines, places)]}
        for member, places in look.around.items()
        if places
    }


def shown(look: Look) -> list[Place]:
    """Return every place that ``look`` shows, each once."""
    places = {one.member: one for one in look.leaders}
    for window in look.around.values():
        places.update({one.member: one for one in window})
    return list(places.values())


def named(session: Session, season: str, places: Sequence[Place]) -> dict[UUID, Line]:
    """Return ``places`` with names and regions; an erased member is left out."""
    members = [one.member for one in places]
    names = public_names(session, members)
    homes = regions_of(session, season, members)
    return {
        one.member: Line(
            key=str(one.member),
            rank=one.rank,
            who=names[one.member],
            region=homes.get(one.member, ""),
            rating=points(one.rating_milli),
        )
        for one in places
        if one.member in names
    }


def _lines(lines: dict[UUID, Line], places: Sequence[Place]) -> tuple[Line, ...]:
    return tuple(lines[one.member] for one in places if one.member in lines)
