"""The tables of seasons: what is intended, what was sealed, and the rules being tried."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from psot.database import Base


class PlanRow(Base):
    """An organizer wants this season to open by itself at its first moment."""

    __tablename__ = "season_plans"

    season: Mapped[str] = mapped_column(primary_key=True)
    planned_by: Mapped[uuid.UUID | None]
    planned_at: Mapped[datetime]


class PreviewRow(Base):
    """The rosters of a season to be opened, as they would be if they were frozen now."""

    __tablename__ = "season_previews"

    season: Mapped[str] = mapped_column(primary_key=True)
    rosters: Mapped[dict[str, Any]]
    counted_at: Mapped[datetime]


class ProtocolRow(Base):
    """The closing protocol of a season: canonical JSON, compressed, never changed."""

    __tablename__ = "season_protocols"

    season: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str]
    body: Mapped[bytes]
    closed_at: Mapped[datetime]
    closed_by: Mapped[uuid.UUID | None]


class PlaceRow(Base):
    """A member's place when the season was closed; together the lines that the protocol sealed."""

    __tablename__ = "season_places"
    __table_args__ = (Index("ix_season_places_place", "season", "place", "member"),)

    season: Mapped[str] = mapped_column(primary_key=True)
    member: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    place: Mapped[int]
    region: Mapped[str]
    activity_ppb: Mapped[int] = mapped_column(BigInteger)
    effectiveness_ppb: Mapped[int] = mapped_column(BigInteger)
    rating_milli: Mapped[int]


class DraftRow(Base):
    """The rules that an organizer writes for a season to come; ``version`` they would become."""

    __tablename__ = "season_drafts"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    figures: Mapped[dict[str, Any]]
    saved_by: Mapped[uuid.UUID]
    saved_at: Mapped[datetime]


class ShadowRow(Base):
    """What the running season would be under a draft: asked for, computed step by step, kept."""

    __tablename__ = "season_shadows"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    figures: Mapped[dict[str, Any]]
    season: Mapped[str]
    asked_at: Mapped[datetime]
    done: Mapped[int]
    total: Mapped[int]
    finished_at: Mapped[datetime | None]
    result: Mapped[dict[str, Any] | None]
