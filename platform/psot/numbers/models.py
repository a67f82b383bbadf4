"""The tables of numbers: sums of facts, made by the fold alone, and made again at will."""

import uuid
from datetime import date, datetime

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from psot.database import Base


class TotalRow(Base):
    """What a kind comes to, and how far it goes: the newest of the ``facts`` it was told of."""

    __tablename__ = "numbers_totals"

    kind: Mapped[str] = mapped_column(primary_key=True)
    total: Mapped[int] = mapped_column(BigInteger)
    facts: Mapped[int] = mapped_column(BigInteger)
    last_seq: Mapped[int] = mapped_column(BigInteger)
    last_at: Mapped[datetime]


class WeekRow(Base):
    """What a kind came to in the week that began on ``week``; a week of nothing has no row."""

    __tablename__ = "numbers_weeks"

    kind: Mapped[str] = mapped_column(primary_key=True)
    week: Mapped[date] = mapped_column(primary_key=True)
    total: Mapped[int] = mapped_column(BigInteger)


class FirstRow(Base):
    """Something that counts once, at the earliest moment it was told of."""

    __tablename__ = "numbers_firsts"

    kind: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class HomeRow(Base):
    """The region that a member chose last."""

    __tablename__ = "numbers_homes"

    member: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    region: Mapped[str]
    since: Mapped[datetime]


class RegionRow(Base):
    """How many members have chosen a region; one that nobody has chosen has no row."""

    __tablename__ = "numbers_regions"

    region: Mapped[str] = mapped_column(primary_key=True)
    members: Mapped[int]
