"""What others may read of reading."""

from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from psot.library import queries as library
from psot.members.queries import WHOEVER_ASKS
from psot.reading.lessons import lesson
from psot.reading.models import Bookmark, Progress
from psot.reading.places import address
from psot.reading.values import BookmarkView, LessonView, ProgressView, TopicCard

STATES = ("fresh", "begun", "read", "changed")
BEGAN = exists().where(Progress.member == WHOEVER_ASKS)
"""Whether whoever asks has opened a lesson."""


def progress(session: Session, member: UUID) -> dict[str, ProgressView]:
    """Return how far a member came in each lesson they opened, the last opened first."""
    rows = session.scalars(
        select(Progress).where(Progress.member == member).order_by(Progress.seen_at.desc())
    )
    return {row.topic: _progress(row) for row in rows}


def cards(session: Session, member: UUID | None) -> list[TopicCard]:
    """Return the topics that have something to learn, in the order of their packs."""
    mine = progress(session, member) if member is not None else {}
    found = []
    for topic in library.topics(session).values():
        text = lesson(session, topic.id) if topic.has_lesson else None
        if text is None and not topic.questions:
            continue
        known = mine.get(topic.id)
        found.append(
            TopicCard(
                topic=topic,
                minutes=text.minutes if text else 0,
                progress=known,
                state=state_of(known, text),
            )
        )
    return found


def bookmarks(session: Session, member: UUID) -> list[BookmarkView]:
    """Return a member's bookmarks, the newest first; a place that is gone has no address."""
    rows = session.scalars(
        select(Bookmark)
        .where(Bookmark.member == member)
        .order_by(Bookmark.made_at.desc(), Bookmark.id)
    )
    return [
        BookmarkView(
            id=row.id,
            kind=row.kind,
            name=row.name,
            anchor=row.anchor,
            title=row.title,
            made_at=row.made_at,
            path=_path(session, row),
        )
        for row in rows
    ]


def marked(session: Session, member: UUID, kind: str, name: str) -> set[str]:
    """Return the anchors a member marked in one document; "" is the document itself."""
    return set(
        session.scalars(
            select(Bookmark.anchor).where(
                Bookmark.member == member, Bookmark.kind == kind, Bookmark.name == name
            )
        )
    )


def _progress(row: Progress) -> ProgressView:
    return ProgressView(
        topic=row.topic,
        anchor=row.anchor,
        furthest_ppm=row.furthest_ppm,
        seen_at=row.seen_at,
        version=row.version,
        read_version=row.read_version,
        read_at=row.read_at,
    )


def state_of(known: ProgressView | None, text: LessonView | None) -> str:
    """Return ``fresh``, ``begun``, ``read`` or ``changed``: how a reader stands to a lesson."""
    version = text.version if text else 0
    if known is None:
        return "fresh"
    if known.read_version is None:
        return "begun"
    return "read" if known.read_version >= version else "changed"


def _path(session: Session, row: Bookmark) -> str:
    """Return where a bookmark leads: to its heading, else to the lesson, else nowhere."""
    if row.kind == "lesson":
        found = lesson(session, row.name)
        if found is None:
            return ""
        return address("lesson", row.name, anchor=row.anchor if found.heading(row.anchor) else "")
    known = {
        "act": library.acts,
        "norm": library.norms,
        "term": library.glossary,
    }[row.kind](session)
    return address(row.kind, row.name) if row.name in known else ""
