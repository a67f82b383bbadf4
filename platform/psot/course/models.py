"""The tables of the course: who is under way, every task they met, and when we were away."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from psot.database import Base


class Run(Base):
    """One racer under way. ``seat_no`` grows with every device that takes over.

    ``seat_sha256`` is the hash of the seat's token; ``rtts_ms`` are the last round trips the server
    measured, ``bucket_ms`` what is left of the allowance. ``told`` counts the racer's facts of
    `events.race` on the ledger: their keys are ``race:bib:1``, ``race:bib:2`` and so on.
    ``due_ms`` is when the marshal looks for the racer, after the race's zero: at the end of a hold,
    or once no answer to an open shot can be on its way any more; empty: nothing happens by itself.
    """

    __tablename__ = "race_runs"
    __table_args__ = (
        Index("ix_race_runs_due", "race", "due_ms", postgresql_where=text("due_ms IS NOT NULL")),
        Index("ix_race_runs_member", "race", "member", unique=True),
    )

    race: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("races.id", ondelete="CASCADE"), primary_key=True
    )
    bib: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    member: Mapped[uuid.UUID]
    entered_at: Mapped[datetime | None]
    seat_no: Mapped[int] = mapped_column(server_default="0", default=0)
    seat_sha256: Mapped[str] = mapped_column(server_default="", default="")
    rtts_ms: Mapped[list[Any]] = mapped_column(default=list)
    bucket_ms: Mapped[int]
    told: Mapped[int] = mapped_column(server_default="0", default=0)
    due_ms: Mapped[int | None]
    state: Mapped[str] = mapped_column(server_default="on the line", default="on the line")
    out: Mapped[str] = mapped_column(server_default="", default="")
    """DNS, DNF, DSQ or LAP where the racer was taken out; nothing is taken from them any more."""
    away: Mapped[int] = mapped_column(server_default="0", default=0)
    """How often the racer's page lost the focus."""


class Task(Base):
    """A station's task or a shot, stored before it is shown; ``number`` counts from 1 in a run.

    All ``*_ms`` but ``limit_ms``, ``allowance_ms`` and ``credit_ms`` (durations) count from the
    race's zero. ``options`` is ``[[shown id, option id], ...]`` in shown order. ``outcome`` is None
    while open, else ``right``, ``wrong`` or ``late``; a shot without an answer is ``late``. An
    answer that came after the deadline is kept in ``late_chosen`` and ``late_ms``.
    """

    __tablename__ = "race_tasks"

    race: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("races.id", ondelete="CASCADE"), primary_key=True
    )
    bib: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    leg: Mapped[int]
    lap: Mapped[int]
    kind: Mapped[str]
    """``station``, ``P`` or ``S``: the pool it came from."""
    question: Mapped[str]
    version: Mapped[int]
    options: Mapped[list[Any]]
    shown_ms: Mapped[int]
    limit_ms: Mapped[int | None]
    allowance_ms: Mapped[int] = mapped_column(server_default="0", default=0)
    credit_ms: Mapped[int] = mapped_column(server_default="0", default=0)
    chosen: Mapped[str | None]
    outcome: Mapped[str | None]
    ended_ms: Mapped[int | None]
    late_chosen: Mapped[str | None]
    late_ms: Mapped[int | None]
    contradicted: Mapped[int] = mapped_column(server_default="0", default=0)


class Pulse(Base):
    """The last moment at which a web process was known to answer racers; one row."""

    __tablename__ = "race_pulse"

    one: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    at: Mapped[datetime]


class Outage(Base):
    """The service did not answer between two moments."""

    __tablename__ = "race_outages"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    from_at: Mapped[datetime]
    until_at: Mapped[datetime]
