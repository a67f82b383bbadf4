"""Every write of the room: places noted week by week, medals counted anew."""

from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, or_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from psot.rankings.models import MemberWeek
from psot.ratings.changes import places
from psot.ratings.queries import seasons

# What counts late still moves a season that is over, as long as it is calibrated.
NOTED_AFTER_END = timedelta(days=7)
_NOTED = ("rank", "total", "rating_milli")


def note_week(session: Session, *, now: datetime) -> int:
    """Note everybody's place in the running week of every running season; returns rows written.

    Doing it again brings the week's note up to date, so the last one of a week stands.
    """
    written = 0
    for season in seasons(session):
        if not season.calendar.starts_at <= now < season.calendar.ends_at + NOTED_AFTER_END:
            continue
        week = max(1, season.calendar.weeks_elapsed(now))
        fresh = insert(MemberWeek).from_select(
            ["season", "member", "week", *_NOTED], places(season.name, week)
        )
        kept = {name: getattr(MemberWeek, name) for name in _NOTED}
        told = {name: getattr(fresh.excluded, name) for name in _NOTED}
        done = session.execute(
            fresh.on_conflict_do_update(
                index_elements=["season", "member", "week"],
                set_=told,
                where=or_(*(kept[name] != told[name] for name in _NOTED)),
            )
        )
        written += cast("CursorResult[Any]", done).rowcount
    return written
