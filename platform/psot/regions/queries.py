"""What the regions' pages, and rooms above them, may ask; nothing here walks over members."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from psot import clock
from psot.members.boards import board_names
from psot.members.queries import PublicName
from psot.ratings.queries import OpenSeason, region_table, seasons
from psot.regions import standing
from psot.regions.models import RegionPortrait, RegionTopic, RegionWeek
from psot.regions.standing import Standing

FEWEST = 10
"""Below so many members nobody is named and no distribution is drawn: a few can be guessed."""
LEADERS = 5


@dataclass(frozen=True, kw_only=True)
class View:
    """The regions in a season: ``week`` (from 0) of a note, None for what stands now."""

    season: OpenSeason
    week: int | None
    weeks: tuple[int, ...]
    """The weeks that were noted, the earliest first."""
    running: int
    """The week (from 0) of this moment, the last one once the season is over."""
    newest: bool
    lines: tuple[Standing, ...]

    @property
    def ranked(self) -> tuple[Standing, ...]:
        """Those with somebody on their roster, the highest score first."""
        return tuple(one for one in self.lines if one.rank is not None)


@dataclass(frozen=True, kw_only=True)
class Portrait:
    """The members of a region as a whole; both are empty where there are too few."""

    bins: Sequence[int]
    leaders: tuple[tuple[UUID, PublicName], ...]


@dataclass(frozen=True, kw_only=True)
class TopicLine:
    """A region's first answers in a topic, against those of the whole country."""

    topic: str
    members: int
    answers: int
    score_ppm: int
    country_ppm: int

    @property
    def ahead_ppm(self) -> int:
        """How much better than the country; below zero: worse."""
        return self.score_ppm - self.country_ppm


def view(session: Session, name: str = "", week: int | None = None) -> View | None:
    """Return the regions in the season ``name`` ("": the newest) as they stood in ``week``.

    Of a week that was not noted the one before it is shown, or the first. None asks for what
    stands now, of a season that is over for its last week; so does the running week itself. A
    season that ended before weeks were noted is shown as its ratings say. None where there is no
    such season.
    """
    opened = seasons(session)
    season = next((one for one in opened if name in {"", one.name}), None)
    if season is None:
        return None
    weeks = _weeks(session, season.name)
    running = season is opened[0]
    now = season.calendar.weeks_elapsed(clock.now()) - 1
    if week is None and not running:
        week = weeks[-1] if weeks else None
    elif week is not None and running and week >= now:
        week = None
    if week is not None:
        week = max((one for one in weeks if one <= week), default=min(weeks, default=None))
    before = last_scores(session, _season_before(opened, season))
    if week is None:
        lines = standing.live(region_table(session, season.name), before, season.parameters)
    else:
        lines = standing.noted(_notes(session, season.name, week), before, season.parameters)
    return View(
        season=season,
        week=week,
        weeks=tuple(weeks),
        running=max(0, now),
        newest=running,
        lines=tuple(lines),
    )


def history(session: Session, season: str, region: str) -> list[RegionWeek]:
    """Return the weeks of a region that were noted, the earliest first."""
    rows = session.scalars(
        select(RegionWeek)
        .where(RegionWeek.season == season, RegionWeek.region == region)
        .order_by(RegionWeek.week)
    )
    return list(rows)


def last_scores(session: Session, season: str) -> dict[str, int]:
    """Return the scores, in thousandths, with which the regions ended ``season``."""
    weeks = _weeks(session, season)
    rows = _notes(session, season, weeks[-1]) if weeks else []
    return {one.region: one.score_milli for one in rows if one.rank is not None}


def portrait(session: Session, season: str, region: str) -> Portrait | None:
    """Return what the members of a region are like; None where there are fewer than `FEWEST`."""
    row = session.get(RegionPortrait, (season, region))
    if row is None or sum(row.bins) < FEWEST:
        return None
    names = board_names(session, row.leaders)
    shown = [(one, names[one]) for one in row.leaders if one in names]
    return Portrait(bins=row.bins, leaders=tuple(shown[:LEADERS]))


def topics(session: Session, season: str, region: str) -> list[TopicLine]:
    """Return a region's topics with at least `FEWEST` members, the best against the country first.

    The country's figure is the mean over the answers of all regions.
    """
    rows = session.scalars(select(RegionTopic).where(RegionTopic.season == season)).all()
    answers: dict[str, int] = {}
    total: dict[str, int] = {}
    for one in rows:
        answers[one.topic] = answers.get(one.topic, 0) + one.answers
        total[one.topic] = total.get(one.topic, 0) + one.answers * one.score_ppm
    lines = [
        TopicLine(
            topic=one.topic,
            members=one.members,
            answers=one.answers,
            score_ppm=one.score_ppm,
            country_ppm=total[one.topic] // answers[one.topic],
        )
        for one in rows
        if one.region == region and one.members >= FEWEST
    ]
    return sorted(lines, key=lambda one: (-one.ahead_ppm, one.topic))


def _weeks(session: Session, season: str) -> list[int]:
    query = select(RegionWeek.week).where(RegionWeek.season == season).distinct()
    return sorted(session.scalars(query))


def _notes(session: Session, season: str, week: int) -> Sequence[RegionWeek]:
    return session.scalars(
        select(RegionWeek).where(RegionWeek.season == season, RegionWeek.week == week)
    ).all()


def _season_before(opened: Sequence[OpenSeason], season: OpenSeason) -> str:
    older = [one.name for one in opened if one.name < season.name]
    return max(older, default="")
