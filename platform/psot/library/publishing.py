"""The one way a version comes before readers: its state, its place in search, its fact."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import text, update
from sqlalchemy.orm import Session

from events import Fact
from events.library import DocumentRestored, VersionPublished
from psot.ledger import append_many
from psot.library import search, shelf
from psot.library.models import Document, Version
from psot.library.rows import Row, words
from psot.library.search import Passage

_MOVE = text(
    """
    INSERT INTO library_stamp (id, number) VALUES (1, 1)
    ON CONFLICT (id) DO UPDATE SET number = library_stamp.number + 1
    """
)


def change(session: Session) -> None:
    """Announce that readers will get something else after this transaction.

    Locks: whoever publishes, loads or retires does so one after the other. Call it first.
    """
    session.execute(_MOVE)
    shelf.written(session)


def publish_versions(
    session: Session, pairs: Sequence[tuple[Document, Version]], *, now: datetime
) -> None:
    """Put each version before readers in place of the one that was; tells the ledger of each."""
    before = [
        (doc.id, doc.published)
        for doc, version in pairs
        if doc.published not in {None, version.number}
    ]
    if before:
        session.execute(
            update(Version),
            [
                {"document_id": document, "number": number, "state": "superseded"}
                for document, number in before
            ],
        )
    session.flush()
    facts = []
    for document, version in pairs:
        facts.append(_told(document, version, now))
        version.state = "published"
        version.published_at = version.published_at or now
        document.published = version.number
        document.changed_at = now
        document.retired_at = None
    session.flush()
    search.index_many(
        session, [(doc.kind, doc.name, doc.topic, passages(doc.kind, v.body)) for doc, v in pairs]
    )
    append_many(session, facts)


def passages(kind: str, row: Row) -> list[Passage]:
    """Return what search finds of a row."""
    return [
        Passage(anchor=one.anchor, title=one.title, text=one.text, language=one.language)
        for one in words(kind, row)
    ]


def _told(document: Document, version: Version, now: datetime) -> tuple[Fact, str, datetime]:
    kind, name, number = document.kind, document.name, version.number
    if document.retired_at is not None and document.published == number:
        restored = DocumentRestored(kind=kind, name=name, version=number, editor=None)
        return restored, f"{kind}:{name}:{now.isoformat()}", now
    fact = VersionPublished(
        kind=kind,
        name=name,
        pack=document.pack,
        version=number,
        sha256=version.sha256,
        author=version.author,
        reviewer=version.reviewer,
    )
    return fact, f"{kind}:{name}:{number}", now
