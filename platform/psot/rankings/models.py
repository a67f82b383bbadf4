"""What boards keep besides the ledger: places as they were shown, and medals counted."""

import uuid

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from psot.database import Base


class MemberWeek(Base):
    """The place of a member as it stood when a week of a season was noted last.

    ``week`` counts from 1. It is a note of what was shown then: later corrections of the ratings
    do not change it, so no fold of the ledger makes it again.
    """

    __tablename__ = "ranking_member_weeks"

    season: Mapped[str] = mapped_column(primary_key=True)
    member: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    week: Mapped[int] = mapped_column(primary_key=True)
    rank: Mapped[int]
    total: Mapped[int]
    rating_milli: Mapped[int]


class MedalSeason(Base):
    """A season of races whose medals are counted; ``sha256`` is of its protocols' hashes."""

    __tablename__ = "ranking_medal_seasons"

    season: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str]
    races: Mapped[int]


class MedalRow(Base):
    """The medals and starts of a member in a season of races, and the place they make."""

    __tablename__ = "ranking_medals"
    __table_args__ = (Index("ix_ranking_medals_place", "season", "place", "member"),)

    season: Mapped[str] = mapped_column(primary_key=True)
    member: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    place: Mapped[int]
    gold: Mapped[int]
    silver: Mapped[int]
    bronze: Mapped[int]
    starts: Mapped[int]
