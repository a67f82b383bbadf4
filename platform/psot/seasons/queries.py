"""What may be read of seasons: where each stands, what is missing to close one, what was sealed."""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from events.rating import RostersFrozen, SeasonClosed, SeasonOpened
from psot.ledger import Recorded
from psot.ledger.reading import told
from psot.ledger.stats import lags
from psot.members.boards import board_names
from psot.members.queries import PublicName
from psot.ratings.listing import ListedMember
from psot.ratings.projections import RATINGS
from psot.ratings.queries import OpenSeason
from psot.ratings.rules import SETTLED_AFTER_END, season_at, season_named
from psot.seasons.models import PlaceRow, PlanRow, PreviewRow, ProtocolRow
from psot.seasons.protocol import Protocol
from scoring.rating import Season, points

_BATCH = 5000


class Status(StrEnum):
    """Where a season stands, in the order of its life."""

    COMING = "coming"
    DUE = "due"
    """It has begun, and nobody has opened it."""
    RUNNING = "running"
    OVER = "over"
    """Its last moment has passed, and it is not closed."""
    CLOSED = "closed"


class Missing(StrEnum):
    """What keeps a season that is over from being closed."""

    WAITING = "waiting"
    """Facts wait to be counted."""
    DEAD = "dead"
    """Facts could not be counted."""
    FIGURES = "figures"
    """The figures that all members share were not taken in its last week or after it."""


@dataclass(frozen=True, kw_only=True)
class SeasonState:
    """A season and everything the ledger tells of it."""

    calendar: Season
    status: Status
    opened: Recorded | None = None
    frozen: Recorded | None = None
    closed: Recorded | None = None
    planned: bool = False

    @property
    def name(self) -> str:
        """Its name, such as ``2026-Q4``."""
        return self.calendar.name

    @property
    def last_day(self) -> date:
        """Its last day."""
        return self.calendar.ends_before - timedelta(days=1)

    @property
    def rules(self) -> int | None:
        """Version of its rules, None before it is opened."""
        fact = self.opened.fact if self.opened else None
        return fact.rules if isinstance(fact, SeasonOpened) else None

    @property
    def rosters(self) -> RostersFrozen | None:
        """Its frozen rosters."""
        fact = self.frozen.fact if self.frozen else None
        return fact if isinstance(fact, RostersFrozen) else None

    @property
    def roster_members(self) -> int:
        """All members on its frozen rosters."""
        return sum(self.rosters.rosters.values()) if self.rosters else 0

    @property
    def closing(self) -> SeasonClosed | None:
        """How it was closed."""
        fact = self.closed.fact if self.closed else None
        return fact if isinstance(fact, SeasonClosed) else None


@dataclass(frozen=True, kw_only=True)
class Preview:
    """The rosters of a season as they would be if it were opened at ``counted_at``."""

    rosters: Mapping[str, int]
    counted_at: datetime

    @property
    def members(self) -> int:
        """All members on a roster."""
        return sum(self.rosters.values())


@dataclass(frozen=True, kw_only=True)
class Place:
    """A member's place in a closed season; ``who`` is None for a member who is erased."""

    member: UUID
    who: PublicName | None
    place: int
    region: str
    activity_ppb: int
    effectiveness_ppb: int
    rating_milli: int

    @property
    def points(self) -> int:
        """The rating in whole points."""
        return points(self.rating_milli)


def opened(session: Session, now: datetime) -> list[SeasonState]:
    """Return every season that was opened, the newest first."""
    frozen = {one.fact.season: one for one in told(session, RostersFrozen)}  # type: ignore[attr-defined]  # of this kind
    closed = {one.fact.season: one for one in told(session, SeasonClosed)}  # type: ignore[attr-defined]  # the same
    found = []
    for one in told(session, SeasonOpened):
        calendar = season_named(one.fact.season)  # type: ignore[attr-defined]  # the same
        over = Status.OVER if now >= calendar.ends_at else Status.RUNNING
        found.append(
            SeasonState(
                calendar=calendar,
                status=Status.CLOSED if calendar.name in closed else over,
                opened=one,
                frozen=frozen.get(calendar.name),
                closed=closed.get(calendar.name),
            )
        )
    return sorted(found, key=lambda one: one.calendar.starts_on, reverse=True)


def known(session: Session, now: datetime) -> list[SeasonState]:
    """Return what the desk shows: the next quarter, the running one, and all opened before."""
    found = opened(session, now)
    names = {one.name for one in found}
    running = season_at(now)
    following = season_at(running.ends_at)
    for calendar, status in ((running, Status.DUE), (following, Status.COMING)):
        if calendar.name not in names:
            planned = session.get(PlanRow, calendar.name) is not None
            found.append(SeasonState(calendar=calendar, status=status, planned=planned))
    return sorted(found, key=lambda one: one.calendar.starts_on, reverse=True)


def season(session: Session, name: str, now: datetime) -> SeasonState | None:
    """Return the season called ``name`` where the desk knows it, else None."""
    return next((one for one in known(session, now) if one.name == name), None)


def due_plans(session: Session, now: datetime) -> list[str]:
    """Return the planned seasons whose first moment has come, the oldest first."""
    names = session.scalars(select(PlanRow.season).order_by(PlanRow.season))
    return [one for one in names if now >= season_named(one).starts_at]


def preview(session: Session, name: str) -> Preview | None:
    """Return how the rosters of a season would be, None while they were never counted."""
    row = session.get(PreviewRow, name)
    return Preview(rosters=row.rosters, counted_at=row.counted_at) if row else None


def frozen(session: Session, name: str) -> RostersFrozen | None:
    """Return the frozen rosters of a season."""
    found = next(iter(told(session, RostersFrozen, season=name)), None)
    return found.fact if found and isinstance(found.fact, RostersFrozen) else None


def closing(session: Session, name: str) -> SeasonClosed | None:
    """Return how a season was closed, None while it is not."""
    found = next(iter(told(session, SeasonClosed, season=name)), None)
    return found.fact if found and isinstance(found.fact, SeasonClosed) else None


def missing(session: Session, season: OpenSeason, now: datetime) -> list[Missing]:
    """Return what is not counted yet of a season that is over, nothing where it can be closed."""
    lag = next((one for one in lags(session) if one.projection == RATINGS.name), None)
    found = []
    if lag is not None and lag.waiting:
        found.append(Missing.WAITING)
    if lag is not None and lag.dead:
        found.append(Missing.DEAD)
    calibrated = now < season.calendar.ends_at + SETTLED_AFTER_END
    if calibrated and season.weeks_elapsed < season.calendar.weeks:
        found.append(Missing.FIGURES)
    return found


def sealed(session: Session, name: str) -> Protocol | None:
    """Return the protocol of a closed season as it was sealed, else None."""
    row = session.get(ProtocolRow, name)
    fact = closing(session, name)
    if row is None or fact is None:
        return None
    body = zlib.decompress(row.body)
    return Protocol(body=body, members=fact.members, regions=fact.regions)


def leaders(session: Session, name: str, *, limit: int) -> list[Place]:
    """Return the first ``limit`` of a closed season by today's names.

    Left out are erased members and those who stand on no board.
    """
    rows = session.scalars(
        select(PlaceRow)
        .where(PlaceRow.season == name)
        .order_by(PlaceRow.place, PlaceRow.member)
        .limit(limit)
    ).all()
    names = board_names(session, [one.member for one in rows])
    return [_place(one, names) for one in rows if one.member in names]


def own_place(session: Session, name: str, member: UUID) -> Place | None:
    """Return a member's own place in a closed season, None without one."""
    row = session.get(PlaceRow, (name, member))
    return _place(row, board_names(session, [member], own=[member])) if row else None


def lines(session: Session, name: str) -> Iterator[ListedMember]:
    """Yield the sealed places in the order of the members' file."""
    rows = session.scalars(
        select(PlaceRow)
        .where(PlaceRow.season == name)
        .order_by(PlaceRow.place, PlaceRow.member)
        .execution_options(yield_per=_BATCH)
    )
    for row in rows:
        yield ListedMember(
            rank=row.place,
            member=row.member,
            region=row.region,
            rating_milli=row.rating_milli,
            activity_ppb=row.activity_ppb,
            effectiveness_ppb=row.effectiveness_ppb,
        )


def _place(row: PlaceRow, names: Mapping[UUID, PublicName]) -> Place:
    return Place(
        member=row.member,
        who=names.get(row.member),
        place=row.place,
        region=row.region,
        activity_ppb=row.activity_ppb,
        effectiveness_ppb=row.effectiveness_ppb,
        rating_milli=row.rating_milli,
    )
