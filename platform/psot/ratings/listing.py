"""All members of a season in the order of their ratings, page by page, straight from the store."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import Session

from psot.ratings.models import MemberRow


@dataclass(frozen=True, kw_only=True)
class After:
    """The last place of the page before: where the next page goes on."""

    rating_milli: int
    member: UUID


@dataclass(frozen=True, kw_only=True)
class Filter:
    """Which members are asked for; what is empty lets everybody pass.

    Ratings lie from ``least_milli`` up to, not including, ``below_milli``.
    """

    region: str = ""
    least_milli: int = 0
    below_milli: int | None = None
    members: Sequence[UUID] | None = None


EVERYBODY = Filter()


@dataclass(frozen=True, kw_only=True)
class ListedMember:
    """A member's place; ``rank`` is one more than the number of members rated higher."""

    rank: int
    member: UUID
    region: str
    rating_milli: int
    activity_ppb: int
    effectiveness_ppb: int


@dataclass(frozen=True, kw_only=True)
class RatedMember:
    """A member's figures without the place."""

    member: UUID
    region: str
    rating_milli: int
    activity_ppb: int
    effectiveness_ppb: int
    minutes: int
    first_attempts: int


def rated_page(
    session: Session, season: str, wanted: Filter, *, after: After | None, limit: int
) -> list[RatedMember]:
    """Return at most ``limit`` members that ``wanted`` takes, the highest rated first.

    A page begins after a place, not after a number of rows: whoever climbs meanwhile neither
    repeats nor hides anybody below. Equal ratings stand in the order of the ranking in Redis.
    """
    found = session.execute(
        _taking(season, wanted, after)
        .order_by(MemberRow.rating_milli.desc(), MemberRow.member.desc())
        .limit(limit)
    )
    return [RatedMember(**row._asdict()) for row in found]


def members_page(
    session: Session, season: str, *, after: After | None, limit: int
) -> list[ListedMember]:
    """Return at most ``limit`` members after the place ``after`` with their places."""
    listed: list[ListedMember] = []
    position = 0
    for one in rated_page(session, season, EVERYBODY, after=after, limit=limit):
        if not listed:
            above, ties = _before(session, season, one)
            rank = 1 + above
            position = rank + ties
        else:
            position += 1
            same = one.rating_milli == listed[-1].rating_milli
            rank = listed[-1].rank if same else position
        listed.append(
            ListedMember(
                rank=rank,
                member=one.member,
                region=one.region,
                rating_milli=one.rating_milli,
                activity_ppb=one.activity_ppb,
                effectiveness_ppb=one.effectiveness_ppb,
            )
        )
    return listed


def rated_count(session: Session, season: str) -> int:
    """Return how many members have a rating in ``season``."""
    counted = select(func.count()).select_from(MemberRow).where(MemberRow.season == season)
    return session.scalar(counted) or 0


def _taking(
    season: str, wanted: Filter, after: After | None
) -> Select[UUID, str, int, int, int, int, int]:
    query = select(
        MemberRow.member,
        MemberRow.region,
        MemberRow.rating_milli,
        MemberRow.activity_ppb,
        MemberRow.effectiveness_ppb,
        MemberRow.minutes,
        MemberRow.first_attempts,
    ).where(MemberRow.season == season)
    if wanted.region:
        query = query.where(MemberRow.region == wanted.region)
    if wanted.least_milli:
        query = query.where(MemberRow.rating_milli >= wanted.least_milli)
    if wanted.below_milli is not None:
        query = query.where(MemberRow.rating_milli < wanted.below_milli)
    if wanted.members is not None:
        query = query.where(MemberRow.member.in_(wanted.members))
    if after is not None:
        # The comparison of rows is one range of the index.
        place = tuple_(MemberRow.rating_milli, MemberRow.member)
        query = query.where(place < (after.rating_milli, after.member))
    return query


def _before(session: Session, season: str, one: RatedMember) -> tuple[int, int]:
    """Return how many are rated higher than ``one``, and how many alike stand before."""
    counted = select(func.count()).select_from(MemberRow).where(MemberRow.season == season)
    higher = session.scalar(counted.where(MemberRow.rating_milli > one.rating_milli))
    alike = session.scalar(
        counted.where(MemberRow.rating_milli == one.rating_milli, MemberRow.member > one.member)
    )
    return higher or 0, alike or 0
