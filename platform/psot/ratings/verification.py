"""Proving the ratings: tables against the ledger, regions against members, ranks against tables."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from redis import Redis
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from psot.database import Database
from psot.ledger.verify import verify as recompute
from psot.ratings import ranks
from psot.ratings.models import RegionRow
from psot.ratings.projections import RATINGS
from psot.ratings.recount import sums_of
from psot.ratings.rosters import count_rosters
from psot.ratings.rules import Standard
from psot.ratings.standards import standards
from psot.ratings.sums import NOTHING, Sums

SHOWN = 10
"""So many differences of each kind are spelled out."""
CHUNK = 5000

_MEMBERS = text("SELECT * FROM rating_members WHERE season = :season")
_RATED = text("SELECT member, rating_milli, version FROM rating_members WHERE season = :season")


@dataclass(frozen=True, kw_only=True)
class Checked:
    """Something that was compared: how many rows of it, how many differ, and a few of those."""

    what: str
    rows: int
    differ: int
    examples: tuple[str, ...] = ()


def verify(database: Database, redis: "Redis") -> Iterator[Checked]:
    """Recompute the ratings from the ledger and compare everything kept of them; changes nothing.

    May run beside the live system: what Redis was not told yet is no difference.
    """
    for one in recompute(database, RATINGS):
        yield Checked(what=one.table, rows=one.rows, differ=one.drifted, examples=one.examples)
    with database.begin() as session:
        for standard in standards(session):
            yield _regions(session, standard)
            yield _ranks(session, redis, standard.season)


def _regions(session: Session, standard: Standard) -> Checked:
    """Compare the sums of the regions with those of their members and of their rosters."""
    added: dict[str, Sums] = defaultdict(lambda: NOTHING) | count_rosters(session, standard)
    in_parts = {"yield_per": CHUNK}
    rows = session.execute(_MEMBERS, {"season": standard.season}, execution_options=in_parts)
    for row in rows.mappings():
        if row["on_roster"]:
            added[row["region"]] += sums_of(row, standard)
    kept = {
        row.region: Sums(**{name: getattr(row, name) for name in Sums.__dataclass_fields__})
        for row in session.scalars(select(RegionRow).where(RegionRow.season == standard.season))
    }
    wrong = [
        f"{region}: kept {kept.get(region)}, its members make {added.get(region)}"
        for region in sorted(kept.keys() | added.keys())
        if kept.get(region) != added.get(region)
    ]
    return _told(f"regions of {standard.season} against their members", len(kept), wrong)


def _ranks(session: Session, redis: "Redis", season: str) -> Checked:
    """Compare the ranking in Redis with the stored ratings it has been told of."""
    what = f"ranking of {season} in Redis"
    version, scores = ranks.everybody(redis, season)
    # Redis was read first: whatever changed since then has a greater version.
    stored = session.execute(_RATED, {"season": season}).all()
    due = {row.member: row.rating_milli for row in stored if row.version <= version}
    waiting = {row.member for row in stored} - due.keys()
    wrong = [
        f"{member}: {scores.get(member)} in Redis, {due.get(member)} stored"
        for member in sorted(due.keys() | (scores.keys() - waiting))
        if scores.get(member) != due.get(member)
    ]
    if stored and not scores:
        return Checked(what=f"{what}: nothing there yet", rows=0, differ=0)
    return _told(what, len(scores), wrong)


def _told(what: str, rows: int, wrong: list[str]) -> Checked:
    return Checked(what=what, rows=rows, differ=len(wrong), examples=tuple(wrong[:SHOWN]))
