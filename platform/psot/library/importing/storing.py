"""What an import meets here, and its rows as drafts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.exchange import Imported, import_questions
from content.quiz import PackFile
from psot.library import queries
from psot.library.drafting import create_draft
from psot.library.loading import store_file
from psot.library.models import Document
from psot.library.packs import file_entry
from psot.library.publishing import change, publish_versions
from psot.library.rows import Row

MEDIA_TYPES = {"png": "image/png", "svg": "image/svg+xml"}


@dataclass(frozen=True, kw_only=True)
class Source:
    """A file somebody brought, and how it is to be read."""

    data: bytes
    name: str
    format: str = ""
    topic: str = ""
    encoding: str = ""


def read(session: Session, source: Source) -> Imported:
    """Read a question bank against the library; stores nothing. Raises ImportRefused."""
    return import_questions(
        source.data,
        format=source.format,
        file=source.name,
        topic=source.topic,
        topics=queries.topics(session).keys(),
        norms=queries.norms(session).keys(),
        taken=question_ids(session),
        encoding=source.encoding,
    )


def question_ids(session: Session) -> set[str]:
    """Return the names of all questions there ever were, drafts and retired ones included."""
    return set(session.scalars(select(Document.name).where(Document.kind == "question")))


def store(
    session: Session,
    rows: Sequence[Row],
    files: Mapping[str, bytes],
    *,
    by: UUID | None,
    now: datetime,
) -> int:
    """Make a draft of every row, in the pack of its topic; returns how many.

    Pictures are named by their content and come before readers with the question that shows
    them, so they are published at once. Raises NameTaken where an id was taken meanwhile.
    """
    if files:
        change(session)
    topics = queries.topics(session)
    for row in rows:
        topic = topics[str(row["id"]).rpartition("-")[0]]
        for name in sorted(_pictures(row) & files.keys()):
            _store_picture(session, name, files[name], topic.pack, by=by, now=now)
        create_draft(
            session,
            kind="question",
            name=row["id"],
            body=row,
            by=by,
            now=now,
            pack=topic.pack,
            topic=topic.id,
        )
    return len(rows)


def _pictures(row: Row) -> set[str]:
    rows = [row, *row.get("parts", {}).values()]
    return {one["picture"]["file"] for one in rows if "picture" in one}


def _store_picture(
    session: Session, name: str, data: bytes, pack: str, *, by: UUID | None, now: datetime
) -> None:
    there = select(Document.id).where(Document.kind == "file", Document.name == name)
    if session.scalar(there) is not None:
        return
    media_type = MEDIA_TYPES[name.rpartition(".")[2]]
    entry = file_entry(PackFile(name=name, media_type=media_type, data=data))
    store_file(session, entry)
    version = create_draft(
        session, kind="file", name=name, body=entry.body, by=by, now=now, pack=pack
    )
    document = session.get_one(Document, version.document_id)
    publish_versions(session, [(document, version)], now=now)
