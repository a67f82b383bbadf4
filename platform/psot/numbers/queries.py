"""What the pages, the first page and programs may ask: a few rows each."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.orm import Session

from psot.library import queries as library
from psot.numbers.counting import week_of
from psot.numbers.models import RegionRow, TotalRow, WeekRow
from psot.numbers.values import MILLISECONDS, PIECES, Figure, Week
from psot.reading import queries as reading
from psot.recordings import queries as recordings

_FIRST_PAGE = union_all(
    select(TotalRow.kind, TotalRow.total).where(TotalRow.kind.in_(("members", "answers"))),
    select(literal("regions"), func.count()).select_from(RegionRow),
)

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


def first_page(session: Session) -> dict[str, int]:
    """Return what the first page counts, in one statement and a look at the library."""
    rows = session.execute(_FIRST_PAGE).all()
    counted = {row.kind: row.total for row in rows}
    return {
        "members": counted.get("members", 0),
        "regions": counted.get("regions", 0),
        "answers": counted.get("answers", 0),
        "questions": questions_count(session),
    }


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
