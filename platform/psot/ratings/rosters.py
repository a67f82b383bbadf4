"""The rows of the regions: frozen rosters counted, differences added, empty rows taken out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import text
from sqlalchemy.orm import Session

from psot.ratings.homes import standing
from psot.ratings.intake import Homes
from psot.ratings.rules import Standard
from psot.ratings.sums import NOTHING, Sums

_ROSTERS = text(
    """
    SELECT region, count(*) AS members FROM (
        SELECT DISTINCT ON (member) member, region FROM rating_homes
        WHERE since < :starts_at ORDER BY member, since DESC, region COLLATE "C" DESC
    ) AS roster GROUP BY region
    """
)
_ADD = text(
    """
    INSERT INTO rating_regions AS kept
        (season, region, members, active, activity_ppb, qualified, effectiveness_ppb,
         activity_ppm2, effectiveness_ppm2)
    SELECT :season, new.* FROM unnest(
        CAST(:region AS text[]), CAST(:members AS int[]), CAST(:active AS int[]),
        CAST(:activity_ppb AS bigint[]), CAST(:qualified AS int[]),
        CAST(:effectiveness_ppb AS bigint[]), CAST(:activity_ppm2 AS bigint[]),
        CAST(:effectiveness_ppm2 AS bigint[])) AS new
    ON CONFLICT (season, region) DO UPDATE
    SET members = kept.members + excluded.members, active = kept.active + excluded.active,
        activity_ppb = kept.activity_ppb + excluded.activity_ppb,
        qualified = kept.qualified + excluded.qualified,
        effectiveness_ppb = kept.effectiveness_ppb + excluded.effectiveness_ppb,
        activity_ppm2 = kept.activity_ppm2 + excluded.activity_ppm2,
        effectiveness_ppm2 = kept.effectiveness_ppm2 + excluded.effectiveness_ppm2
    """
)
# Whoever is active is on the roster: a region without members has nothing else either.
_TIDY = text("DELETE FROM rating_regions WHERE season = :season AND members = 0 AND active = 0")


def count_rosters(session: Session, standard: Standard) -> dict[str, Sums]:
    """Return the members on every region's roster of a season just opened."""
    rows = session.execute(_ROSTERS, {"starts_at": standard.starts_at})
    return {row.region: Sums(members=row.members) for row in rows}


def moved(before: Homes, after: Homes, standard: Standard) -> dict[str, Sums]:
    """Return how the rosters change when the homes of some members become known or change."""
    changed: dict[str, Sums] = defaultdict(lambda: NOTHING)
    for member, homes in after.items():
        old = standing(before[member], standard.starts_at)
        new = standing(homes, standard.starts_at)
        if old.on_roster:
            changed[old.region] += Sums(members=-1)
        if new.on_roster:
            changed[new.region] += Sums(members=1)
    return changed


def add(session: Session, season: str, changes: Iterable[Mapping[str, Sums]]) -> None:
    """Add every difference of ``changes`` to the rows of ``season``."""
    total: dict[str, Sums] = defaultdict(lambda: NOTHING)
    for change in changes:
        for region, difference in change.items():
            total[region] += difference
    told = {region: sums for region, sums in sorted(total.items()) if sums != NOTHING}
    if not told:
        return
    session.execute(
        _ADD,
        {
            "season": season,
            "region": list(told),
            "members": [one.members for one in told.values()],
            "active": [one.active for one in told.values()],
            "activity_ppb": [one.activity_ppb for one in told.values()],
            "qualified": [one.qualified for one in told.values()],
            "effectiveness_ppb": [one.effectiveness_ppb for one in told.values()],
            "activity_ppm2": [one.activity_ppm2 for one in told.values()],
            "effectiveness_ppm2": [one.effectiveness_ppm2 for one in told.values()],
        },
    )
    session.execute(_TIDY, {"season": season})
