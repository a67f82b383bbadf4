"""Every write of the room: places noted week by week, medals counted anew."""

from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from sqlalchemy import CursorResult, Table, delete, or_, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from psot.rankings.models import MedalRow, MedalSeason, MemberWeek
from psot.ratings.changes import places
from psot.ratings.queries import seasons
from psot.results.medals import Tally, seasons_of_races, tallies

# What counts late still moves a season that is over, as long as it is calibrated.
NOTED_AFTER_END = timedelta(days=7)
_LOCK = text("SELECT pg_advisory_xact_lock(hashtext('psot.rankings.medals'))")
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
        fresh = insert(cast("Table", MemberWeek.__table__)).from_select(
            ["season", "member", "week", *_NOTED], places(season.name, week)
        )
        kept = {name: getattr(MemberWeek, name) for name in _NOTED}
        told = {name: getattr(fresh.excluded, name) for name in _NOTED}
        done = session.execute(
            fresh.on_conflict_do_update(
                index_elements=["season", "member", "week"],
                set_=told,
                where=or_(*(kept[name] != told[name] for name in _NOTED)),
            ),
            execution_options={"preserve_rowcount": True},
        )
        written += cast("CursorResult[Any]", done).rowcount
    return written


def count_medals(session: Session) -> list[str]:
    """Count the medals of every season whose protocols changed; returns these seasons.

    A season's rows are written anew as a whole: few races change after they are official.
    """
    session.execute(_LOCK)
    kept = {row.season: row for row in session.scalars(select(MedalSeason))}
    found = seasons_of_races(session)
    changed = [
        season
        for season in kept.keys() | found.keys()
        if season not in found or season not in kept or kept[season].sha256 != found[season].sha256
    ]
    for season in changed:
        session.execute(delete(MedalRow).where(MedalRow.season == season))
        session.execute(delete(MedalSeason).where(MedalSeason.season == season))
        if season in found:
            protocols = found[season]
            races = len(protocols.races)
            session.add(MedalSeason(season=season, sha256=protocols.sha256, races=races))
            rows = _medal_rows(season, tallies(session, protocols))
            if rows:
                session.execute(insert(MedalRow), rows)
    return sorted(changed)


def _medal_rows(season: str, found: dict[UUID, Tally]) -> list[dict[str, object]]:
    """Return the rows with places: gold first, then silver, then bronze; who is equal shares."""
    order = sorted(found.items(), key=lambda one: (_medals(one[1]), one[0].bytes), reverse=True)
    rows: list[dict[str, object]] = []
    place, before = 0, None
    for position, (member, tally) in enumerate(order, 1):
        if _medals(tally) != before:
            place, before = position, _medals(tally)
        rows.append({"season": season, "member": member, "place": place, **vars(tally)})
    return rows


def _medals(tally: Tally) -> tuple[int, int, int]:
    return tally.gold, tally.silver, tally.bronze
