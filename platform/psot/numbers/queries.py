"""What the pages, the first page and programs may ask: a few rows each."""

from collections import defaultdict
from collections.abc import Callable, Mapping
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


def figures(session: Session, now: datetime) -> list[Figure]:
    """Return every figure with its year of weeks, as of ``now``."""
    totals = {row.kind: row for row in session.scalars(select(TotalRow))}
    series = _series(session, now)
    found = []
    for name, unit in UNITS.items():
        # A region counts while somebody has chosen it: it goes as far as the members do.
        row = totals.get("members" if name == "regions" else name)
        now_there = NOW_THERE.get(name)
        summed = row.total if row else 0
        found.append(
            Figure(
                name=name,
                unit=unit,
                total=now_there(session) if now_there else summed,
                seq=row.last_seq if row else None,
                at=row.last_at if row else None,
                weeks=() if name in WITHOUT_WEEKS else series(name),
            )
        )
    return found


def total(session: Session, kind: str) -> int:
    """Return what the facts of a ``kind`` come to."""
    return session.scalar(select(TotalRow.total).where(TotalRow.kind == kind)) or 0


def regions_count(session: Session) -> int:
    """Return how many regions have members."""
    return session.scalar(select(func.count()).select_from(RegionRow)) or 0


def questions_count(session: Session) -> int:
    """Return how many questions are published."""
    return sum(one.questions for one in library.topics(session).values())


def topics_count(session: Session) -> int:
    """Return how many topics have a lesson or questions."""
    return sum(bool(one.has_lesson or one.questions) for one in library.topics(session).values())


def content_ms(session: Session) -> int:
    """Return how long there is to read and to watch: lessons at reading speed, and recordings."""
    minutes = sum(one.minutes for one in reading.cards(session, None))
    return minutes * MS_PER_MINUTE + recordings.published_ms(session)


NOW_THERE: Mapping[str, Callable[[Session], int]] = {
    "regions": regions_count,
    "topics": topics_count,
    "questions": questions_count,
    "content": content_ms,
}
"""Figures of what there is now, which is no sum of what happened."""

WITHOUT_WEEKS = frozenset({"regions", "content"})
"""Figures that no fact adds to by itself, so that no week can be told."""


def _series(session: Session, now: datetime) -> Callable[[str], tuple[Week, ...]]:
    """Return a reader of a kind's last `WEEKS` weeks, those of nothing included."""
    first = week_of(now) - timedelta(weeks=WEEKS - 1)
    days = [first + timedelta(weeks=number) for number in range(WEEKS)]
    known: dict[str, dict[date, int]] = defaultdict(dict)
    for row in session.scalars(select(WeekRow).where(WeekRow.week >= first)):
        known[row.kind][row.week] = row.total
    return lambda kind: tuple(Week(on=day, total=known[kind].get(day, 0)) for day in days)
