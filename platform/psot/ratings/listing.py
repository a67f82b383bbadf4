"""All members of a season in the order of their ratings, page by page, straight from the store."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

# A page begins after a place, not after a number of rows: whoever climbs meanwhile neither repeats
# nor hides anybody below.
_PAGE = text(
    """
    SELECT m.member, m.region, m.rating_milli, m.activity_ppb, m.effectiveness_ppb
    FROM rating_members m
    WHERE m.season = :season
      AND (CAST(:after_milli AS integer) IS NULL
           OR (-m.rating_milli, m.member) > (-CAST(:after_milli AS integer), :after_member))
    ORDER BY -m.rating_milli, m.member LIMIT :limit
    """
)
_ABOVE = text(
    "SELECT count(*) FROM rating_members WHERE season = :season AND rating_milli > :milli"
)
_ALL = text("SELECT count(*) FROM rating_members WHERE season = :season")


@dataclass(frozen=True, kw_only=True)
class After:
    """The last place of the page before: where the next page goes on."""

    rating_milli: int
    member: UUID


@dataclass(frozen=True, kw_only=True)
class ListedMember:
    """A member's place; ``rank`` is one more than the number of members rated higher."""

    rank: int
    member: UUID
    region: str
    rating_milli: int
    activity_ppb: int
    effectiveness_ppb: int


def members_page(
    session: Session, season: str, *, after: After | None, limit: int
) -> list[ListedMember]:
    """Return at most ``limit`` members after the place ``after``, the highest rated first."""
    where = {
        "season": season,
        "after_milli": after.rating_milli if after else None,
        "after_member": after.member if after else UUID(int=0),
        "limit": limit,
    }
    listed: list[ListedMember] = []
    position = 0
    for row in session.execute(_PAGE, where).all():
        if not listed:
            above = {"season": season, "milli": row.rating_milli}
            rank = 1 + session.execute(_ABOVE, above).scalar_one()
            position = rank + _ties_before(session, season, row.rating_milli, row.member)
        else:
            position += 1
            same = row.rating_milli == listed[-1].rating_milli
            rank = listed[-1].rank if same else position
        listed.append(ListedMember(rank=rank, **row._asdict()))
    return listed


def rated_count(session: Session, season: str) -> int:
    """Return how many members have a rating in ``season``."""
    return int(session.execute(_ALL, {"season": season}).scalar_one())


_TIES = text(
    "SELECT count(*) FROM rating_members"
    " WHERE season = :season AND rating_milli = :milli AND member < :member"
)


def _ties_before(session: Session, season: str, milli: int, member: UUID) -> int:
    values = {"season": season, "milli": milli, "member": member}
    return int(session.execute(_TIES, values).scalar_one())
