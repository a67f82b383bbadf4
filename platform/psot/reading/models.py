"""The tables of reading: how far a member came in a lesson, and what they marked."""

import uuid
from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from psot.database import Base, new_id


class Progress(Base):
    """How far a member came in the lesson of a topic.

    ``anchor`` is the heading they stopped at ("" at the beginning), ``furthest_ppm`` how much of
    the text has passed their screen, of ``version``. ``read_version`` is the last version that was
    read to its end.
    """

    __tablename__ = "reading_progress"
    __table_args__ = (Index("ix_reading_progress_latest", "member", "seen_at"),)

    member: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    anchor: Mapped[str] = mapped_column(server_default="", default="")
    furthest_ppm: Mapped[int] = mapped_column(server_default="0", default=0)
    seen_at: Mapped[datetime]
    read_version: Mapped[int | None]
    read_at: Mapped[datetime | None]


class Bookmark(Base):
    """A place a member marked; ``title`` is what it was called on that day."""

    __tablename__ = "reading_bookmarks"
    __table_args__ = (UniqueConstraint("member", "kind", "name", "anchor"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    member: Mapped[uuid.UUID]
    kind: Mapped[str]
    """``lesson``, ``act``, ``norm`` or ``term``."""
    name: Mapped[str]
    anchor: Mapped[str] = mapped_column(server_default="", default="")
    title: Mapped[str]
    made_at: Mapped[datetime]
