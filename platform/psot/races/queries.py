"""What other rooms may ask about races."""

import dataclasses
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from psot.members import boards as people
from psot.races.errors import UnknownRace
from psot.races.models import Entry, Pool, Race, RaceClass, RaceQuestion, Start
from psot.races.questions import FrozenQuestion, thaw
from psot.races.stages import SHOWN, Stage
from psot.races.values import ClassView, Racer, RaceView, StartLine
from scoring.biathlon import Entry as Line

STAFF = frozenset({"organizer", "jury", "administrator"})

LISTED = select(
    Entry.member,
    Entry.bib,
    Entry.team,
    Entry.region,
    Entry.experience,
    Entry.employer,
    Entry.time_percent,
)
"""What the start list says of an entry: plain rows, for there are as many as racers."""

Listed = Row[UUID, int | None, str | None, str, str, str, int]

_FIELDS = tuple(one.name for one in dataclasses.fields(RaceView) if one.name != "stage")

# Hot pages ask these: each is made once, not for every page.
_RACE = select(*(getattr(Race, name) for name in _FIELDS), Race.stage).where(
    Race.id == bindparam("race")
)
_CLASSES = (
    select(RaceClass.code, RaceClass.title, RaceClass.rule, RaceClass.values)
    .where(RaceClass.race == bindparam("race"))
    .order_by(RaceClass.position)
)
_BIB = select(Entry.bib).where(
    Entry.race == bindparam("race"),
    Entry.member == bindparam("member"),
    Entry.withdrawn_at.is_(None),
)


def view(row: Race | Row[*tuple[Any, ...]]) -> RaceView:
    """Return what may be known of a race."""
    values = {name: getattr(row, name) for name in _FIELDS}
    return RaceView(stage=Stage(row.stage), **values)


def race(session: Session, race: UUID) -> RaceView:
    """Return a race. Raises UnknownRace."""
    row = session.execute(_RACE, {"race": race}).first()
    if row is None:
        raise UnknownRace(_("There is no such race."), subject=str(race))
    return view(row)


def races_by_id(session: Session, ids: Iterable[UUID]) -> dict[UUID, RaceView]:
    """Return the races with one of ``ids``; those that are not there are absent."""
    rows = session.scalars(select(Race).where(Race.id.in_([*ids])))
    return {row.id: view(row) for row in rows}


def visible_race(
    session: Session, race_id: UUID, *, member: UUID | None, roles: frozenset[str] = frozenset()
) -> RaceView:
    """Return a race that this reader may see. Raises UnknownRace for drafts and others' practice.

    A race for members only is unknown to a visitor; organizers and the jury see every race.
    """
    found = race(session, race_id)
    staff = not STAFF.isdisjoint(roles)
    own = found.practice_of is None or (member is not None and found.practice_member == member)
    shown = found.stage in SHOWN and own and (found.public or member is not None)
    if not (staff or shown):
        raise UnknownRace(_("There is no such race."), subject=str(race_id))
    return found


def races_in(session: Session, stages: Iterable[Stage]) -> list[RaceView]:
    """Return the races at one of ``stages``, practice included, the earliest start first."""
    rows = session.scalars(
        select(Race).where(Race.stage.in_([*stages])).order_by(Race.starts_at, Race.id)
    )
    return [view(row) for row in rows]


def start_list(
    session: Session, race_id: UUID, *, bibs: Collection[int] | None = None
) -> list[Racer]:
    """Return everybody with a bib, or those with one of ``bibs``, by bib."""
    wanted = Entry.bib.is_not(None) if bibs is None else Entry.bib.in_(bibs)
    rows = session.execute(LISTED.where(Entry.race == race_id, wanted).order_by(Entry.bib)).all()
    return racers(session, rows)


def regions_listed(session: Session, race_id: UUID) -> frozenset[str]:
    """Return the regions of everybody with a bib: settled once the start list is."""
    asked = select(Entry.region).where(Entry.race == race_id, Entry.bib.is_not(None))
    return frozenset(session.scalars(asked.distinct()))


def racers(session: Session, rows: Sequence[Listed]) -> list[Racer]:
    """Return the lines of the start list for what `LISTED` found of entries with a bib."""
    names = people.race_names(session, [one.member for one in rows])
    return [
        Racer(
            member=row.member,
            bib=row.bib or 0,
            team=row.team,
            region=row.region,
            experience=row.experience,
            employer=row.employer,
            time_percent=row.time_percent,
            name=names[row.member].name if row.member in names else "",
            number=names[row.member].number if row.member in names else 0,
        )
        for row in rows
    ]


def names_seal(session: Session, race_id: UUID) -> int:
    """Return a number that changes with the name of anybody with a bib, and costs little."""
    listed = select(Entry.member).where(Entry.race == race_id, Entry.bib.is_not(None))
    return people.names_seal(session, listed)


def starts(session: Session, race_id: UUID) -> list[StartLine]:
    """Return the lines of the start list, by leg and bib."""
    rows = session.scalars(
        select(Start).where(Start.race == race_id).order_by(Start.leg, Start.bib)
    )
    return [
        StartLine(
            bib=row.bib, leg=row.leg, team=row.team, start_ms=row.start_ms, ended_ms=row.ended_ms
        )
        for row in rows
    ]


def field(session: Session, race_id: UUID, listed: Sequence[Racer] | None = None) -> list[Line]:
    """Return the start list as the rules read it: one entry per racer and leg.

    ``listed`` is the start list where it was read already.
    """
    known = start_list(session, race_id) if listed is None else listed
    racers = {one.bib: one for one in known}
    return [
        Line(
            bib=one.bib,
            team=one.team,
            leg=one.leg,
            # A later leg has no start of its own: the exchange before it on the ledger decides.
            start_ms=(one.start_ms or 0) if one.leg == 1 else 0,
            region=racers[one.bib].region,
        )
        for one in starts(session, race_id)
    ]


def classes(session: Session, race_id: UUID) -> list[ClassView]:
    """Return the classes of a race in their order."""
    rows = session.execute(_CLASSES, {"race": race_id})
    return [
        ClassView(code=row.code, title=row.title, rule=row.rule, values=tuple(row.values))
        for row in rows
    ]


def pools(session: Session, race_id: UUID) -> dict[str, tuple[list[str], list[int]]]:
    """Return (topics, difficulties) of the pool of each kind; empty means all."""
    rows = session.scalars(select(Pool).where(Pool.race == race_id))
    return {row.kind: (list(row.topics), list(row.difficulties)) for row in rows}


def question_set(session: Session, race_id: UUID) -> tuple[FrozenQuestion, ...]:
    """Return the questions that the race is raced with, keys included; empty before zeroing."""
    rows = session.scalars(
        select(RaceQuestion)
        .where(RaceQuestion.race == race_id)
        .order_by(RaceQuestion.kind, RaceQuestion.question)
    )
    return tuple(FrozenQuestion(kind=row.kind, question=thaw(row.content)) for row in rows)


def bib_of(session: Session, race_id: UUID, member: UUID) -> int | None:
    """Return the member's number in a race, or None without one."""
    return session.scalar(_BIB, {"race": race_id, "member": member})


def secret(session: Session, race_id: UUID) -> bytes:
    """Return the secret of the draws, for drawing only."""
    found = session.scalar(select(Race.secret).where(Race.id == race_id))
    if found is None:
        raise UnknownRace(_("There is no such race."), subject=str(race_id))
    return found


def jury_told(session: Session, race_id: UUID) -> int:
    """Return how many race-wide facts of `events.race` stand on the ledger."""
    return session.scalar(select(Race.told).where(Race.id == race_id)) or 0


def under_way(session: Session, now: datetime) -> list[RaceView]:
    """Return the races that run at ``now``."""
    return [one for one in races_in(session, [Stage.RUNNING]) if (one.zero_at or now) <= now]
