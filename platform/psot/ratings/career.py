"""A member's career: what the running season and the two before it make together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from psot.ratings.rules import ZONE, Standard, season_named
from psot.ratings.standards import standards
from scoring.rating import career_milli, points, season_of

_RATINGS = text("SELECT season, rating_milli FROM rating_members WHERE member = :member")


@dataclass(frozen=True, kw_only=True)
class CareerShare:
    """A season in a career: its rating, 0 where the member took no part, and its share."""

    season: str
    rating_milli: int
    percent: int


@dataclass(frozen=True, kw_only=True)
class Career:
    """A career rating as of ``season``, in thousandths of a point; its seasons newest first."""

    season: str
    milli: int
    made_of: tuple[CareerShare, ...]

    @property
    def points(self) -> int:
        """The career in whole points."""
        return points(self.milli)


def career(session: Session, member: UUID) -> Career | None:
    """Return the career of ``member`` as of the newest season, None before the first one."""
    return next(reversed(career_line(session, member)), None)


def career_line(session: Session, member: UUID) -> list[Career]:
    """Return the career as of every opened season, the oldest first."""
    rows = session.execute(_RATINGS, {"member": member})
    ratings = {row.season: row.rating_milli for row in rows}
    return [_as_of(standard, ratings) for standard in standards(session)]


def _as_of(standard: Standard, ratings: Mapping[str, int]) -> Career:
    shares = standard.parameters.career_percent
    names = _backwards(standard.season, len(shares))
    made_of = tuple(
        CareerShare(season=name, rating_milli=ratings.get(name, 0), percent=percent)
        for name, percent in zip(names, shares, strict=True)
    )
    milli = career_milli([one.rating_milli for one in made_of], standard.parameters)
    return Career(season=standard.season, milli=milli, made_of=made_of)


def _backwards(name: str, count: int) -> list[str]:
    """Return the names of ``count`` quarters, from ``name`` backwards, opened or not."""
    names = [name]
    while len(names) < count:
        before = season_named(names[-1]).starts_at - timedelta(days=1)
        names.append(season_of(before, ZONE).name)
    return names[:count]
