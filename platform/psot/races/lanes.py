"""One racer's line of a race, for the course: who, from when, on which legs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from psot.races.models import Entry, Start
from psot.races.values import StartLine


@dataclass(frozen=True, kw_only=True)
class Lane:
    """What the course needs of an entry."""

    member: UUID
    bib: int
    team: str | None
    time_percent: int


_LANE = select(Entry.member, Entry.bib, Entry.team, Entry.time_percent)

# What a whole field asks for in a few minutes. Members travel as one array: as so many parameters
# each number of them would be a statement of its own to the server.
_STARTING = text(
    """
    SELECT member, bib, entry.team, time_percent, leg, start_ms, ended_ms
    FROM race_entries AS entry JOIN race_starts USING (race, bib)
    WHERE race = :race AND member = ANY(:members) AND entry.team IS NULL ORDER BY bib, leg
    """
)
_EDITION = text("SELECT version FROM races WHERE id = :race")


def lane(session: Session, race_id: UUID, *, member: UUID) -> Lane | None:
    """Return the lane of ``member``, or None without a bib."""
    row = session.execute(
        _LANE.where(Entry.race == race_id, Entry.member == member, Entry.bib.is_not(None))
    ).one_or_none()
    return None if row is None else Lane(**row._mapping)  # noqa: SLF001 - the documented mapping


def lanes(session: Session, race_id: UUID, bibs: Sequence[int] | None = None) -> list[Lane]:
    """Return the lanes of ``bibs``, of everybody where None, by bib."""
    wanted = _LANE.where(Entry.race == race_id, Entry.bib.is_not(None)).order_by(Entry.bib)
    if bibs is not None:
        wanted = wanted.where(Entry.bib.in_(list(bibs)))
    return [Lane(**row._mapping) for row in session.execute(wanted)]  # noqa: SLF001


def legs_of(session: Session, race_id: UUID, bib: int) -> list[StartLine]:
    """Return the legs that ``bib`` races, in their order."""
    rows = session.execute(
        select(Start.bib, Start.leg, Start.team, Start.start_ms, Start.ended_ms)
        .where(Start.race == race_id, Start.bib == bib)
        .order_by(Start.leg)
    )
    return [StartLine(**row._mapping) for row in rows]  # noqa: SLF001


def starting(
    session: Session, race_id: UUID, members: Collection[UUID]
) -> list[tuple[Lane, list[StartLine]]]:
    """Return the lanes and legs of ``members`` in a race without teams; who has no bib is absent.

    A member of a team is absent as well: that one's legs hang on others.
    """
    rows = session.execute(_STARTING, {"race": race_id, "members": list(members)})
    found: dict[int, tuple[Lane, list[StartLine]]] = {}
    for row in rows:
        lane_ = Lane(member=row.member, bib=row.bib, team=row.team, time_percent=row.time_percent)
        line = StartLine(
            bib=row.bib, leg=row.leg, team=None, start_ms=row.start_ms, ended_ms=row.ended_ms
        )
        found.setdefault(row.bib, (lane_, []))[1].append(line)
    return list(found.values())


def not_ended(session: Session, race_id: UUID) -> list[tuple[int, int, str | None]]:
    """Return (bib, leg, team) of every leg that has not come to its end."""
    rows = session.execute(
        select(Start.bib, Start.leg, Start.team).where(
            Start.race == race_id, Start.ended_ms.is_(None)
        )
    )
    return [(row.bib, row.leg, row.team) for row in rows]


def anybody_left(
    session: Session, race_id: UUID, *, besides: Collection[int], besides_teams: Collection[str]
) -> bool:
    """Tell whether a leg has not come to its end, of other bibs and teams than these."""
    open_legs = select(Start.bib).where(
        Start.race == race_id,
        Start.ended_ms.is_(None),
        Start.bib.not_in(besides),
        Start.team.is_(None) | Start.team.not_in(besides_teams),
    )
    return session.execute(open_legs.limit(1)).first() is not None


def edition(session: Session, race_id: UUID) -> int | None:
    """Return the version of a race, which grows with every edit and stage; None: no such race."""
    return session.execute(_EDITION, {"race": race_id}).scalar()
