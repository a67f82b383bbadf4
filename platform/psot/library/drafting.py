"""The editors' workflow: a draft, its review by a second person, and the ways back.

A document has at most one open version (a draft, or one in review). Saving names the digest of
the text that was opened: where it is no longer the present one, nothing is stored and nothing lost.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from events.library import DocumentRestored
from psot.ledger import append
from psot.library import search
from psot.library.errors import (
    EditedMeanwhile,
    NameTaken,
    NotInThisState,
    OutdatedDraft,
    OwnWork,
    UnknownDocument,
)
from psot.library.loading import retire_documents
from psot.library.models import Document, Version
from psot.library.publishing import change, passages, publish_versions
from psot.library.rows import Row, digest, title

OPEN = ("draft", "review")
LONGEST_NOTE = 2_000


def create_draft(
    session: Session,
    *,
    kind: str,
    name: str,
    body: Row,
    by: UUID | None,
    now: datetime,
    pack: str,
    topic: str | None = None,
) -> Version:
    """Begin a document that was not there. Raises NameTaken."""
    taken = _find(session, kind, name)
    if taken is not None:
        raise NameTaken(
            _("There is such a document already, in the pack %(pack)s.", pack=taken.pack),
            subject=name,
        )
    last = session.scalar(
        select(Document.position)
        .where(Document.pack == pack)
        .order_by(Document.position.desc())
        .limit(1)
    )
    document = Document(
        kind=kind,
        name=name,
        pack=pack,
        topic=topic,
        position=(last or 0) + 1,
        published=None,
        newest=0,
        title=title(kind, name, body),
        loaded_sha256=None,
        changed_at=now,
        retired_at=None,
    )
    session.add(document)
    session.flush()
    return _open_version(session, document, body, by=by, now=now)


def save_draft(
    session: Session,
    *,
    kind: str,
    name: str,
    body: Row,
    seen: str,
    by: UUID,
    now: datetime,
) -> Version:
    """Store ``body`` as the document's draft; one in review goes back to be a draft.

    ``seen`` is the digest of the body that was opened. Raises EditedMeanwhile where another one
    stands there now, UnknownDocument, NotInThisState for a retired document.
    """
    document = locked(session, kind, name)
    if document.retired_at is not None:
        raise NotInThisState(_("The document is retired: bring it back first."), subject=name)
    draft = open_version(session, document)
    present = draft or _published(session, document)
    if present is not None and present.sha256 != seen and present.sha256 != digest(body):
        raise EditedMeanwhile(
            _("Somebody has changed this document since you opened it."),
            subject=name,
            body=present.body,
            sha256=present.sha256,
        )
    if draft is None:
        return _open_version(session, document, body, by=by, now=now)
    if draft.base != document.published:
        document.newest += 1
        draft.number = document.newest
        draft.base = document.published
    draft.body = body
    draft.sha256 = digest(body)
    draft.state = "draft"
    draft.author = by
    draft.made_at = now
    draft.submitted_at = None
    document.changed_at = now
    if document.published is None:
        document.title = title(kind, name, body)
    session.flush()
    return draft


def discard_draft(session: Session, *, kind: str, name: str, now: datetime) -> None:
    """Throw the open version away. Raises NotInThisState."""
    document = locked(session, kind, name)
    session.delete(_open(session, document))
    document.changed_at = now
    session.flush()
    if document.newest == 1 and document.published is None:
        session.delete(document)
        session.flush()


def submit(session: Session, *, kind: str, name: str, by: UUID, now: datetime) -> Version:
    """Hand the draft over to be read by a second person. Raises NotInThisState."""
    document = locked(session, kind, name)
    draft = _open(session, document, "draft")
    draft.state = "review"
    draft.submitted_at = now
    draft.author = draft.author or by
    document.changed_at = now
    session.flush()
    return draft


def publish(
    session: Session, *, kind: str, name: str, by: UUID, now: datetime, note: str = ""
) -> Version:
    """Put the version in review before readers.

    Raises OwnWork for who wrote it, OutdatedDraft where another version was published since it was
    begun, NotInThisState.
    """
    change(session)
    document = locked(session, kind, name)
    draft = _open(session, document, "review")
    if draft.author == by:
        raise OwnWork(_("Somebody else has to publish what you wrote."), subject=name)
    if draft.base != document.published:
        raise OutdatedDraft(
            _("Another version was published meanwhile: compare and save the draft again."),
            subject=name,
        )
    draft.reviewer = by
    draft.decided_at = now
    draft.note = note[:LONGEST_NOTE]
    document.title = title(kind, name, draft.body)
    publish_versions(session, [(document, draft)], now=now)
    return draft


def reject(
    session: Session, *, kind: str, name: str, by: UUID, now: datetime, note: str
) -> Version:
    """Send the version in review back with ``note``; returns the draft its author goes on with.

    What was sent back stays in the history. Raises NotInThisState.
    """
    document = locked(session, kind, name)
    sent_back = _open(session, document, "review")
    sent_back.state = "rejected"
    sent_back.reviewer = by
    sent_back.decided_at = now
    sent_back.note = note[:LONGEST_NOTE]
    session.flush()
    author = sent_back.author or by
    draft = _open_version(session, document, sent_back.body, by=author, now=now)
    draft.base = sent_back.base
    session.flush()
    return draft


def retire(session: Session, *, kind: str, name: str, by: UUID | None, now: datetime) -> None:
    """Take the document from readers; attempts keep theirs. Raises NotInThisState."""
    change(session)
    document = locked(session, kind, name)
    if document.retired_at is not None or document.published is None:
        raise NotInThisState(_("The document is not before readers."), subject=name)
    retire_documents(session, [document], by=by, now=now)
    session.flush()


def restore(session: Session, *, kind: str, name: str, by: UUID | None, now: datetime) -> None:
    """Bring a retired document back as it was. Raises NotInThisState."""
    change(session)
    document = locked(session, kind, name)
    if document.retired_at is None or document.published is None:
        raise NotInThisState(_("The document is not retired."), subject=name)
    document.retired_at = None
    document.changed_at = now
    version = session.get_one(Version, (document.id, document.published))
    session.flush()
    search.index_many(session, [(kind, name, document.topic, passages(kind, version.body))])
    fact = DocumentRestored(kind=kind, name=name, version=version.number, editor=by)
    append(session, fact, key=f"{kind}:{name}:{now.isoformat()}", occurred_at=now)


def rollback(
    session: Session, *, kind: str, name: str, number: int, by: UUID, now: datetime
) -> Version:
    """Publish an earlier version's text as a new version: two people have passed it before.

    Raises NotInThisState for a version that was never published, or is published now. A draft
    under way stays, and has to be compared before it can be published.
    """
    change(session)
    document = locked(session, kind, name)
    old = session.get(Version, (document.id, number))
    if old is None or old.state != "superseded":
        raise NotInThisState(_("Only an earlier published version can come back."), subject=name)
    document.newest += 1
    version = Version(
        document_id=document.id,
        number=document.newest,
        body=old.body,
        sha256=old.sha256,
        state="published",
        base=document.published,
        author=old.author,
        reviewer=by,
        note=str(number),
        made_at=now,
        decided_at=now,
        published_at=now,
    )
    session.add(version)
    document.title = title(kind, name, version.body)
    session.flush()
    publish_versions(session, [(document, version)], now=now)
    return version


def locked(session: Session, kind: str, name: str) -> Document:
    """Return a document that nobody else changes until the end. Raises UnknownDocument."""
    found = session.scalar(
        select(Document).where(Document.kind == kind, Document.name == name).with_for_update()
    )
    if found is None:
        raise UnknownDocument(_("There is no such document."), subject=name)
    return found


def open_version(session: Session, document: Document) -> Version | None:
    """Return the draft or the version in review, or None."""
    return session.scalar(
        select(Version).where(Version.document_id == document.id, Version.state.in_(OPEN))
    )


def _find(session: Session, kind: str, name: str) -> Document | None:
    return session.scalar(select(Document).where(Document.kind == kind, Document.name == name))


def _published(session: Session, document: Document) -> Version | None:
    if document.published is None:
        return None
    return session.get_one(Version, (document.id, document.published))


def _open(session: Session, document: Document, state: str = "") -> Version:
    found = open_version(session, document)
    if found is None or (state and found.state != state):
        message: Any = _("The document has no draft.")
        if state == "review":
            message = _("The document is not in review.")
        raise NotInThisState(message, subject=document.name)
    return found


def _open_version(
    session: Session, document: Document, body: Row, *, by: UUID | None, now: datetime
) -> Version:
    document.newest += 1
    document.changed_at = now
    made = Version(
        document_id=document.id,
        number=document.newest,
        body=body,
        sha256=digest(body),
        state="draft",
        base=document.published,
        author=by,
        reviewer=None,
        made_at=now,
    )
    session.add(made)
    session.flush()
    return made
