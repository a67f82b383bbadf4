"""What the page and programs may ask: the achievements of one member."""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from psot.achievements.models import DeedRow, EarnedRow
from psot.achievements.projections import deed_of
from psot.achievements.values import Held, Standing
from scoring.achievements import AWARDS, ZONE, Award, Deed, counted
from scoring.rating import season_of

EACH_SEASON = "steady_weeks"


def mine(session: Session, member: UUID, now: datetime) -> list[Standing]:
    """Return every achievement with what ``member`` has of it by ``now``, in their order."""
    held: dict[str, list[Held]] = defaultdict(list)
    for row in session.scalars(
        select(EarnedRow)
        .where(EarnedRow.member == member, EarnedRow.earned_at <= now)
        .order_by(EarnedRow.earned_at.desc(), EarnedRow.subject)
    ):
        one = Held(subject=row.subject, at=row.earned_at, seq=row.seq, place=row.place)
        held[row.award].append(one)
    done: dict[str, list[Deed]] = defaultdict(list)
    for each in session.scalars(select(DeedRow).where(DeedRow.member == member)):
        done[each.award].append(deed_of(each))
    return [
        Standing(
            name=award.name,
            held=tuple(held[award.name]),
            done=_done(award, done[award.name], now),
            need=award.need,
        )
        for award in AWARDS
    ]


def _done(award: Award, found: list[Deed], now: datetime) -> int:
    """Return how many deeds are there for the next one: of a season, those of the running one."""
    if award.name == EACH_SEASON:
        running = season_of(now, ZONE).name
        found = [one for one in found if one.subject == running]
    return min(award.need, len(counted(award, found)))
