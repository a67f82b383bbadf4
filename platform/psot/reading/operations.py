"""Every write of reading. Each takes the session first and never commits."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final, TypeVar
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from events.reading import LessonRead
from psot.ledger import append
from psot.library import queries as library
from psot.reading.errors import ProgressInvalid, TooManyBookmarks, UnknownLesson, UnknownPlace
from psot.reading.lessons import lesson
from psot.reading.models import Bookmark, Progress
from psot.reading.values import LessonView

T = TypeVar("T")

WHOLE_PPM: Final = 1_000_000
MOST_BOOKMARKS: Final = 500

NAMED: Final[Mapping[str, Callable[[Session, str], str | None]]] = {
    "act": lambda session, name: _of(library.acts(session).get(name), lambda one: one.title.ru),
    "norm": lambda session, name: _of(library.norms(session).get(name), lambda one: one.text),
    "term": lambda session, name: _of(library.glossary(session).get(name), lambda one: one.term.ru),
}
"""What a document is called in a list of bookmarks, by its kind; lessons have headings besides."""


def visit(
    session: Session, *, member: UUID, topic: str, anchor: str, furthest_ppm: int, now: datetime
) -> None:
    """Keep where a member stopped in a lesson; how far they came in a version never goes back.

    A heading that the lesson does not have counts as its beginning. Raises UnknownLesson, and
    ProgressInvalid for a share outside 0..1,000,000.
    """
    found = _lesson(session, topic)
    row = _progress(session, member, found, now)
    _move_on(row, found, anchor, furthest_ppm, now)


def finish(session: Session, *, member: UUID, topic: str, now: datetime) -> bool:
    """Keep that a member read the lesson to its end; tells whether this version was new to them."""
    found = _lesson(session, topic)
    row = _progress(session, member, found, now)
    _move_on(row, found, "", WHOLE_PPM, now)
    if row.read_version == found.version:
        return False
    row.read_version, row.read_at = found.version, now
    fact = LessonRead(member=member, topic=topic, version=found.version)
    # A rollback may bring an old version back: read again, it is the same fact as then.
    append(session, fact, key=f"{member}:{topic}:{found.version}", occurred_at=now)
    return True


def mark(
    session: Session, *, member: UUID, kind: str, name: str, anchor: str, now: datetime
) -> bool:
    """Bookmark a place; tells whether it was not marked before.

    Raises UnknownPlace for what is not published, TooManyBookmarks.
    """
    title = _title(session, kind, name, anchor)
    if title is None:
        raise UnknownPlace(_("There is nothing here to mark."), subject=f"{kind} {name}")
    kept = session.scalar(
        select(func.count()).select_from(Bookmark).where(Bookmark.member == member)
    )
    if (kept or 0) >= MOST_BOOKMARKS:
        raise TooManyBookmarks(
            _("You have %(count)d bookmarks: take one away first.", count=MOST_BOOKMARKS)
        )
    made = insert(Bookmark).values(
        member=member, kind=kind, name=name, anchor=anchor, title=title, made_at=now
    )
    added = made.on_conflict_do_nothing().returning(Bookmark.id)
    return session.scalar(added) is not None


def unmark(session: Session, *, member: UUID, kind: str, name: str, anchor: str) -> bool:
    """Take a bookmark away; tells whether there was one."""
    gone = session.execute(
        delete(Bookmark)
        .where(
            Bookmark.member == member,
            Bookmark.kind == kind,
            Bookmark.name == name,
            Bookmark.anchor == anchor,
        )
        .returning(Bookmark.id)
    )
    return gone.first() is not None


# -- inside -----------------------------------------------------------------------------------


def _lesson(session: Session, topic: str) -> LessonView:
    found = lesson(session, topic)
    if found is None:
        raise UnknownLesson(_("There is no such lesson."), subject=topic)
    return found


def _progress(session: Session, member: UUID, found: LessonView, now: datetime) -> Progress:
    """Return the member's row under its lock, made where there was none."""
    made = insert(Progress).values(
        member=member, topic=found.topic, version=found.version, seen_at=now
    )
    session.execute(made.on_conflict_do_nothing())
    return session.get_one(Progress, (member, found.topic), with_for_update=True)


def _move_on(
    row: Progress, found: LessonView, anchor: str, furthest_ppm: int, now: datetime
) -> None:
    if not 0 <= furthest_ppm <= WHOLE_PPM:
        raise ProgressInvalid(_("Your progress could not be kept."), subject=row.topic)
    before_ppm = row.furthest_ppm if row.version == found.version else 0
    row.version = found.version
    row.anchor = anchor if found.heading(anchor) else ""
    row.furthest_ppm = max(before_ppm, furthest_ppm)
    row.seen_at = max(row.seen_at, now)


def _title(session: Session, kind: str, name: str, anchor: str) -> str | None:
    """Return what a place is called, None where there is no such place."""
    if kind == "lesson":
        found = lesson(session, name)
        heading = found.heading(anchor) if found else None
        if found is None or (anchor and heading is None):
            return None
        return f"{found.title.ru}: {heading.title}" if heading else found.title.ru
    named = NAMED.get(kind)
    return None if named is None or anchor else named(session, name)


def _of(found: T | None, called: Callable[[T], str]) -> str | None:
    return None if found is None else called(found)
