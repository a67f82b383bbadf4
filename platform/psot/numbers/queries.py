"""What the pages, the first page and programs may ask: a few rows each."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from psot.library import queries as library
from psot.numbers.counting import week_of
from psot.numbers.models import RegionRow, TotalRow, WeekRow
from psot.numbers.values import MILLISECONDS, PIECES, Figure, Week
from psot.reading import queries as reading
from psot.recordings import queries as recordings

WEEKS = 53
"""Weeks that a figure is opened into: a whole year, and the running one."""

MS_PER_MINUTE = 60_000

UNITS: Mapping[str, str] = {
    "members": PIECES,
    "regions": PIECES,
    "answers": PIECES,
    "watched": MILLISECONDS,
    "practice": PIECES,
    "topics": PIECES,
    "questions": PIECES,
    "content": MILLISECONDS,
    "asked": PIECES,
    "answered": PIECES,
    "races": PIECES,
    "finishers": PIECES,
}
"""The public figures in their order, with their units."""

NO_SUM = frozenset({"regions", "content"})
"""Figures of what is there now: no fact adds to them alone, so no week does."""


def figures(session: Session, now: datetime) -> list[Figure]:
    """Return every figure with its year of weeks, as of ``now``."""
    totals = {row.kind: row for row in session.scalars(select(TotalRow))}
    offered = _offered(session)
    weeks = _weeks(session, now, UNITS.keys() - NO_SUM)
    found = []
    for name, unit in UNITS.items():
        # A region counts while a member has chosen it: it goes as far as the members do.
        row = None if name in offered else totals.get("members" if name == "regions" else name)
        found.append(
            Figure(
                name=name,
                unit=unit,
                total=offered[name] if name in offered else row.total if row else 0,
                seq=row.last_seq if row else None,
                at=row.last_at if row else None,
                weeks=weeks.get(name, ()),
            )
        )
    return [_regions(session, one) if one.name == "regions" else one for one in found]


def total(session: Session, kind: str) -> int:
    """Return what the facts of a ``kind`` come to."""
    return session.scalar(select(TotalRow.total).where(TotalRow.kind == kind)) or 0


def regions_count(session: Session) -> int:
    """Return how many regions have members."""
    return session.scalar(select(func.count()).select_from(RegionRow)) or 0


def questions_count(session: Session) -> int:
    """Return how many questions are published."""
    return sum(one.questions for one in library.topics(session).values())


def first_week(now: datetime) -> date:
    """Return the Monday of the earliest week shown."""
    return week_of(now) - timedelta(weeks=WEEKS - 1)
