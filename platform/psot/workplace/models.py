"""The tables of the virtual workplace: runs with what was done in them, classes, what was missed.

What a run is worth follows from its actions alone (`psot.workplace.judging`); the figures kept here
are there to be listed.
"""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Sequence, text
from sqlalchemy.orm import Mapped, mapped_column

from psot.database import Base, new_id

BOARDS = Sequence("workplace_boards", metadata=Base.metadata)
"""Orders the states of a class's board: the next number is taken before its rows are read."""


class Class(Base):
    """A scenario that a trainer opened for a group; ``code`` is what its members enter.

    ``pauses`` are [began, ended] in ISO 8601, the running one is ``paused_at``; ``point`` is the
    object that the trainer points at, empty for none.
    """

    __tablename__ = "workplace_classes"
    __table_args__ = (
        Index(
            "uq_workplace_classes_code",
            "code",
            unique=True,
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index("ix_workplace_classes_trainer", "trainer", "opened_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str]
    scenario: Mapped[str]
    version: Mapped[int]
    mode: Mapped[str]
    seed: Mapped[int] = mapped_column(BigInteger)
    trainer: Mapped[uuid.UUID]
    opened_at: Mapped[datetime]
    paused_at: Mapped[datetime | None]
    pauses: Mapped[list[Any]] = mapped_column(default=list)
    point: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None]


class Run(Base):
    """A member's run of a scenario; ``number`` counts this member's runs of it from 1.

    ``taken`` actions were taken. ``how`` is finished, critical or stopped, empty while it goes on.
    An ended run is ``tallied`` once it is in the map of misses.
    """

    __tablename__ = "workplace_runs"
    __table_args__ = (
        Index("uq_workplace_runs_number", "member", "scenario", "number", unique=True),
        Index("ix_workplace_runs_group", "group"),
        Index(
            "ix_workplace_runs_check",
            "started_at",
            postgresql_where=text("ended_at IS NULL AND mode = 'check'"),
        ),
        Index(
            "ix_workplace_runs_untallied",
            "ended_at",
            postgresql_where=text("ended_at IS NOT NULL AND NOT tallied"),
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    member: Mapped[uuid.UUID]
    scenario: Mapped[str]
    version: Mapped[int]
    mode: Mapped[str]
    seed: Mapped[int] = mapped_column(BigInteger)
    number: Mapped[int]
    minutes: Mapped[int]
    group: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("workplace_classes.id"))
    started_at: Mapped[datetime]
    taken: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    found: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None]
    how: Mapped[str] = mapped_column(default="")
    score_ppm: Mapped[int | None]
    duration_ms: Mapped[int | None] = mapped_column(BigInteger)
    tallied: Mapped[bool] = mapped_column(server_default=text("false"))


class Deed(Base):
    """An action taken, with what it brought about, texts in both languages."""

    __tablename__ = "workplace_actions"

    run: Mapped[uuid.UUID] = mapped_column(ForeignKey("workplace_runs.id"), primary_key=True)
    nth: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at_ms: Mapped[int] = mapped_column(BigInteger)
    action: Mapped[dict[str, Any]]
    effects: Mapped[list[Any]]


class Stretch(Base):
    """A stretch of the way a member walked: [at_ms, x, z, heading_deg] each."""

    __tablename__ = "workplace_paths"

    run: Mapped[uuid.UUID] = mapped_column(ForeignKey("workplace_runs.id"), primary_key=True)
    from_ms: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    points: Mapped[list[Any]]


class Outcome(Base):
    """What came of one part of an ended run: the map of misses adds these up."""

    __tablename__ = "workplace_outcomes"

    run: Mapped[uuid.UUID] = mapped_column(ForeignKey("workplace_runs.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)
    scenario: Mapped[str]
    verdict: Mapped[str]


class Tally(Base):
    """How often a part of a scenario came up in ended runs, and was missed or wrong.

    The row without kind and part counts the ended runs themselves; ``score_ppm`` is the sum of
    their scores.
    """

    __tablename__ = "workplace_tallies"

    scenario: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)
    runs: Mapped[int] = mapped_column(BigInteger)
    missed: Mapped[int] = mapped_column(BigInteger)
    score_ppm: Mapped[int] = mapped_column(BigInteger)
