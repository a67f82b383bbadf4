"""The tables of the library: documents, their versions for ever, pictures, and the full text.

A version that was published once is never changed or removed: a trigger of the database refuses
it (see the migration ``0008_library``), so no door of the product can.
"""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Computed,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from psot.database import Base, new_id

KINDS = (
    "pack",
    "act",
    "norm",
    "topic",
    "lesson",
    "question",
    "memo",
    "term",
    "quiz",
    "plan",
    "scenario",
    "file",
)
STATES = ("draft", "review", "published", "superseded", "rejected")

# The Russian configuration stems Cyrillic words as Russian and Latin words as English ones, and
# takes numbers as they are. Told besides: ё is е, and both halves of наряд-допуск have their forms.
TITLES = "to_tsvector('russian', translate(title, 'Ёё-‑<>', 'Ее    '))"
VECTOR = (
    "setweight(to_tsvector('russian', translate(title, 'Ёё-‑<>', 'Ее    ')), 'A') || "
    "setweight(to_tsvector('russian', translate(text, 'Ёё-‑<>', 'Ее    ')), 'C')"
)


def _among(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(one) for one in values)})"


class Document(Base):
    """A thing that is learned from; its ``name`` is unique within its kind over all packs.

    ``published`` is the number of the version that readers get (None: none yet), ``newest`` the
    highest number given. ``position`` orders documents of a kind within their pack.
    ``loaded_sha256`` is the digest of the row that the pack's folder brought last (None: it was
    made here, or the pack no longer brings it); ``topic`` never changes.
    """

    __tablename__ = "library_documents"
    __table_args__ = (
        UniqueConstraint("kind", "name"),
        CheckConstraint(_among("kind", KINDS), name="kind"),
        Index("ix_library_documents_pack", "pack"),
        Index("ix_library_documents_topic", "topic"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    name: Mapped[str]
    pack: Mapped[str]
    topic: Mapped[str | None]
    position: Mapped[int]
    published: Mapped[int | None]
    newest: Mapped[int]
    title: Mapped[str]
    loaded_sha256: Mapped[str | None]
    changed_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]


class Version(Base):
    """One state of a document's row; ``number`` counts from 1 and is given once.

    ``base`` is the number that was published when the draft was begun. ``author`` wrote it,
    ``reviewer`` published or sent it back with ``note``; None stands for a pack's folder.
    """

    __tablename__ = "library_versions"
    __table_args__ = (
        CheckConstraint(_among("state", STATES), name="state"),
        Index(
            "uq_library_versions_open",
            "document_id",
            unique=True,
            postgresql_where=text("state IN ('draft', 'review')"),
        ),
    )

    document_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("library_documents.id"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    body: Mapped[dict[str, Any]]
    sha256: Mapped[str]
    state: Mapped[str]
    base: Mapped[int | None]
    author: Mapped[uuid.UUID | None]
    reviewer: Mapped[uuid.UUID | None]
    note: Mapped[str] = mapped_column(server_default="")
    made_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]


class File(Base):
    """Bytes of a picture, kept once however many documents show it."""

    __tablename__ = "library_files"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    media_type: Mapped[str]
    data: Mapped[bytes] = mapped_column(LargeBinary)


class Load(Base):
    """A pack's folder as it was loaded: when, by whom, and what came of it."""

    __tablename__ = "library_loads"
    __table_args__ = (Index("ix_library_loads_pack", "pack", "loaded_at"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    pack: Mapped[str]
    sha256: Mapped[str]
    loaded_at: Mapped[datetime]
    loaded_by: Mapped[uuid.UUID | None]
    report: Mapped[dict[str, Any]]


class Stamp(Base):
    """One row: how often anything that readers get has changed. Processes cache until it moves."""

    __tablename__ = "library_stamp"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]


class Passage(Base):
    """A stretch of a document as search finds it; ``anchor`` is its place on the page."""

    __tablename__ = "library_passages"
    __table_args__ = (
        Index("ix_library_passages_document", "kind", "name"),
        Index("ix_library_passages_search", "search", postgresql_using="gin"),
        Index("ix_library_passages_titles", "titles", postgresql_using="gin"),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    language: Mapped[str]
    topic: Mapped[str | None]
    anchor: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    titles: Mapped[Any] = mapped_column(TSVECTOR, Computed(TITLES, persisted=True))
    search: Mapped[Any] = mapped_column(TSVECTOR, Computed(VECTOR, persisted=True))
