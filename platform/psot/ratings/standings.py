"""What the pages and the API show of a ranking: places with names, the own one, the neighbours."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from redis import Redis
from sqlalchemy.orm import Session

from psot.members.boards import named_on_boards
from psot.members.queries import PublicName
from psot.ratings import ranks
from psot.ratings.bands import bands
from psot.ratings.queries import OpenSeason, regions_of
from psot.ratings.ranks import Look, Place
from scoring.rating import league, points

SPAN = 3
LEADERS = 50
"""Places that a board of leaders holds: what is shown of them is filled from these."""
SPARE = 5
"""So many more are looked at than are shown: who stands on no board is left out."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """A member's place as others see it; ``key`` is the member's id as text."""

    key: str
    rank: int
    who: PublicName
    region: str
    rating: int
    hidden: bool = False

    @property
    def member(self) -> str:
        """The member's public name in the reader's language."""
        return str(self.who)

    def at(self, place: Place) -> "Line":
        """Return the same member on another place, of another board."""
        return replace(self, rank=place.rank, rating=points(place.rating_milli))

    def wire(self) -> dict[str, Any]:
        """Return the row of a live board: it goes to readers of every language."""
        named = {"member": self.who.name} if self.who.name else {"number": self.who.number}
        return {"rank": self.rank, "region": self.region, "rating": self.rating, **named}


@dataclass(frozen=True, kw_only=True)
class Standings:
    """Leaders; and of the member asked about: own place, league (1 is the highest), neighbours.

    ``to_next`` are the points to the league above, None in the highest.
    """

    total: int
    leaders: tuple[Line, ...]
    own: Line | None = None
    league: int | None = None
    to_next: int | None = None
    around: tuple[Line, ...] = ()


def standings(
    session: Session, redis: "Redis", season: OpenSeason, *, leaders: int, member: UUID | None
) -> Standings:
    """Return the standings of ``season``. Raises RedisError where Redis does not answer."""
    asked = [member] if member else []
    # Who stands on no board leaves a gap that the next ones fill, as on the live board.
    look, lines = _seen_at(session, redis, season.name, asked, leaders and leaders + SPARE)
    if leaders and not _enough(look, lines_of(lines, look.leaders, member), leaders):
        look, lines = _seen_at(session, redis, season.name, asked, LEADERS)
    around = lines_of(lines, look.around[member], member) if member else ()
    own = next((one for one in around if one.key == str(member)), None)
    mine = look.place_of(member) if member else None
    return Standings(
        total=look.total,
        leaders=lines_of(lines, look.leaders, member)[:leaders],
        own=own,
        league=league(own.rank, look.total, season.parameters) if own else None,
        to_next=_to_next(redis, season, mine.rating_milli) if mine else None,
        around=around,
    )


def _seen_at(
    session: Session, redis: "Redis", season: str, asked: Sequence[UUID], leaders: int
) -> tuple[Look, dict[UUID, Line]]:
    look = ranks.look(redis, season, asked, leaders=min(leaders, LEADERS), span=SPAN)
    return look, named(session, season, shown(look), own=asked)


def _enough(look: Look, lines: Sequence[Line], leaders: int) -> bool:
    """Whether a look reaches far enough for so many leaders: to all who share the last place."""
    looked = len(look.leaders)
    if looked >= min(LEADERS, look.total):
        return True
    return len(lines) > leaders and lines[leaders - 1].rank < look.leaders[-1].rank


def windows(
    session: Session, redis: "Redis", season: str, members: Sequence[UUID]
) -> dict[UUID, dict[str, Any]]:
    """Return what each of ``members`` sees around the own place, as it travels to their page."""
    return seen(session, ranks.look(redis, season, members, span=SPAN), season)


def seen(session: Session, look: Look, season: str) -> dict[UUID, dict[str, Any]]:
    """Return the windows of a look at any ranking of ``season``, as they travel."""
    lines = named(session, season, shown(look), own=list(look.around))
    return {
        member: {
            "rows": [{"key": one.key, **one.wire()} for one in lines_of(lines, places, member)]
        }
        for member, places in look.around.items()
        if places
    }


def shown(look: Look) -> list[Place]:
    """Return every place that ``look`` shows, each once."""
    places = {one.member: one for one in look.leaders}
    for window in look.around.values():
        places.update({one.member: one for one in window})
    return list(places.values())


def named(
    session: Session, season: str, places: Sequence[Place], *, own: Collection[UUID] = ()
) -> dict[UUID, Line]:
    """Return ``places`` with names and regions.

    Left out are erased members and those who stand on no board; of the latter ``own`` are there,
    marked as ``hidden``: nobody but themselves is shown them.
    """
    members = [one.member for one in places]
    names, hidden = named_on_boards(session, members, own=own)
    homes = regions_of(session, season, members)
    return {
        one.member: Line(
            key=str(one.member),
            rank=one.rank,
            who=names[one.member],
            region=homes.get(one.member, ""),
            rating=points(one.rating_milli),
            hidden=one.member in hidden,
        )
        for one in places
        if one.member in names
    }


def lines_of(
    lines: dict[UUID, Line], places: Sequence[Place], reader: UUID | None = None
) -> tuple[Line, ...]:
    """Return the lines of ``places`` that ``reader`` may see.

    Equal places stand in the order of their keys, as a live board draws them.
    """
    found = (lines[one.member] for one in places if one.member in lines)
    seen_by = (one for one in found if not one.hidden or one.key == str(reader))
    return tuple(sorted(seen_by, key=lambda one: (one.rank, one.key)))


def _to_next(redis: "Redis", season: OpenSeason, rating_milli: int) -> int | None:
    """Return the points that a member with such a rating lacks to the next league."""
    above = [one.least_milli for one in bands(redis, season) if one.least_milli > rating_milli]
    return max(1, points(min(above)) - points(rating_milli)) if above else None
