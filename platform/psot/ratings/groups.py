"""What a group of members did in a season, added up: for who may see sums but not members."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

_ACTIVE = text(
    "SELECT member FROM rating_members WHERE season = :season AND activity_ppb > 0"
    " AND member = ANY(CAST(:members AS uuid[]))"
)
_DONE = text(
    """
    WITH asked AS (SELECT unnest(CAST(:members AS uuid[])) AS member)
    SELECT
        (SELECT count(DISTINCT member) FROM rating_participations JOIN asked USING (member)
         WHERE season = :season) AS racers,
        (SELECT count(DISTINCT race) FROM rating_participations JOIN asked USING (member)
         WHERE season = :season) AS races,
        (SELECT count(DISTINCT member) FROM rating_watched JOIN asked USING (member)
         WHERE season = :season AND ms > 0) AS viewers,
        (SELECT coalesce(sum(ms), 0) FROM rating_watched JOIN asked USING (member)
         WHERE season = :season) AS watched_ms,
        (SELECT count(DISTINCT member) FROM rating_practices JOIN asked USING (member)
         WHERE season = :season) AS trainees,
        (SELECT count(*) FROM rating_practices JOIN asked USING (member)
         WHERE season = :season) AS practices,
        (SELECT count(*) FROM rating_members JOIN asked USING (member)
         WHERE season = :season AND first_attempts > 0) AS answerers,
        (SELECT coalesce(sum(first_attempts), 0) FROM rating_members JOIN asked USING (member)
         WHERE season = :season) AS first_answers
    """
)


@dataclass(frozen=True, kw_only=True)
class Done:
    """What a group did in a season: for each kind how many members, and how much together."""

    racers: int
    races: int
    """Different races that one of them finished."""
    viewers: int
    watched_ms: int
    trainees: int
    practices: int
    """Scenarios of the virtual enterprise, finished for the first time by a member."""
    answerers: int
    first_answers: int


def active(session: Session, season: str, members: Iterable[UUID]) -> set[UUID]:
    """Return those of ``members`` who have done something that counts in ``season``."""
    rows = session.execute(_ACTIVE, {"season": season, "members": list(members)})
    return set(rows.scalars())


def done(session: Session, season: str, members: Iterable[UUID]) -> Done:
    """Return what ``members`` did in ``season`` together."""
    row = session.execute(_DONE, {"season": season, "members": list(members)}).one()
    return Done(
        racers=row.racers,
        races=row.races,
        viewers=row.viewers,
        watched_ms=int(row.watched_ms),
        trainees=row.trainees,
        practices=row.practices,
        answerers=row.answerers,
        first_answers=int(row.first_answers),
    )
