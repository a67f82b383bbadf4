"""The tables of community: questions, answers, their earlier wordings, thanks and reports."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from psot.database import Base, new_id


class Thread(Base):
    """A question to the community and where it stands.

    ``accepted`` names an answer of its own; ``expert`` says that an expert accepted it. ``answers``
    counts those on the page; ``active_at`` is the last question or answer, ``answered_at`` the last
    answer by somebody else, ``seen_at`` when its author looked last. ``changes`` and ``decisions``
    count what its author and the editors did to it. A double leads to ``merged_into``.
    """

    __tablename__ = "community_threads"
    __table_args__ = (
        CheckConstraint("accepted IS NOT NULL OR NOT expert", name="expert_accepts_something"),
        Index("ix_community_threads_active", "active_at"),
        Index("ix_community_threads_author", "author"),
        Index("ix_community_threads_topic", "topic", "active_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    author: Mapped[uuid.UUID]
    topic: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    asked_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]
    changes: Mapped[int] = mapped_column(server_default="0", default=0)
    answers: Mapped[int] = mapped_column(server_default="0", default=0)
    active_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    seen_at: Mapped[datetime]
    accepted: Mapped[uuid.UUID | None]
    accepted_at: Mapped[datetime | None]
    expert: Mapped[bool] = mapped_column(server_default=sql("false"), default=False)
    decisions: Mapped[int] = mapped_column(server_default="0", default=0)
    down_at: Mapped[datetime | None]
    down_reason: Mapped[str] = mapped_column(server_default="", default="")
    down_note: Mapped[str] = mapped_column(server_default="", default="")
    merged_into: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("community_threads.id"))


class Answer(Base):
    """An answer; ``thanks`` counts the members who thanked for it, the rest is as in `Thread`."""

    __tablename__ = "community_answers"
    __table_args__ = (Index("ix_community_answers_thread", "thread", "given_at"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    thread: Mapped[uuid.UUID] = mapped_column(ForeignKey("community_threads.id"))
    author: Mapped[uuid.UUID]
    text: Mapped[str]
    given_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]
    changes: Mapped[int] = mapped_column(server_default="0", default=0)
    thanks: Mapped[int] = mapped_column(server_default="0", default=0)
    decisions: Mapped[int] = mapped_column(server_default="0", default=0)
    down_at: Mapped[datetime | None]
    down_reason: Mapped[str] = mapped_column(server_default="", default="")
    down_note: Mapped[str] = mapped_column(server_default="", default="")


class Wording(Base):
    """What a question or an answer said before its change number ``nth``."""

    __tablename__ = "community_wordings"

    post: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    nth: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    title: Mapped[str]
    text: Mapped[str]
    until: Mapped[datetime]


class Thanks(Base):
    """A member thanked for an answer."""

    __tablename__ = "community_thanks"

    answer: Mapped[uuid.UUID] = mapped_column(ForeignKey("community_answers.id"), primary_key=True)
    member: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    thanked_at: Mapped[datetime]


class Report(Base):
    """A member asked the editors to look at a post; open while ``settled_at`` is None.

    ``answer`` is None where the question itself is meant; ``post`` is the id of what is meant.
    """

    __tablename__ = "community_reports"
    __table_args__ = (
        Index(
            "uq_community_reports_open",
            "post",
            "member",
            unique=True,
            postgresql_where=sql("settled_at IS NULL"),
        ),
        Index("ix_community_reports_post", "post"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    thread: Mapped[uuid.UUID] = mapped_column(ForeignKey("community_threads.id"))
    answer: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("community_answers.id"))
    post: Mapped[uuid.UUID]
    member: Mapped[uuid.UUID]
    reason: Mapped[str]
    note: Mapped[str]
    reported_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[uuid.UUID | None]
