"""Full weeks in a row, over all seasons that a member took part in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from psot.ratings.models import MemberRow
from psot.ratings.queries import OpenSeason
from scoring.rating import (
    Streak,
    Week,
    credited_minutes,
    full_weeks,
    watched_minutes,
    weeks_streak,
)


@dataclass(frozen=True, kw_only=True)
class TakenPart:
    """The seasons in which something of a member's counted, and the streak up to one of them."""

    seasons: tuple[str, ...]
    """The newest first."""
    streak: Streak


def taken_part(
    session: Session, member: UUID, opened: Sequence[OpenSeason], season: OpenSeason, now: datetime
) -> TakenPart:
    """Return what ``member`` took part in up to ``season``; ``opened`` are all, newest first."""
    rows = {
        row.season: row
        for row in session.scalars(select(MemberRow).where(MemberRow.member == member))
    }
    until = [one for one in opened if one.calendar.starts_on <= season.calendar.starts_on]
    full: list[bool] = []
    end = None
    for one in reversed(until):
        # A quarter nobody could take part in ends a streak, since it was full for nobody.
        apart = end is not None and one.calendar.starts_on != end
        full += [*([False] if apart else []), *_full(one, rows.get(one.name), now)]
        end = one.calendar.ends_before
    return TakenPart(
        seasons=tuple(one.name for one in opened if one.name in rows),
        streak=weeks_streak(full),
    )


def _full(season: OpenSeason, row: MemberRow | None, now: datetime) -> tuple[bool, ...]:
    sources = (row.efforts, row.race_minutes, row.watched_ms, row.given_minutes) if row else ()
    minutes = [
        credited_minutes(Week(answers_with_effort=efforts, practice_min=normed), season.parameters)
        + watched_minutes(watched_ms)
        + given
        for efforts, normed, watched_ms, given in zip_longest(*sources, fillvalue=0)
    ]
    return full_weeks(minutes, season.calendar.weeks_elapsed(now), season.parameters)
