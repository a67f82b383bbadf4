"""What the pages of races read: lists of races, entries, the start list page by page."""

from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, Integer, Select, any_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from psot.races.models import Entry, Race, Start
from psot.races.queries import LISTED, racers, view
from psot.races.stages import SHOWN, Stage
from psot.races.values import Racer, RaceView, StartLine

NOW = frozenset({Stage.ZEROING, Stage.RUNNING})
PAST = frozenset({Stage.LOCKED, Stage.PROVISIONAL, Stage.OFFICIAL, Stage.CANCELLED})


_LINES = (
    select(Start.bib, Start.leg, Start.team, Start.start_ms, Start.ended_ms)
    .where(
        Start.race == bindparam("race"), Start.bib == any_(bindparam("bibs", type_=ARRAY(Integer)))
    )
    .order_by(Start.leg)
)


# Hot pages ask these: each is made once, not for every page.
_REGIONS = (
    select(Entry.region, func.count())
    .where(Entry.race == bindparam("race"), Entry.withdrawn_at.is_(None))
    .group_by(Entry.region)
)
_OWN = select(
    Entry.registered_at,
    Entry.region,
    Entry.experience,
    Entry.employer,
    Entry.time_percent,
    Entry.bib,
    Entry.team,
).where(
    Entry.race == bindparam("race"),
    Entry.member == bindparam("member"),
    Entry.withdrawn_at.is_(None),
)
_WITH_BIBS = LISTED.where(Entry.race == bindparam("race"), Entry.bib.is_not(None)).order_by(
    Entry.bib
)
_LEAF = _WITH_BIBS.limit(bindparam("limit")).offset(bindparam("offset"))
_HOW_MANY = select(func.count()).where(Entry.race == bindparam("race"), Entry.bib.is_not(None))


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A race on a list: how many are ``entered``, and the reader's own bib where there is one."""

    race: RaceView
    entered: int
    mine: bool
    bib: int | None


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which races a reader looks for; empty means all. ``members`` adds those for members only."""

    search: str = ""
    format: str = ""
    season: str = ""
    members: bool = False


@dataclass(frozen=True, kw_only=True)
class OwnEntry:
    """A member's own registration."""

    registered_at: datetime
    region: str
    experience: str
    employer: str
    time_percent: int
    bib: int | None
    team: str | None


@dataclass(frozen=True, kw_only=True)
class StartRow:
    """A racer on the start list with the lines of the legs raced."""

    racer: Racer
    lines: tuple[StartLine, ...]


def listed(
    session: Session,
    wanted: Wanted,
    stages: Iterable[Stage],
    *,
    member: UUID | None = None,
    newest_first: bool = False,
    limit: int = 100,
    offset: int = 0,
) -> list[Listed]:
    """Return the races at ``stages`` in order of their start; practice is on no list."""
    # Without a moment a race comes after those with one, or by its birth among its like.
    when = func.coalesce(Race.starts_at, Race.zero_at, Race.created_at)
    ordered = when.desc() if newest_first else when
    rows = session.scalars(
        _filtered(wanted, stages).order_by(ordered, Race.id).limit(limit).offset(offset)
    ).all()
    if not rows:
        return []
    ids = [one.id for one in rows]
    counts = entered(session, ids)
    own = _own(session, ids, member) if member else {}
    return [
        Listed(race=view(row), entered=counts[row.id], mine=row.id in own, bib=own.get(row.id))
        for row in rows
    ]


def newest(
    session: Session,
    wanted: Wanted,
    stages: Iterable[Stage],
    *,
    before: UUID | None = None,
    limit: int,
) -> list[RaceView]:
    """Return the races at ``stages``, the one made last first, from ``before`` on."""
    # Ids sort by their birth.
    asked = _filtered(wanted, stages).order_by(Race.id.desc()).limit(limit)
    rows = session.scalars(asked if before is None else asked.where(Race.id < before))
    return [view(row) for row in rows]


def count(session: Session, wanted: Wanted, stages: Iterable[Stage]) -> int:
    """Return how many races `listed` would list without a limit."""
    return (
        session.scalar(select(func.count()).select_from(_filtered(wanted, stages).subquery())) or 0
    )


def seasons(session: Session, *, drafts: bool = False) -> list[str]:
    """Return the seasons that have races, the newest first."""
    asked = select(Race.season).where(Race.season != "", Race.practice_of.is_(None))
    if not drafts:
        asked = asked.where(Race.stage.in_([*SHOWN]))
    return list(session.scalars(asked.distinct().order_by(Race.season.desc())))


def entered(session: Session, races: Iterable[UUID]) -> Counter[UUID]:
    """Return how many members are registered for each of ``races``."""
    rows = session.execute(
        select(Entry.race, func.count())
        .where(Entry.race.in_([*races]), Entry.withdrawn_at.is_(None))
        .group_by(Entry.race)
    )
    return Counter(dict(rows.all()))


def regions_entered(session: Session, race: UUID) -> Counter[str]:
    """Return how many members of each region are registered."""
    return Counter(dict(session.execute(_REGIONS, {"race": race}).all()))


def own_entry(session: Session, race: UUID, member: UUID) -> OwnEntry | None:
    """Return the member's registration that stands, or None."""
    row = session.execute(_OWN, {"race": race, "member": member}).first()
    if row is None:
        return None
    return OwnEntry(
        registered_at=row.registered_at,
        region=row.region,
        experience=row.experience,
        employer=row.employer,
        time_percent=row.time_percent,
        bib=row.bib,
        team=row.team,
    )


def start_page(
    session: Session,
    race: UUID,
    *,
    search: str = "",
    regions: Container[str] = (),
    offset: int,
    limit: int,
) -> tuple[list[StartRow], int]:
    """Return ``limit`` rows of the start list from ``offset`` on, by bib, and how many there are.

    ``search`` is a bib, a team or a part of a name; ``regions`` are the codes of regions that it
    names. Only names that were published are searched.
    """
    if search:
        found = [
            one
            for one in racers(session, session.execute(_WITH_BIBS, {"race": race}).all())
            if _named(one, search.casefold()) or one.region in regions
        ]
        total, shown = len(found), found[offset : offset + limit]
    else:
        told = {"race": race, "limit": limit, "offset": offset}
        shown = racers(session, session.execute(_LEAF, told).all())
        # A short first page is all there is; nobody need count it.
        whole = offset == 0 and len(shown) < limit
        total = len(shown) if whole else session.scalar(_HOW_MANY, {"race": race}) or 0
    lines = lines_of(session, race, [one.bib for one in shown])
    return [StartRow(racer=one, lines=lines.get(one.bib, ())) for one in shown], total


def starters(session: Session, race: UUID, *, after: int, limit: int) -> tuple[list[StartRow], int]:
    """Return ``limit`` rows of the start list with bibs over ``after``, and how many there are."""
    asked = LISTED.where(Entry.race == race, Entry.bib.is_not(None))
    rows = asked.where(Entry.bib > after).order_by(Entry.bib).limit(limit)
    shown = racers(session, session.execute(rows).all())
    lines = lines_of(session, race, [one.bib for one in shown])
    total = session.scalar(select(func.count()).select_from(asked.subquery())) or 0
    return [StartRow(racer=one, lines=lines.get(one.bib, ())) for one in shown], total


def _named(racer: Racer, word: str) -> bool:
    return word in {str(racer.bib), (racer.team or "").casefold()} or word in racer.name.casefold()


def lines_of(session: Session, race: UUID, bibs: Iterable[int]) -> dict[int, tuple[StartLine, ...]]:
    """Return the lines of the start list of each of ``bibs``, by leg."""
    asked = [*bibs]
    if not asked:
        return {}
    rows = session.execute(_LINES, {"race": race, "bibs": asked})
    by_bib: dict[int, tuple[StartLine, ...]] = {}
    for row in rows:
        line = StartLine(
            bib=row.bib, leg=row.leg, team=row.team, start_ms=row.start_ms, ended_ms=row.ended_ms
        )
        by_bib[row.bib] = (*by_bib.get(row.bib, ()), line)
    return by_bib


def _filtered(wanted: Wanted, stages: Iterable[Stage]) -> Select[Race]:
    asked = select(Race).where(Race.stage.in_([*stages]), Race.practice_of.is_(None))
    if not wanted.members:
        asked = asked.where(Race.public)
    if wanted.format:
        asked = asked.where(Race.format == wanted.format)
    if wanted.season:
        asked = asked.where(Race.season == wanted.season)
    if wanted.search:
        asked = asked.where(
            or_(
                Race.title.icontains(wanted.search, autoescape=True),
                Race.description.icontains(wanted.search, autoescape=True),
            )
        )
    return asked


def _own(session: Session, races: list[UUID], member: UUID) -> dict[UUID, int | None]:
    rows = session.execute(
        select(Entry.race, Entry.bib).where(
            Entry.race.in_(races), Entry.member == member, Entry.withdrawn_at.is_(None)
        )
    )
    return dict(rows.all())
