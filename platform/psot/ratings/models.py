"""The tables of the ratings: what the fold of the ledger leaves behind, in exact integers.

No row here is written by anything but the fold; all of it can be dropped and made again. ``epoch``
and ``version`` come from a sequence: they tell the boards in Redis what they have not seen yet.
"""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Index, Integer, Sequence
from sqlalchemy.orm import Mapped, mapped_column

from psot.database import Base

VERSIONS = Sequence("rating_versions", metadata=Base.metadata)


class SeasonRow(Base):
    """A season that was opened. ``epoch`` is new whenever the table is made again."""

    __tablename__ = "rating_seasons"

    season: Mapped[str] = mapped_column(primary_key=True)
    starts_on: Mapped[date]
    weeks: Mapped[int]
    rules: Mapped[int]
    mean_ppm: Mapped[int]
    epoch: Mapped[int] = mapped_column(BigInteger)


class RulesRow(Base):
    """A set of rules that was published here; ``parameters`` are its plain figures."""

    __tablename__ = "rating_rules"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    parameters: Mapped[dict[str, Any]]
    reason: Mapped[str]
    published_at: Mapped[datetime]


class CalibrationRow(Base):
    """The newest calibration of a season; ``left_out`` is that of the fact."""

    __tablename__ = "rating_calibrations"

    season: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]
    weeks_elapsed: Mapped[int]
    mean_ppm: Mapped[int]
    facility_ppm: Mapped[dict[str, Any]]
    median_ms: Mapped[dict[str, Any]]
    left_out: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    left_out_at: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    taken_at: Mapped[datetime]


class HomeRow(Base):
    """A member's region from a moment on."""

    __tablename__ = "rating_homes"

    member: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    since: Mapped[datetime] = mapped_column(primary_key=True)
    region: Mapped[str] = mapped_column(primary_key=True)


class AttemptRow(Base):
    """A member's first answer of a season to a question; ``week`` counts from 0.

    An answer given in a ``race`` belongs to no quiz: ``quiz`` is empty, ``nth`` is 0 and
    ``attempt`` is the race itself. The first run of a scenario stands here as ``workplace:<id>``;
    ``attempt`` is the run and ``response_ms`` -1: its minutes are those of a `PracticeRow`.
    """

    __tablename__ = "rating_attempts"

    season: Mapped[str] = mapped_column(primary_key=True)
    member: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    question_version: Mapped[int] = mapped_column(server_default="1")
    nth: Mapped[int]
    answered_at: Mapped[datetime]
    attempt: Mapped[uuid.UUID]
    quiz: Mapped[str]
    week: Mapped[int]
    score_ppm: Mapped[int]
    response_ms: Mapped[int] = mapped_column(BigInteger)
    race: Mapped[uuid.UUID | None]


class ParticipationRow(Base):
    """A member finished an official race: so many normed ``minutes`` of activity in its week."""

    __tablename__ = "rating_participations"
    __table_args__ = (Index("ix_rating_participations_member", "season", "member"),)

    race: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    member: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    season: Mapped[str]
    finished_at: Mapped[datetime]
    week: Mapped[int]
    minutes: Mapped[int]


class WatchedRow(Base):
    """The milliseconds of a recording that a member was credited in one week of a season."""

    __tablename__ = "rating_watched"

    season: Mapped[str] = mapped_column(primary_key=True)
    member: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    recording: Mapped[str] = mapped_column(primary_key=True)
    week: Mapped[int] = mapped_column(primary_key=True)
    ms: Mapped[int] = mapped_column(BigInteger)


class PracticeRow(Base):
    """The first finished run of a scenario in a season: its normed ``minutes`` in its week."""

    __tablename__ = "rating_practices"

    season: Mapped[str] = mapped_column(primary_key=True)
    member: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    scenario: Mapped[str] = mapped_column(primary_key=True)
    run: Mapped[uuid.UUID]
    finished_at: Mapped[datetime]
    week: Mapped[int]
    minutes: Mapped[int]


class ContributionRow(Base):
    """What a member gave to others: an answer that an expert accepted, a question approved.

    ``kind`` is "answer" or "question", ``object`` the answer's id or the question's name;
    ``approved_by`` accepted or reviewed it first in this season. It is worth something in the
    first of its seasons only, and there only while no editor's decision says otherwise.
    """

    __tablename__ = "rating_contributions"
    __table_args__ = (Index("ix_rating_contributions_member", "season", "member"),)

    kind: Mapped[str] = mapped_column(primary_key=True)
    object: Mapped[str] = mapped_column(primary_key=True)
    season: Mapped[str] = mapped_column(primary_key=True)
    member: Mapped[uuid.UUID]
    week: Mapped[int]
    earned_at: Mapped[datetime]
    approved_by: Mapped[uuid.UUID]
    thread: Mapped[uuid.UUID | None]


class DecisionRow(Base):
    """An editor's ``nth`` decision on an answer of the community: ``down`` or back on its page."""

    __tablename__ = "rating_decisions"

    answer: Mapped[str] = mapped_column(primary_key=True)
    nth: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    decided_at: Mapped[datetime]
    down: Mapped[bool]


class MemberRow(Base):
    """A member's rating of an opened season; exists from the first thing that counts in it.

    ``region`` is where the member stands in this season, empty while no fact has told it;
    ``on_roster`` says whether the member counts for that region. ``efforts`` counts the answers
    with effort of each week, ``race_minutes`` adds up those of its races and of its practice,
    ``watched_ms`` what was credited of recordings, ``given_minutes`` what its contributions earned
    (all three empty without any); the two sums are those of `scoring.rating.EffectivenessSums`.
    """

    __tablename__ = "rating_members"
    __table_args__ = (
        Index("ix_rating_members_version", "season", "version"),
        Index("ix_rating_members_place", "season", "rating_milli", "member"),
        Index("ix_rating_members_region", "season", "region", "rating_milli", "member"),
    )

    season: Mapped[str] = mapped_column(primary_key=True)
    member: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    region: Mapped[str]
    on_roster: Mapped[bool]
    activity_ppb: Mapped[int] = mapped_column(BigInteger)
    effectiveness_ppb: Mapped[int] = mapped_column(BigInteger)
    rating_milli: Mapped[int]
    minutes: Mapped[int]
    first_attempts: Mapped[int]
    efforts: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    race_minutes: Mapped[list[int]] = mapped_column(ARRAY(Integer), server_default="{}")
    watched_ms: Mapped[list[int]] = mapped_column(ARRAY(BigInteger), server_default="{}")
    given_minutes: Mapped[list[int]] = mapped_column(ARRAY(Integer), server_default="{}")
    weight_ppm: Mapped[int] = mapped_column(BigInteger)
    weighted_ppm2: Mapped[int] = mapped_column(BigInteger)
    version: Mapped[int] = mapped_column(BigInteger)


class RegionRow(Base):
    """The exact sums of a region in an opened season, over its frozen roster.

    Those of squares tell how much its members differ.
    """

    __tablename__ = "rating_regions"

    season: Mapped[str] = mapped_column(primary_key=True)
    region: Mapped[str] = mapped_column(primary_key=True)
    members: Mapped[int]
    active: Mapped[int]
    activity_ppb: Mapped[int] = mapped_column(BigInteger)
    qualified: Mapped[int]
    effectiveness_ppb: Mapped[int] = mapped_column(BigInteger)
    activity_ppm2: Mapped[int] = mapped_column(BigInteger, server_default="0")
    effectiveness_ppm2: Mapped[int] = mapped_column(BigInteger, server_default="0")
