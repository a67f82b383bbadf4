"""A region as its officials see it: figures of many people, gathered from one region's rows."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from content.regions import Region
from psot.members import queries as members
from psot.members.queries import Told
from psot.officials.cells import LEAST, Cell, Span, Withheld, cell, grouped, parts, spans, stages
from psot.officials.comparison import Comparison, compare
from psot.ratings import groups as rated
from psot.ratings.queries import OpenSeason, newest_season, region_table
from psot.regions.queries import TopicLine, history, topics
from scoring.rating import Season, coverage_ppm

WEAK_TOPICS = 5


@dataclass(frozen=True, kw_only=True)
class Place:
    """A municipality or an organization: members there, and those of them active this season."""

    name: str
    """Empty for all other places together with whoever told none."""
    members: Cell
    active: Cell


@dataclass(frozen=True, kw_only=True)
class Weeks:
    """Some weeks of the season and how many joined in them; the days are the first and the last."""

    first: date
    last: date
    joined: Cell
    running: bool

    @property
    def bar(self) -> int:
        """How long its bar is; 0 where the count is not shown."""
        return self.joined if isinstance(self.joined, int) else 0


@dataclass(frozen=True, kw_only=True)
class Noted:
    """How the region stood at the end of a week (from 1), the running one: by now.

    All of it stands on the public page as well. ``more_ppm`` is by how much coverage grew since the
    week noted before, None for the first.
    """

    week: int
    members: int
    active: int
    coverage_ppm: int
    more_ppm: int | None
    score_milli: int


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of taking part: how many members of the region, and how much together.

    ``amount`` is None where it would tell of few people.
    """

    name: str
    members: Cell
    amount: int | None


@dataclass(frozen=True, kw_only=True)
class Portrait:
    """A region at a moment. ``members`` are those of the region now, whenever they joined."""

    region: Region
    season: OpenSeason
    taken_at: datetime
    members: Cell
    joined_season: Cell
    joined_week: Cell
    municipalities: tuple[Place, ...]
    organizations: tuple[Place, ...]
    kinds: tuple[Kind, ...]
    topics: tuple[TopicLine, ...]
    """The weakest first: those in which the region answers worse than the country."""
    weeks: tuple[Weeks, ...]
    noted: tuple[Noted, ...]
    """The newest first."""
    comparison: Comparison

    @property
    def most_joined(self) -> int:
        """The longest bar."""
        return max(1, *(one.bar for one in self.weeks))


def portrait(session: Session, region: Region, now: datetime) -> Portrait | None:
    """Return the portrait of ``region``, None before the first season is opened."""
    season = newest_season(session)
    if season is None:
        return None
    everybody = members.in_region(session, region.code)
    active = rated.active(session, season.name, everybody)
    told = members.told_in_region(session, region.code)
    weeks = _weeks(session, region, season.calendar, now)
    return Portrait(
        region=region,
        season=season,
        taken_at=now,
        members=cell(len(everybody)),
        joined_season=cell(sum(weeks)),
        joined_week=_this_week(weeks),
        municipalities=_places(told, lambda one: one.municipality, len(everybody), active),
        organizations=_places(told, lambda one: one.organization, len(everybody), active),
        kinds=_kinds(rated.done(session, season.name, everybody), len(everybody)),
        topics=_weak_topics(session, season.name, region),
        weeks=_spans(weeks, season.calendar),
        noted=_noted(session, season.name, region),
        comparison=compare(region_table(session, season.name), region),
    )


def _noted(session: Session, season: str, region: Region) -> tuple[Noted, ...]:
    told = []
    before: int | None = None
    for row in history(session, season, region.code):
        covered = coverage_ppm(row.active, row.members)
        told.append(
            Noted(
                week=row.week + 1,
                members=row.members,
                active=row.active,
                coverage_ppm=covered,
                more_ppm=None if before is None else covered - before,
                score_milli=row.score_milli,
            )
        )
        before = covered
    return tuple(reversed(told))


def _places(
    told: Sequence[Told], name: Callable[[Told], str], total: int, active: set[UUID]
) -> tuple[Place, ...]:
    """Return the places of five members and more, and one row for everybody else.

    Names that differ in their capitals only are one, written as most write it.
    """
    spellings: dict[str, Counter[str]] = {}
    at_work: Counter[str] = Counter()
    for one in told:
        if name(one):
            spellings.setdefault(name(one).casefold(), Counter())[name(one)] += 1
            at_work[name(one).casefold()] += one.member in active
    found = grouped({key: spelt.total() for key, spelt in spellings.items()}, total)
    sizes = [size for _key, size in found.shown]
    having = [at_work[key] for key, _size in found.shown]
    rest = total - sum(sizes)
    shown = (
        parts([*sizes, rest], [*having, len(active) - sum(having)])
        if rest
        else parts(sizes, having)
    )
    rows = [
        Place(name=_usual(spellings[key]), members=size, active=part)
        for (key, size), part in zip(found.shown, shown, strict=False)
    ]
    if rest:
        rows.append(Place(name="", members=found.rest, active=shown[-1]))
    return tuple(rows)


def _usual(spelt: Counter[str]) -> str:
    return min(spelt, key=lambda one: (-spelt[one], one))


def _kinds(done: rated.Done, everybody: int) -> tuple[Kind, ...]:
    told = (
        ("answers", done.answerers, done.first_answers),
        ("recordings", done.viewers, done.watched_ms // 60_000),
        ("races", done.racers, done.races),
        ("practice", done.trainees, done.practices),
    )
    made = []
    for name, people, amount in told:
        shown = stages((everybody, people))[1]
        made.append(Kind(name=name, members=shown, amount=amount if shown == people else None))
    return tuple(made)


def _weak_topics(session: Session, season: str, region: Region) -> tuple[TopicLine, ...]:
    behind = [one for one in topics(session, season, region.code) if one.ahead_ppm < 0]
    return tuple(sorted(behind, key=lambda one: (one.ahead_ppm, one.topic))[:WEAK_TOPICS])


def _weeks(session: Session, region: Region, season: Season, now: datetime) -> list[int]:
    """Return how many joined in each week of the season that has begun."""
    counts = [0] * max(1, season.weeks_elapsed(now))
    for moment in members.joined_in_region(session, region.code, season.starts_at):
        if moment in season:
            week = season.week_index(moment)
            if week < len(counts):
                counts[week] += 1
    return counts


def _this_week(counts: Sequence[int]) -> Cell:
    """Return how many joined in the running week, as the spans beside it allow."""
    newest = spans(counts)[-1]
    if newest.first == newest.last or counts[-1] < LEAST:
        return cell(counts[-1])
    return Withheld.HIDDEN


def _spans(counts: Sequence[int], season: Season) -> tuple[Weeks, ...]:
    return tuple(_dated(one, season, len(counts)) for one in spans(counts))


def _dated(one: Span, season: Season, weeks: int) -> Weeks:
    following = (
        season.week_starts_on(one.last + 1) if one.last + 1 < season.weeks else season.ends_before
    )
    return Weeks(
        first=season.week_starts_on(one.first),
        last=date.fromordinal(following.toordinal() - 1),
        joined=one.count,
        running=one.last == weeks - 1,
    )
