"""What the desk reads: a race with what only its organizers see of it."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from events.competition import StageEntered
from psot.ledger.reading import told
from psot.members.queries import public_names
from psot.races import listing, pools, queries
from psot.races.errors import UnknownRace
from psot.races.models import Entry, Pool, Race
from psot.races.pools import PoolCheck
from psot.races.stages import EDITABLE, Stage
from psot.races.values import ClassView, RaceView
from scoring.biathlon import Format

Wanted = Mapping[str, tuple[Collection[str], Collection[int]]]
"""Topics and difficulties of the pool of each kind of task; empty means all."""


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A race as its organizer has it on the desk."""

    race: RaceView
    remind_minutes: int
    entered: int

    @property
    def editable(self) -> bool:
        """Whether everything can still be changed."""
        return self.race.stage in EDITABLE


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step of the race's life that happened; ``by`` is "" where the schedule did it."""

    stage: Stage
    at: datetime
    by: str


@dataclass(frozen=True, kw_only=True)
class Registered:
    """A registration that stands. ``name`` is by consent or "Member <number>"."""

    member: UUID
    number: int
    name: str
    region: str
    experience: str
    employer: str
    time_percent: int
    registered_at: datetime
    bib: int | None
    team: str | None


def desk(session: Session, race_id: UUID) -> Desk:
    """Return a race for its desk. Raises UnknownRace, for somebody's practice too."""
    row = session.get(Race, race_id)
    if row is None or row.practice_of is not None:
        raise UnknownRace(gettext("There is no such race."), subject=str(race_id))
    return Desk(
        race=queries.view(row),
        remind_minutes=row.remind_minutes,
        entered=listing.entered(session, [race_id])[race_id],
    )


def history(session: Session, race_id: UUID) -> list[Step]:
    """Return the steps of a race's life from the ledger, the newest first."""
    facts = told(session, StageEntered, race=str(race_id))
    steps = [(one, one.fact) for one in facts if isinstance(one.fact, StageEntered)]
    names = public_names(session, {fact.by for _, fact in steps if fact.by})
    return [
        Step(
            stage=Stage(fact.stage),
            at=one.occurred_at,
            by=str(names.get(fact.by) or gettext("Former member")) if fact.by else "",
        )
        for one, fact in reversed(steps)
    ]


def registered(session: Session, race_id: UUID, *, search: str = "") -> list[Registered]:
    """Return the registrations that stand, the first that came first.

    ``search`` is a public number, a bib or a part of a published name.
    """
    rows = session.scalars(
        select(Entry)
        .where(Entry.race == race_id, Entry.withdrawn_at.is_(None))
        .order_by(Entry.registered_at, Entry.member)
    ).all()
    names = public_names(session, [one.member for one in rows])
    found = [
        Registered(
            member=row.member,
            number=names[row.member].number,
            name=str(names[row.member]),
            region=row.region,
            experience=row.experience,
            employer=row.employer,
            time_percent=row.time_percent,
            registered_at=row.registered_at,
            bib=row.bib,
            team=row.team,
        )
        for row in rows
        if row.member in names
    ]
    word = search.casefold()
    return [one for one in found if not word or _fits(one, word)]


def pools_of(session: Session, race_id: UUID) -> Wanted:
    """Return what the pools of a race are made of."""
    rows = {row.kind: row for row in session.scalars(select(Pool).where(Pool.race == race_id))}
    return {
        kind: (tuple(rows[kind].topics), tuple(rows[kind].difficulties))
        if kind in rows
        else ((), ())
        for kind in pools.KINDS
    }


def checked(session: Session, rules: Format, wanted: Wanted) -> list[PoolCheck]:
    """Return whether pools made of ``wanted`` would be large enough, without keeping them."""
    known = pools.raceable(session)
    found = {
        kind: {
            one.id
            for one in known
            if (not topics or one.topic in topics) and (not levels or one.difficulty in levels)
        }
        for kind, (topics, levels) in wanted.items()
    }
    needed = pools.needs(rules)
    counted = pools.shares(found, needed)
    return [
        PoolCheck(kind=kind, available=counted[kind], needed=needed[kind])
        for kind in pools.KINDS
        if needed[kind]
    ]


def tasks_by_topic(session: Session) -> Counter[str]:
    """Return how many questions of each topic can be raced with."""
    return Counter(one.topic for one in pools.raceable(session))


def followed(session: Session, race_id: UUID) -> list[RaceView]:
    """Return the races that this one may follow: others that are announced at least."""
    rows = session.scalars(
        select(Race)
        .where(
            Race.id != race_id,
            Race.practice_of.is_(None),
            Race.stage.not_in([Stage.DRAFT, Stage.CANCELLED]),
        )
        .order_by(Race.created_at.desc())
        .limit(100)
    )
    return [queries.view(row) for row in rows]


def classes_sized(session: Session, race_id: UUID) -> list[tuple[ClassView, int]]:
    """Return the classes of a race, each with how many of the registered belong to it."""
    rows = registered(session, race_id)
    return [
        (one, sum(getattr(row, one.rule) in one.values for row in rows))
        for one in queries.classes(session, race_id)
    ]


def _fits(one: Registered, word: str) -> bool:
    return word in {str(one.number), str(one.bib)} or word in one.name.casefold()
