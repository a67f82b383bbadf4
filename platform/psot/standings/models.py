"""The tables of the standings: a race's log as its consumer took it in, what screens show."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Identity, Index
from sqlalchemy.orm import Mapped, mapped_column

from psot.database import Base


class Logged(Base):
    """A fact of `events.race` as the consumer took it in; ``n`` is the order of its arrival.

    ``fact`` is `events.dump` of it, without the type.
    """

    __tablename__ = "race_log"
    __table_args__ = (Index("ix_race_log_race", "race", "n"),)

    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    n: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    race: Mapped[uuid.UUID]
    type: Mapped[str]
    fact: Mapped[dict[str, Any]]


class Screen(Base):
    """What the big screen of a race shows, as its remote control set it."""

    __tablename__ = "race_screens"

    race: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    panel: Mapped[str] = mapped_column(server_default="auto", default="auto")
    bib: Mapped[int | None]
    class_code: Mapped[str] = mapped_column(server_default="", default="")
    revealed: Mapped[int] = mapped_column(server_default="0", default=0)
    """How many rows of the frozen part are revealed, from the last place upwards."""
    changed_at: Mapped[datetime]
    changed_by: Mapped[uuid.UUID | None]


class RacePublisher(Base):
    """Who publishes the boards of a race: see `psot.standings.leases`."""

    __tablename__ = "race_publishers"

    race: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    holder: Mapped[str]
    """The process; empty where it let the race go."""
    epoch: Mapped[int] = mapped_column(BigInteger)
    """Grows by one each time somebody else takes the race, and never shrinks."""
    until_at: Mapped[datetime]


class WillingPublisher(Base):
    """A process that publishes, or would."""

    __tablename__ = "publishers"

    name: Mapped[str] = mapped_column(primary_key=True)
    until_at: Mapped[datetime]
