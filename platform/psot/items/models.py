"""The tables of items: raw marks, how often each level was reached, and exact sums of them.

No row here is written by anything but the fold; all of it can be dropped and made again. A row
whose count falls to zero goes, so that the tables are a function of the facts alone. Marks are
millionths of a full mark; ``question_version`` keeps the figures of every version apart.
"""

import uuid
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import BigInteger, Index, Numeric
from sqlalchemy.orm import Mapped, mapped_column

from psot.database import Base


class AnswerRow(Base):
    """The first answer ever of a member to a question, in a set or in a ``race``."""

    __tablename__ = "item_answers"
    __table_args__ = (Index("ix_item_answers_question", "question", "question_version"),)

    member: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    question_version: Mapped[int]
    answered_at: Mapped[datetime]
    nth: Mapped[int]
    attempt: Mapped[uuid.UUID]
    race: Mapped[bool]
    score_ppm: Mapped[int]
    response_ms: Mapped[int] = mapped_column(BigInteger)
    response: Mapped[str | None]


class VersionRow(Base):
    """All first answers to one version of a question, added up.

    Times are those of tenths of a second; ``rushed`` counts the answers faster than a tenth of the
    median.
    """

    __tablename__ = "item_versions"

    question: Mapped[str] = mapped_column(primary_key=True)
    question_version: Mapped[int] = mapped_column(primary_key=True)
    answers: Mapped[int]
    raced: Mapped[int]
    fully: Mapped[int]
    score_ppm: Mapped[int] = mapped_column(BigInteger)
    squares_ppm2: Mapped[Decimal] = mapped_column(Numeric(40, 0))
    lower_ms: Mapped[int] = mapped_column(BigInteger, server_default="0")
    median_ms: Mapped[int] = mapped_column(BigInteger, server_default="0")
    upper_ms: Mapped[int] = mapped_column(BigInteger, server_default="0")
    rushed: Mapped[int] = mapped_column(server_default="0")


class TimeRow(Base):
    """How many first answers took so many tenths of a second."""

    __tablename__ = "item_times"

    question: Mapped[str] = mapped_column(primary_key=True)
    question_version: Mapped[int] = mapped_column(primary_key=True)
    tenths: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    answers: Mapped[int]


class WeekRow(Base):
    """The first answers of the week that began on ``monday``, in Moscow."""

    __tablename__ = "item_weeks"

    question: Mapped[str] = mapped_column(primary_key=True)
    question_version: Mapped[int] = mapped_column(primary_key=True)
    monday: Mapped[date] = mapped_column(primary_key=True)
    answers: Mapped[int]
    score_ppm: Mapped[int] = mapped_column(BigInteger)


class ResponseRow(Base):
    """A response as canonical JSON: how many gave it first, what it earned, and who gave it.

    ``tests`` counts those of them whose answer belongs to a first finished attempt at a test;
    ``tests_ppm`` adds up the scores of these attempts.
    """

    __tablename__ = "item_responses"

    question: Mapped[str] = mapped_column(primary_key=True)
    question_version: Mapped[int] = mapped_column(primary_key=True)
    response: Mapped[str] = mapped_column(primary_key=True)
    answers: Mapped[int]
    score_ppm: Mapped[int] = mapped_column(BigInteger)
    tests: Mapped[int]
    tests_ppm: Mapped[int] = mapped_column(BigInteger)


class FinishRow(Base):
    """The first attempt that a member finished at a quiz: the one that its figures rest on."""

    __tablename__ = "item_finishes"

    member: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    quiz: Mapped[str] = mapped_column(primary_key=True)
    attempt: Mapped[uuid.UUID]
    finished_at: Mapped[datetime]


class MarkRow(Base):
    """A mark in an attempt that is, or may still become, the first one finished at its quiz."""

    __tablename__ = "item_marks"
    __table_args__ = (Index("ix_item_marks_member", "member", "quiz"),)

    attempt: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    question_version: Mapped[int]
    member: Mapped[uuid.UUID]
    quiz: Mapped[str]
    answered_at: Mapped[datetime]
    nth: Mapped[int]
    score_ppm: Mapped[int]
    response: Mapped[str | None]


class PairRow(Base):
    """How many attempts reached ``mark_ppm`` on a question and ``rest_ppm`` on the rest.

    ``positions`` is how many questions the attempt asked: totals of other lengths do not compare.
    """

    __tablename__ = "item_pairs"

    quiz: Mapped[str] = mapped_column(primary_key=True)
    positions: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    question_version: Mapped[int] = mapped_column(primary_key=True)
    mark_ppm: Mapped[int] = mapped_column(primary_key=True)
    rest_ppm: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    attempts: Mapped[int]


class SumRow(Base):
    """The pairs of a question in a quiz added up; see `scoring.items.Pairs`."""

    __tablename__ = "item_sums"
    __table_args__ = (Index("ix_item_sums_question", "question", "question_version"),)

    quiz: Mapped[str] = mapped_column(primary_key=True)
    positions: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    question_version: Mapped[int] = mapped_column(primary_key=True)
    attempts: Mapped[int]
    marks: Mapped[Decimal] = mapped_column(Numeric(40, 0))
    marks2: Mapped[Decimal] = mapped_column(Numeric(40, 0))
    rests: Mapped[Decimal] = mapped_column(Numeric(40, 0))
    rests2: Mapped[Decimal] = mapped_column(Numeric(40, 0))
    products: Mapped[Decimal] = mapped_column(Numeric(40, 0))
    sorted_products: Mapped[Decimal] = mapped_column(Numeric(40, 0), server_default="0")


class TotalRow(Base):
    """How many first finished attempts at a quiz of ``positions`` questions reached a total."""

    __tablename__ = "item_totals"

    quiz: Mapped[str] = mapped_column(primary_key=True)
    positions: Mapped[int] = mapped_column(primary_key=True)
    total_ppm: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    attempts: Mapped[int]
