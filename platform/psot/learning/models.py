"""The tables of learning: what is published, who is taking what, and every answer as it stands."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from psot.database import Base, new_id


class Publication(Base):
    """A quiz on the page from ``published_at`` until ``withdrawn_at``; the rows are its history.

    ``version`` and ``questions`` are those of the content on the day of publishing.
    """

    __tablename__ = "learning_publications"
    __table_args__ = (
        Index(
            "uq_learning_publications_open",
            "quiz",
            unique=True,
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    quiz: Mapped[str]
    version: Mapped[int]
    questions: Mapped[list[Any]]
    published_at: Mapped[datetime]
    published_by: Mapped[uuid.UUID | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[uuid.UUID | None]


class Attempt(Base):
    """A member's ``number``-th attempt (from 1) at a quiz; at most one of a quiz is unfinished.

    ``questions`` are pairs of id and version: what is asked stays as it was at the start. ``seed``
    fixes the draw and the order of options, so that a question looks the same on every device.
    ``ends_at`` is the end of the time, where there is one.
    """

    __tablename__ = "learning_attempts"
    __table_args__ = (
        UniqueConstraint("member", "quiz", "number"),
        Index(
            "uq_learning_attempts_open",
            "member",
            "quiz",
            unique=True,
            postgresql_where=text("finished_at IS NULL"),
        ),
        Index(
            "ix_learning_attempts_ends_at",
            "ends_at",
            postgresql_where=text("finished_at IS NULL AND ends_at IS NOT NULL"),
        ),
        Index("ix_learning_attempts_member_started_at", "member", "started_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    member: Mapped[uuid.UUID]
    quiz: Mapped[str]
    quiz_version: Mapped[int]
    number: Mapped[int]
    mode: Mapped[str]
    questions: Mapped[list[Any]]
    seed: Mapped[str]
    started_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    pass_ppm: Mapped[int | None]
    finished_at: Mapped[datetime | None]
    score_ppm: Mapped[int | None]


class Answer(Base):
    """A question shown in an attempt, stored before it is shown, and the one answer to it.

    ``position`` counts from 1. ``nth`` counts this member's answers to the question over all
    attempts; ``response_ms`` is the server's time from showing to receiving. All four fields of the
    answer are empty until it is given.
    """

    __tablename__ = "learning_answers"
    __table_args__ = (
        UniqueConstraint("attempt_id", "question"),
        Index("ix_learning_answers_member", "member", "question"),
    )

    attempt_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("learning_attempts.id"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    member: Mapped[uuid.UUID]
    question: Mapped[str]
    question_version: Mapped[int]
    shown_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    response: Mapped[Any | None] = mapped_column(JSONB(none_as_null=True))
    nth: Mapped[int | None]
    score_ppm: Mapped[int | None]
    response_ms: Mapped[int | None] = mapped_column(BigInteger)
