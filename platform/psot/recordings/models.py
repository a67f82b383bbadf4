"""The tables of recordings: what can be watched, and what each member watched of it."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from psot.database import Base, new_id


class Recording(Base):
    """A recording, on the page while ``published_at`` is set.

    ``kind`` is file, hls or embed; ``root`` and ``file`` say where its own file lies (see
    `psot.recordings.files`), or ``file`` is the address of a player elsewhere. ``title``,
    ``about`` and ``speaker`` are {language: text}; ``chapters`` are {"at_ms", "title"}.
    """

    __tablename__ = "recordings_recordings"

    slug: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[dict[str, Any]]
    about: Mapped[dict[str, Any]]
    speaker: Mapped[dict[str, Any]]
    topics: Mapped[list[Any]]
    language: Mapped[str]
    recorded_on: Mapped[date]
    length_ms: Mapped[int]
    kind: Mapped[str]
    root: Mapped[str]
    file: Mapped[str]
    poster: Mapped[str]
    chapters: Mapped[list[Any]]
    made_by: Mapped[uuid.UUID | None]
    changed_at: Mapped[datetime]
    published_at: Mapped[datetime | None]


class Subtitles(Base):
    """The subtitles of a recording in one language, as WebVTT that was read and written anew."""

    __tablename__ = "recordings_subtitles"

    recording: Mapped[str] = mapped_column(
        ForeignKey("recordings_recordings.slug", ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(primary_key=True)
    vtt: Mapped[str]


class Upload(Base):
    """A file on its way into the folder, part by part; ``received`` bytes of ``size`` are here."""

    __tablename__ = "recordings_uploads"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    member: Mapped[uuid.UUID]
    name: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    received: Mapped[int] = mapped_column(BigInteger, default=0)
    started_at: Mapped[datetime]


class Watcher(Base):
    """A member's clock over all tabs and devices, and the pace towards the next check.

    ``draws`` counts the gaps drawn, so that no draw is used twice.
    """

    __tablename__ = "recordings_watchers"

    member: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    metered_at: Mapped[datetime]
    saved_ms: Mapped[int] = mapped_column(default=0)
    watched_ms: Mapped[int] = mapped_column(default=0)
    gap_ms: Mapped[int]
    draws: Mapped[int] = mapped_column(default=1)


class Viewing(Base):
    """One opening of a recording in one player, with a clock of its own."""

    __tablename__ = "recordings_viewings"
    __table_args__ = (Index("ix_recordings_viewings_member", "member"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    member: Mapped[uuid.UUID]
    recording: Mapped[str]
    opened_at: Mapped[datetime]
    metered_at: Mapped[datetime]
    saved_ms: Mapped[int] = mapped_column(default=0)


class Report(Base):
    """A report taken from a player; ``digest`` is of its content, ``outcome`` the first answer."""

    __tablename__ = "recordings_reports"

    viewing: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("recordings_viewings.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    outcome: Mapped[dict[str, Any]]
    received_at: Mapped[datetime]


class WatchSheet(Base):
    """What a member watched of a recording in a season: see `scoring.watch.Sheet`.

    ``place_ms`` is where the member stopped last.
    """

    __tablename__ = "recordings_sheets"

    member: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    recording: Mapped[str] = mapped_column(primary_key=True)
    season: Mapped[str] = mapped_column(primary_key=True)
    seen: Mapped[list[Any]]
    waiting: Mapped[list[Any]]
    credited: Mapped[list[Any]]
    answered: Mapped[int] = mapped_column(default=0)
    missed: Mapped[int] = mapped_column(default=0)
    closings: Mapped[int] = mapped_column(default=0)
    since_check_ms: Mapped[int] = mapped_column(default=0)
    place_ms: Mapped[int] = mapped_column(default=0)
    completed_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]


class Check(Base):
    """A check of attention; open while ``answered`` is None, and a member has one open at most."""

    __tablename__ = "recordings_checks"
    __table_args__ = (
        Index(
            "uq_recordings_checks_open",
            "member",
            unique=True,
            postgresql_where=text("answered IS NULL"),
        ),
        Index("ix_recordings_checks_member_recording", "member", "recording"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    member: Mapped[uuid.UUID]
    recording: Mapped[str]
    season: Mapped[str]
    viewing: Mapped[uuid.UUID]
    closing: Mapped[bool]
    asked_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    answered: Mapped[bool | None]
    settled_at: Mapped[datetime | None]
