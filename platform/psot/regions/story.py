"""The story of one region: everything its page tells, collected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from psot import clock
from psot.members.viewer import Viewer
from psot.races.queries import races_in
from psot.races.stages import Stage
from psot.races.values import RaceView
from psot.ratings.queries import RegionLine, national, region_table
from psot.regions import queries, shape
from psot.regions.models import RegionWeek
from psot.regions.queries import Portrait, TopicLine, View
from psot.regions.standing import Standing, around, beside, score_of
from psot.results import seasons as races_seasons
from psot.results.seasons import REGIONS, RELAYS
from scoring.rating import Movement, NationalMeans, movement

TOPICS_SHOWN = 3
RACES_SHOWN = 3


@dataclass(frozen=True, kw_only=True)
class Moved:
    """What moved a region since the week before: points by cause, and members who became active."""

    week: int
    """Number of the week compared with, from 1."""
    by: Movement
    active: int


@dataclass(frozen=True, kw_only=True)
class Cup:
    """A region in a table of the biathlon: the regions' cup or the relays."""

    season: str
    table: str
    rank: int
    points: int
    of: int
    races: tuple[tuple[UUID, str, int], ...]
    """Id and title of each race that counted, and the points won there."""


@dataclass(frozen=True, kw_only=True)
class Story:
    """A region with all that is told of it; ``line`` and ``national`` open its score."""

    view: View
    at: datetime
    own: Standing
    line: RegionLine
    national: NationalMeans
    moved: Moved | None
    weeks: Sequence[RegionWeek]
    drawn: shape.Line | None
    portrait: Portrait | None
    histogram: shape.Histogram | None
    league: Sequence[Standing]
    neighbours: Sequence[Standing]
    best: Sequence[TopicLine]
    weak: Sequence[TopicLine]
    cups: Sequence[Cup]
    upcoming: Sequence[RaceView]


def tell(session: Session, code: str, viewer: Viewer | None) -> Story | None:
    """Return the story of the region ``code`` in the newest season; None before the first."""
    view = queries.view(session)
    if view is None:
        return None
    name = view.season.name
    table = region_table(session, name)
    own = next(one for one in view.lines if one.region == code)
    weeks = queries.history(session, name, code)
    portrait = queries.portrait(session, name, code)
    known = queries.topics(session, name, code)
    return Story(
        view=view,
        at=clock.now(),
        own=own,
        line=next(one for one in table if one.region == code),
        national=national(table, view.season.parameters),
        moved=_moved(view, own, weeks),
        weeks=weeks,
        drawn=_drawn(view, own, weeks),
        portrait=portrait,
        histogram=shape.histogram(portrait.bins) if portrait else None,
        league=around(view.lines, code),
        neighbours=beside(view.lines, code),
        best=[one for one in known if one.ahead_ppm > 0][:TOPICS_SHOWN],
        weak=[one for one in reversed(known) if one.ahead_ppm < 0][:TOPICS_SHOWN],
        cups=_cups(session, code, viewer),
        upcoming=_upcoming(session, viewer),
    )


def _moved(view: View, own: Standing, weeks: Sequence[RegionWeek]) -> Moved | None:
    """Compare with the last week noted before the running one."""
    earlier = [one for one in weeks if one.week < view.running and one.rank is not None]
    if not earlier or own.rank is None:
        return None
    last = earlier[-1]
    return Moved(
        week=last.week + 1,
        by=movement(score_of(last), own.score),
        active=own.active - last.active,
    )


def _drawn(view: View, own: Standing, weeks: Sequence[RegionWeek]) -> shape.Line | None:
    """Draw the weeks that were noted, and the running one as it stands."""
    if own.rank is None:
        return None
    samples = [
        shape.Sample(
            week=one.week,
            score_milli=one.score_milli,
            low_milli=one.low_milli,
            high_milli=one.high_milli,
        )
        for one in weeks
        if one.week < view.running and one.rank is not None
    ]
    now = shape.Sample(
        week=view.running,
        score_milli=own.score.score_milli,
        low_milli=own.interval.low_milli,
        high_milli=own.interval.high_milli,
    )
    return shape.line([*samples, now], view.season.calendar.weeks)


def _cups(session: Session, code: str, viewer: Viewer | None) -> list[Cup]:
    """Return where the region stands in the newest season of races that this reader may see."""
    name = next(iter(races_seasons.names(session, viewer)), None)
    if name is None:
        return []
    season = races_seasons.season(session, name, viewer)
    found = []
    for table in (REGIONS, RELAYS):
        lines = races_seasons.lines(session, season, table, viewer)
        own = next((one for one in lines if one.region == code), None)
        if own is None:
            continue
        won = [(behind.race.id, behind.race.title, behind.points) for behind in own.behind.values()]
        found.append(
            Cup(
                season=name,
                table=table,
                rank=own.rank,
                points=own.points,
                of=len(lines),
                races=tuple(won),
            )
        )
    return found


def _upcoming(session: Session, viewer: Viewer | None) -> list[RaceView]:
    races = races_in(session, [Stage.ANNOUNCED, Stage.REGISTRATION])
    shown = [
        one
        for one in races
        if one.practice_of is None and one.starts_at is not None and (one.public or viewer)
    ]
    return shown[:RACES_SHOWN]
