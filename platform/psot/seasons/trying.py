"""The shadow board: the running season as it would be under drafted rules, counted by a worker.

Everybody's weeks and answers are read anew from the exact rows of the ratings, weighed by the draft
and with the calibration of the season; nothing of it is written to the ratings.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from psot.database import Database
from psot.ratings.operations import TOO_EASY
from psot.ratings.queries import OpenSeason, RegionLine, region_table, season_called, table_under
from psot.ratings.recount import rows_under, sums_of
from psot.ratings.rules import Standard
from psot.ratings.standards import standards
from psot.ratings.sums import NOTHING, Sums
from psot.seasons import protocol
from psot.seasons.models import DraftRow, ShadowRow
from scoring.rating import Parameters, parameters_from
from scoring.rating.shadow import difference

CHUNK: Final = 1000
MOVERS: Final = 15
PATIENCE: Final = timedelta(minutes=1)

_LOCK = text("SELECT pg_try_advisory_xact_lock(hashtext('psot.seasons.trying'))")


@dataclass(frozen=True, kw_only=True)
class Shadow:
    """How far a shadow is, and once it is finished, what it shows."""

    season: str
    asked_at: datetime
    done: int
    total: int
    finished_at: datetime | None
    result: dict[str, Any] | None

    @property
    def finished(self) -> bool:
        """Whether it is all counted."""
        return self.finished_at is not None


def draft(session: Session) -> DraftRow | None:
    """Return the draft of rules, None where there is none."""
    return session.scalars(select(DraftRow).order_by(DraftRow.version.desc())).first()


def shadow(session: Session) -> Shadow | None:
    """Return the shadow of the draft, None where nobody has asked for one."""
    row = session.scalars(select(ShadowRow)).first()
    if row is None:
        return None
    return Shadow(
        season=row.season,
        asked_at=row.asked_at,
        done=row.done,
        total=row.total,
        finished_at=row.finished_at,
        result=row.result,
    )


def count(database: Database, now: Callable[[], datetime]) -> bool:
    """Count the shadow that was asked for; returns whether there was one.

    One worker counts at a time. Progress is committed after every chunk, so the desk shows it; a
    draft saved meanwhile has its shadow asked for anew.
    """
    with database.begin() as session:
        session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        if not session.execute(_LOCK).scalar():
            return False
        row = session.scalars(select(ShadowRow).where(ShadowRow.finished_at.is_(None))).first()
        if row is None:
            return False
        season = season_called(session, row.season)
        standard = next((one for one in standards(session) if one.season == row.season), None)
        if season is None or standard is None:
            return False
        asked = row.asked_at
        tried = under(standard, parameters_from(row.version, row.figures))

        def progress(done: int, total: int) -> None:
            _note(database, asked, done=done, total=total)

        result = _result(session, season, tried, progress)
    _note(database, asked, finished_at=now(), result=result)
    return True


def under(standard: Standard, parameters: Parameters) -> Standard:
    """Return what members are measured by if ``parameters`` held, the calibration as it is.

    What was too easy for the old ceiling is weighed by the new one.
    """
    kept = {name: why for name, why in standard.left_out.items() if why != TOO_EASY}
    return replace(standard, parameters=parameters, left_out=kept)


def waiting(session: Session, now: datetime) -> bool:
    """Tell whether a shadow was asked for a while ago and no worker counts it."""
    found = shadow(session)
    return (
        found is not None
        and not found.finished
        and found.done == 0
        and now - found.asked_at >= PATIENCE
    )


def _note(database: Database, asked: datetime, **told: Any) -> None:
    with database.begin() as session:
        session.execute(update(ShadowRow).where(ShadowRow.asked_at == asked).values(**told))


def _result(
    session: Session, season: OpenSeason, standard: Standard, progress: Callable[[int, int], None]
) -> dict[str, Any]:
    before = {one.member: one.rating_milli for one in protocol.places(session, season.name)}
    table = region_table(session, season.name)
    # Who is on a roster stays as it is: the rules do not move anybody.
    sums = {one.region: Sums(members=one.sums.members) for one in table if one.sums.members}
    after: dict[UUID, int] = {}
    members = sorted(before)
    progress(0, len(members))
    for start in range(0, len(members), CHUNK):
        ratings, added = _chunk(session, standard, members[start : start + CHUNK])
        after |= ratings
        for region, more in added.items():
            sums[region] = sums.get(region, NOTHING) + more
        progress(start + len(members[start : start + CHUNK]), len(members))
    return {
        "members": _members({who: before[who] for who in after}, after),
        "regions": _regions(sums, table, standard.parameters),
    }


def _chunk(
    session: Session, standard: Standard, members: Sequence[UUID]
) -> tuple[dict[UUID, int], dict[str, Sums]]:
    ratings: dict[UUID, int] = {}
    added: dict[str, Sums] = defaultdict(lambda: NOTHING)
    for row in rows_under(session, standard, members):
        ratings[row["member"]] = row["rating_milli"]
        if row["on_roster"]:
            added[row["region"]] += sums_of(row, standard)
    return ratings, added


def _members(before: dict[UUID, int], after: dict[UUID, int]) -> dict[str, Any]:
    found = difference(before, after)
    far = [one for one in found.moves if one.climbed]
    movers = far if len(far) <= 2 * MOVERS else [*far[:MOVERS], *far[-MOVERS:]]
    return {
        "count": len(before),
        "moved": found.moved,
        "median_places": found.median_places,
        "correlation_ppm": found.correlation_ppm,
        "movers": [
            {
                "member": str(one.who),
                "before": one.before,
                "after": one.after,
                "climbed": one.climbed,
                "rating_before": before[one.who],
                "rating_after": after[one.who],
            }
            for one in movers
        ],
    }


def _regions(
    sums: dict[str, Sums], table: Sequence[RegionLine], parameters: Parameters
) -> list[dict[str, Any]]:
    was = {one.region: one for one in table}
    return [
        {
            "region": one.region,
            "before": was[one.region].rank,
            "after": one.rank,
            "score_before": was[one.region].score_milli,
            "score_after": one.score_milli,
        }
        for one in table_under(sums, parameters)
        if one.rank is not None
    ]
