"""Every write of the regions: notes of the running week, and portraits kept ready."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from psot.library import queries as library
from psot.ratings import portraits
from psot.ratings.queries import OpenSeason, RegionLine, newest_season, region_table
from psot.regions.models import RegionPortrait, RegionTopic, RegionWeek
from psot.regions.shape import BAND_MILLI, BANDS

LEADERS_KEPT = 8
"""More than are shown: who leaves the community before the next portrait leaves a gap."""

SCENARIO = "workplace:"
"""What the name of a scenario begins with among the questions of the ratings."""


def note_week(session: Session, now: datetime) -> int:
    """Note how every region stands in the week of ``now``; returns how many were noted.

    The running week is written over and over, so what was shown last stands. After its last day a
    season keeps its last week until the next one is opened.
    """
    season = newest_season(session)
    week = season.calendar.weeks_elapsed(now) - 1 if season else -1
    if season is None or week < 0:
        return 0
    lines = region_table(session, season.name)
    rows = [_noted(one, season, week, now) for one in lines]
    statement = insert(RegionWeek).values(rows)
    keys = {"season", "week", "region"}
    told = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    session.execute(statement.on_conflict_do_update(index_elements=sorted(keys), set_=told))
    return len(rows)


def draw_portraits(session: Session, now: datetime) -> int:
    """Keep the distribution and the leaders of every region of the newest season."""
    season = newest_season(session)
    if season is None:
        return 0
    bands = portraits.distribution(session, season.name, width_milli=BAND_MILLI)
    leaders = portraits.leaders(session, season.name, at_most=LEADERS_KEPT)
    session.execute(delete(RegionPortrait).where(RegionPortrait.season == season.name))
    session.add_all(
        RegionPortrait(
            season=season.name,
            region=region,
            bins=[counted.get(band, 0) for band in range(BANDS)],
            leaders=leaders.get(region, []),
            drawn_at=now,
        )
        for region, counted in bands.items()
        if region
    )
    return len(bands)


def draw_topics(session: Session) -> int:
    """Keep what every region answered by topic in the newest season."""
    season = newest_season(session)
    if season is None:
        return 0
    found = portraits.topics(session, season.name, _topic_of(session))
    session.execute(delete(RegionTopic).where(RegionTopic.season == season.name))
    session.add_all(
        RegionTopic(
            season=season.name,
            region=one.region,
            topic=one.topic,
            members=one.members,
            answers=one.answers,
            score_ppm=one.score_ppm,
        )
        for one in found
        if one.region
    )
    return len(found)


def _topic_of(session: Session) -> dict[str, str]:
    """Return the own topic of everything that first answers are given to."""
    asked = {one.id: one.topics[0] for one in library.questions(session)}
    scenarios = library.scenarios(session)
    return asked | {f"{SCENARIO}{id_}": one.topics[0] for id_, one in scenarios.items()}


def _noted(line: RegionLine, season: OpenSeason, week: int, now: datetime) -> dict[str, object]:
    return {
        "season": season.name,
        "week": week,
        "region": line.region,
        "members": line.sums.members,
        "active": line.sums.active,
        "activity_ppb": line.activity_ppb,
        "qualified": line.sums.qualified,
        "effectiveness_ppb": line.effectiveness_ppb,
        "score_milli": line.score_milli,
        "low_milli": line.interval.low_milli,
        "high_milli": line.interval.high_milli,
        "rank": line.rank,
        "place_from": line.place.first if line.place else None,
        "place_to": line.place.last if line.place else None,
        "noted_at": now,
    }
