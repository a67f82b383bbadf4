"""The tables of achievements: deeds and what they earned, made by the fold alone."""

import uuid
from datetime import datetime

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from psot.database import Base


class DeedRow(Base):
    """A deed as far as facts have told it; see `scoring.achievements.Deed`."""

    __tablename__ = "achievements_deeds"

    member: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    award: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    amount: Mapped[int] = mapped_column(BigInteger)
    score_ppm: Mapped[int]
    at: Mapped[datetime | None]
    seq: Mapped[int] = mapped_column(BigInteger)
    by: Mapped[str]
    place: Mapped[str]


class EarnedRow(Base):
    """An achievement of a member, once for each subject, resting on the fact ``seq``."""

    __tablename__ = "achievements_earned"

    member: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    award: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    earned_at: Mapped[datetime]
    seq: Mapped[int] = mapped_column(BigInteger)
    place: Mapped[str]
