"""The tables of the regions: notes of what was shown, and portraits kept ready.

None of it is made of facts by a fold: a duty of the scheduler writes it from the ratings, and the
next run writes it anew. The last note of a week stands.
"""

import uuid
from datetime import datetime

from sqlalchemy import ARRAY, BigInteger, Integer, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from psot.database import Base


class RegionWeek(Base):
    """How a region stood in a week (from 0) of a season: the figures that its page showed.

    ``activity_ppb`` and ``effectiveness_ppb`` are those of the score, drawn towards the national
    means; ``low_milli`` to ``high_milli`` is its 80 % interval. A region without a roster has no
    places.
    """

    __tablename__ = "region_weeks"

    season: Mapped[str] = mapped_column(primary_key=True)
    week: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    region: Mapped[str] = mapped_column(primary_key=True)
    members: Mapped[int]
    active: Mapped[int]
    activity_ppb: Mapped[int] = mapped_column(BigInteger)
    qualified: Mapped[int]
    effectiveness_ppb: Mapped[int] = mapped_column(BigInteger)
    score_milli: Mapped[int]
    low_milli: Mapped[int]
    high_milli: Mapped[int]
    rank: Mapped[int | None]
    place_from: Mapped[int | None]
    place_to: Mapped[int | None]
    noted_at: Mapped[datetime]


class RegionPortrait(Base):
    """The members of a region in a season as a whole.

    ``bins`` counts those on the roster with a rating by tens of points (0 to 9, 10 to 19, ... and
    1,000 alone at the end); ``leaders`` are its first few, the best first.
    """

    __tablename__ = "region_portraits"

    season: Mapped[str] = mapped_column(primary_key=True)
    region: Mapped[str] = mapped_column(primary_key=True)
    bins: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    leaders: Mapped[list[uuid.UUID]] = mapped_column(ARRAY(Uuid))
    drawn_at: Mapped[datetime]


class RegionTopic(Base):
    """What the members of a region answered the first time in one topic of a season."""

    __tablename__ = "region_topics"

    season: Mapped[str] = mapped_column(primary_key=True)
    region: Mapped[str] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(primary_key=True)
    members: Mapped[int]
    answers: Mapped[int] = mapped_column(BigInteger)
    score_ppm: Mapped[int]
