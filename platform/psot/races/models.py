"""The tables of the races: a race and its rules, its questions, its classes, its start list."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from psot.database import Base, new_id


class Race(Base):
    """A race, from draft to official. ``options`` are those of `scoring.biathlon.load_format`.

    Moments without a value are decided by hand. ``zero_at`` is the race's zero: every ``t_ms``
    counts from it. ``secret`` (32 random bytes) is what all draws come from; it leaves the server
    only by the fact DrawRevealed. ``told`` counts the race-wide facts of `events.race` (the jury's)
    that stand on the ledger. ``version`` grows with every edit, so that two desks do not overwrite
    each other. A practice race belongs to one member and runs against the field of ``practice_of``.
    """

    __tablename__ = "races"
    __table_args__ = (
        Index("ix_races_stage", "stage"),
        Index("ix_races_season", "season"),
        Index("ix_races_starts_at", "starts_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    title: Mapped[str]
    description: Mapped[str] = mapped_column(server_default="", default="")
    format: Mapped[str]
    options: Mapped[dict[str, Any]] = mapped_column(default=dict)
    stage: Mapped[str] = mapped_column(server_default="draft", default="draft")
    public: Mapped[bool] = mapped_column(server_default=text("true"), default=True)
    season: Mapped[str] = mapped_column(server_default="", default="")
    zone: Mapped[str] = mapped_column(server_default="Europe/Moscow", default="Europe/Moscow")
    announces_at: Mapped[datetime | None]
    registers_at: Mapped[datetime | None]
    zeroes_at: Mapped[datetime | None]
    starts_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    freeze_after_s: Mapped[int | None]
    unfrozen_at: Mapped[datetime | None]
    spectator_delay_s: Mapped[int] = mapped_column(server_default="0", default=0)
    protest_hours: Mapped[int] = mapped_column(server_default="24", default=24)
    remind_minutes: Mapped[int] = mapped_column(server_default="60", default=60)
    reminded_at: Mapped[datetime | None]
    normed_minutes: Mapped[int] = mapped_column(server_default="20", default=20)
    from_race: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("races.id"))
    practice_of: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("races.id"))
    practice_member: Mapped[uuid.UUID | None]
    exhibition: Mapped[bool] = mapped_column(server_default=text("false"), default=False)
    created_by: Mapped[uuid.UUID | None]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(server_default="1", default=1)
    secret: Mapped[bytes] = mapped_column(LargeBinary(32))
    secret_sha256: Mapped[str] = mapped_column(server_default="", default="")
    questions_sha256: Mapped[str] = mapped_column(server_default="", default="")
    rules_sha256: Mapped[str] = mapped_column(server_default="", default="")
    zero_at: Mapped[datetime | None]
    locked_at: Mapped[datetime | None]
    provisional_at: Mapped[datetime | None]
    official_at: Mapped[datetime | None]
    told: Mapped[int] = mapped_column(server_default="0", default=0)


class Pool(Base):
    """Where tasks of one ``kind`` come from: ``station``, ``P`` (prone) or ``S`` (standing).

    Empty ``topics`` or ``difficulties`` mean all of them.
    """

    __tablename__ = "race_pools"

    race: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("races.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(primary_key=True)
    topics: Mapped[list[Any]] = mapped_column(default=list)
    difficulties: Mapped[list[Any]] = mapped_column(default=list)


class RaceQuestion(Base):
    """A question of the race's set as it was on the day of zeroing, its key included.

    ``content`` is `psot.races.questions.freeze`; it never leaves the server before the lock.
    """

    __tablename__ = "race_questions"

    race: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("races.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    topic: Mapped[str]
    difficulty: Mapped[int]
    content: Mapped[dict[str, Any]]


class RaceClass(Base):
    """A class with a board of its own. ``rule`` is ``region``, ``experience`` or ``employer``.

    A racer whose answer to the rule is among ``values`` belongs to it; to several, if so.
    """

    __tablename__ = "race_classes"

    race: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("races.id", ondelete="CASCADE"), primary_key=True
    )
    code: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    rule: Mapped[str]
    values: Mapped[list[Any]]
    position: Mapped[int] = mapped_column(server_default="0", default=0)


class Entry(Base):
    """A member's registration for a race; ``bib`` is empty until the start list is made.

    ``experience`` is ``newcomer`` or ``experienced``, ``employer`` a type of employer or "".
    ``time_percent`` stretches the limits of shots for a member who was granted extra time.
    """

    __tablename__ = "race_entries"
    __table_args__ = (
        UniqueConstraint("race", "bib"),
        Index("ix_race_entries_member", "member"),
    )

    race: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("races.id", ondelete="CASCADE"), primary_key=True
    )
    member: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(server_default="1", default=1)
    registered_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    region: Mapped[str]
    experience: Mapped[str] = mapped_column(server_default="newcomer", default="newcomer")
    employer: Mapped[str] = mapped_column(server_default="", default="")
    time_percent: Mapped[int] = mapped_column(server_default="100", default=100)
    bib: Mapped[int | None]
    team: Mapped[str | None]


class Start(Base):
    """One line of the start list: a racer on one leg. ``start_ms`` counts from the race's zero.

    A later leg of a relay has no start until its team mate hands over; ``ended_ms`` is when this
    leg ended at the exchange or the finish.
    """

    __tablename__ = "race_starts"
    __table_args__ = (Index("ix_race_starts_team", "race", "team", "leg"),)

    race: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("races.id", ondelete="CASCADE"), primary_key=True
    )
    bib: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    leg: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    team: Mapped[str | None]
    start_ms: Mapped[int | None]
    ended_ms: Mapped[int | None]
