"""The tables of the ledger: the facts, the mark of each delivery, dead letters, consumers."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from psot.database import Base


class FactRow(Base):
    """One fact, never changed. ``seq`` grows, but becomes visible out of order."""

    __tablename__ = "ledger_facts"
    __table_args__ = (UniqueConstraint("type", "key"),)

    seq: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    type: Mapped[str]
    key: Mapped[str]
    member: Mapped[uuid.UUID | None] = mapped_column(index=True)
    data: Mapped[dict[str, Any]]
    occurred_at: Mapped[datetime]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())


class Delivery(Base):
    """The mark (projection, fact): open until the effect is written, in the same transaction."""

    __tablename__ = "ledger_deliveries"
    __table_args__ = (
        Index(
            "ix_ledger_deliveries_open",
            "projection",
            "seq",
            postgresql_where=text("delivered_at IS NULL AND NOT dead"),
        ),
    )

    projection: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("ledger_facts.seq"), primary_key=True, autoincrement=False
    )
    tries: Mapped[int] = mapped_column(server_default="0")
    dead: Mapped[bool] = mapped_column(server_default=text("false"))
    retry_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]


class DeadLetter(Base):
    """A fact that failed its last try for one projection; kept until it is replayed."""

    __tablename__ = "ledger_dead_letters"

    projection: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("ledger_facts.seq"), primary_key=True, autoincrement=False
    )
    error: Mapped[str]
    died_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())


class Consumer(Base):
    """A projection known to this database: its version, and whether and why it is stopped."""

    __tablename__ = "ledger_consumers"

    projection: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    failures_in_row: Mapped[int] = mapped_column(server_default="0")
    stopped_at: Mapped[datetime | None]
    stopped_because: Mapped[str] = mapped_column(server_default="")
