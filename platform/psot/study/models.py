"""The tables of study: what facts say of memory and progress, and the courses of the members."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from psot.database import Base, new_id


class ReviewRow(Base):
    """An answer of a member to a question, from the ledger.

    ``due_before`` is when the question had been due, None for the first answer to it.
    """

    __tablename__ = "study_reviews"
    __table_args__ = (
        Index("ix_study_reviews_card", "member", "question"),
        Index("ix_study_reviews_answered_at", "member", "answered_at"),
    )

    attempt: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    member: Mapped[uuid.UUID]
    quiz: Mapped[str]
    mode: Mapped[str]
    answered_at: Mapped[datetime]
    nth: Mapped[int]
    score_ppm: Mapped[int]
    response_ms: Mapped[int] = mapped_column(BigInteger)
    due_before: Mapped[datetime | None]


class CardRow(Base):
    """What a member's answers to one question come to; see `psot.study.memory.Memory`.

    ``wrong_...`` is the last answer that was not right in full, ``right_...`` the right ones since.
    """

    __tablename__ = "study_cards"
    __table_args__ = (Index("ix_study_cards_due_at", "member", "due_at"),)

    member: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    answers: Mapped[int]
    last_at: Mapped[datetime]
    last_score_ppm: Mapped[int]
    due_at: Mapped[datetime]
    stability_s: Mapped[int] = mapped_column(BigInteger)
    difficulty_milli: Mapped[int]
    wrong_at: Mapped[datetime | None]
    wrong_attempt: Mapped[uuid.UUID | None]
    wrong_score_ppm: Mapped[int | None]
    right_first_at: Mapped[datetime | None]
    right_last_at: Mapped[datetime | None]


class ReadingRow(Base):
    """A lesson read to its end, for the first time or again, from the ledger."""

    __tablename__ = "study_readings"

    member: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(primary_key=True)
    read_at: Mapped[datetime] = mapped_column(primary_key=True)


class FinishRow(Base):
    """An attempt that is over, from the ledger."""

    __tablename__ = "study_finishes"
    __table_args__ = (Index("ix_study_finishes_member", "member", "finished_at"),)

    attempt: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    member: Mapped[uuid.UUID]
    quiz: Mapped[str]
    score_ppm: Mapped[int]
    finished_at: Mapped[datetime]


class Course(Base):
    """A member's way through a plan: at most one at a time is neither left nor ended.

    ``round`` counts from 1 and grows with every renewal. ``paused_s`` adds up the pauses that are
    over. ``renews_at`` is when it is walked anew, None where that is not meant or while it is
    paused. ``left_at`` can be undone, ``ended_at`` is a renewal and cannot. ``result`` is what was
    done and what was not on the day it was left or ended, ``title`` the name of the plan then.
    """

    __tablename__ = "study_courses"
    __table_args__ = (
        Index(
            "uq_study_courses_current",
            "member",
            unique=True,
            postgresql_where=text("left_at IS NULL AND ended_at IS NULL"),
        ),
        Index("ix_study_courses_member", "member", "began_at"),
        Index(
            "ix_study_courses_renews_at",
            "renews_at",
            postgresql_where=text("left_at IS NULL AND ended_at IS NULL AND renews_at IS NOT NULL"),
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    member: Mapped[uuid.UUID]
    plan: Mapped[str]
    plan_version: Mapped[int]
    round: Mapped[int]
    title: Mapped[dict[str, Any]]
    began_at: Mapped[datetime]
    renews_at: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]
    paused_s: Mapped[int] = mapped_column(BigInteger, server_default="0", default=0)
    pauses: Mapped[int] = mapped_column(server_default="0", default=0)
    left_at: Mapped[datetime | None]
    leaves: Mapped[int] = mapped_column(server_default="0", default=0)
    ended_at: Mapped[datetime | None]
    result: Mapped[list[Any] | None] = mapped_column(JSONB(none_as_null=True))


class Preference(Base):
    """How many questions a member wants in a day's set."""

    __tablename__ = "study_preferences"

    member: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    daily_limit: Mapped[int]
