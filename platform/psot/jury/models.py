"""The tables of the jury: cases, protests, decisions and protocols."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from psot.database import Base, new_id


class Case(Base):
    """Something the jury should look at, with its evidence; it never punishes by itself.

    ``kind`` is such as ``too_fast``, ``too_regular``, ``same_wrong``, ``focus_lost``, ``outage``,
    ``contradicted``. ``subject`` makes it one case however often it is found.
    """

    __tablename__ = "race_cases"
    __table_args__ = (UniqueConstraint("race", "kind", "subject"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    race: Mapped[uuid.UUID]
    kind: Mapped[str]
    subject: Mapped[str]
    bibs: Mapped[list[Any]]
    evidence: Mapped[dict[str, Any]]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[uuid.UUID | None]
    verdict: Mapped[str] = mapped_column(server_default="", default="")


class Protest(Base):
    """A racer's protest within the protest window, and the jury's answer."""

    __tablename__ = "race_protests"
    __table_args__ = (Index("ix_race_protests_race", "race"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    race: Mapped[uuid.UUID]
    bib: Mapped[int]
    member: Mapped[uuid.UUID]
    question: Mapped[str | None]
    text: Mapped[str]
    lodged_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[uuid.UUID | None]
    upheld: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(server_default="", default="")


class Decision(Base):
    """A decision: staged, then applied or dropped as a whole, and perhaps undone later.

    ``kind`` is ``void``, ``adjust``, ``disqualify`` or ``reinstate``; ``terms`` are its bibs,
    question or milliseconds (`psot.jury.terms`), with the moment it is for. ``before`` and
    ``after`` are the results it was shown to change (`psot.jury.results`).
    """

    __tablename__ = "race_decisions"
    __table_args__ = (Index("ix_race_decisions_race", "race"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    race: Mapped[uuid.UUID]
    kind: Mapped[str]
    terms: Mapped[dict[str, Any]]
    reason: Mapped[str]
    protest: Mapped[uuid.UUID | None]
    case_id: Mapped[uuid.UUID | None]
    """The protest or the case that it answers, where it came from one."""
    staged_at: Mapped[datetime]
    staged_by: Mapped[uuid.UUID]
    before: Mapped[str] = mapped_column(server_default="", default="")
    after: Mapped[str] = mapped_column(server_default="", default="")
    applied_at: Mapped[datetime | None]
    applied_by: Mapped[uuid.UUID | None]
    dropped_at: Mapped[datetime | None]
    dropped_by: Mapped[uuid.UUID | None]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[uuid.UUID | None]


class ProtocolRow(Base):
    """A protocol as published: its canonical JSON and the SHA-256 of it; kept for ever."""

    __tablename__ = "race_protocols"

    race: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    stage: Mapped[str] = mapped_column(primary_key=True)
    """``provisional`` or ``official``."""
    body: Mapped[str]
    sha256: Mapped[str]
    published_at: Mapped[datetime]
