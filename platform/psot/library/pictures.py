"""Pictures that editors bring: checked as a pack's are, and never replaced under a document.

A picture is seen only through a document, which a second person lets pass; so it is there at once,
and its name stands for its bytes for ever.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.quiz import MEDIA_TYPES, PackFile, Problem, picture_faults
from psot.library.drafting import create_draft, restore
from psot.library.errors import BadDocument, NameTaken
from psot.library.loading import store_file
from psot.library.models import Document, Version
from psot.library.packs import file_entry
from psot.library.publishing import change, publish_versions
from psot.library.wording import told


@dataclass(frozen=True, kw_only=True)
class PictureLine:
    """A picture as the desk lists it; ``size_bytes`` is what it weighs."""

    name: str
    pack: str
    size_bytes: int
    changed_at: datetime


def listed(session: Session) -> list[PictureLine]:
    """Return the pictures that readers can get, the newest first."""
    rows = session.execute(
        select(Document.name, Document.pack, Version.body, Document.changed_at)
        .join(Version, Version.document_id == Document.id)
        .where(
            Document.kind == "file",
            Version.number == Document.published,
            Document.retired_at.is_(None),
        )
        .order_by(Document.changed_at.desc(), Document.name)
    )
    return [
        PictureLine(
            name=row.name,
            pack=row.pack,
            size_bytes=row.body["size_bytes"],
            changed_at=row.changed_at,
        )
        for row in rows
    ]


def add(
    session: Session, *, name: str, data: bytes, pack: str, by: UUID | None, now: datetime
) -> bool:
    """Keep a picture; returns False where these very bytes have the name already.

    Raises BadDocument for what must not be shown, NameTaken where the name has other bytes.
    """
    faults = [
        told(Problem(file=name, subject="", field="", message=one))
        for one in picture_faults(name, data)
    ]
    if faults:
        raise BadDocument(faults[0], subject=name, fields={"file": faults})
    change(session)
    known = _known(session, name)
    if known is not None:
        document, version = known
        if version is None or version.body["sha256"] != sha256(data).hexdigest():
            raise NameTaken(
                _("Another picture has the name %(name)s. Give this one its own.", name=name),
                subject=name,
            )
        if document.retired_at is None:
            return False
        restore(session, kind="file", name=name, by=by, now=now)
        return True
    media_type = MEDIA_TYPES[name.rpartition(".")[2]]
    entry = file_entry(PackFile(name=name, media_type=media_type, data=data))
    store_file(session, entry)
    made = create_draft(session, kind="file", name=name, body=entry.body, by=by, now=now, pack=pack)
    publish_versions(session, [(session.get_one(Document, made.document_id), made)], now=now)
    return True


def _known(session: Session, name: str) -> tuple[Document, Version | None] | None:
    """Return the document of this name, and its bytes as readers get or got them."""
    row = session.execute(
        select(Document, Version)
        .outerjoin(
            Version,
            (Version.document_id == Document.id) & (Version.number == Document.published),
        )
        .where(Document.kind == "file", Document.name == name)
    ).one_or_none()
    return None if row is None else (row.Document, row.Version)
