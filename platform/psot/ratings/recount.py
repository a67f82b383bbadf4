"""The second half of the fold: the figures of the members touched, and the sums of their regions.

A member's figures are always made anew from the member's own rows, so nothing drifts; a region's
sums change by the exact difference of its members.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from psot.ratings.homes import standing
from psot.ratings.intake import homes_of
from psot.ratings.rules import Figures, Standard, figures
from psot.ratings.sums import NOTHING, Sums
from scoring.rating import NOTHING_ANSWERED, EffectivenessSums

CHUNK = 5000

_ATTEMPTS = text(
    """
    SELECT a.member, a.week, count(*) AS attempts,
           count(*) FILTER (WHERE a.response_ms >= coalesce(q.effort_from_ms, 0)) AS efforts,
           sum(coalesce(q.weight_ppm, :unknown_ppm))::bigint AS weight_ppm,
           sum(coalesce(q.weight_ppm, :unknown_ppm) * a.score_ppm)::bigint AS weighted
    FROM rating_attempts a
    LEFT JOIN unnest(CAST(:questions AS text[]), CAST(:weights_ppm AS bigint[]),
                     CAST(:efforts_ms AS bigint[])) AS q (question, weight_ppm, effort_from_ms)
        USING (question)
    WHERE a.season = :season AND a.member = ANY(CAST(:members AS uuid[]))
    GROUP BY a.member, a.week
    """
)
_STORED = text(
    "SELECT * FROM rating_members WHERE season = :season AND member = ANY(CAST(:members AS uuid[]))"
)
_WRITE = text(
    """
    INSERT INTO rating_members (season, member, region, on_roster, activity_ppb, effectiveness_ppb,
                                rating_milli, minutes, first_attempts, version)
    SELECT :season, new.*, nextval('rating_versions') FROM unnest(
        CAST(:member AS uuid[]), CAST(:region AS text[]), CAST(:on_roster AS boolean[]),
        CAST(:activity_ppb AS bigint[]), CAST(:effectiveness_ppb AS bigint[]),
        CAST(:rating_milli AS int[]), CAST(:minutes AS int[]), CAST(:first_attempts AS int[])
    ) AS new
    ON CONFLICT (season, member) DO UPDATE
    SET region = excluded.region, on_roster = excluded.on_roster,
        activity_ppb = excluded.activity_ppb, effectiveness_ppb = excluded.effectiveness_ppb,
        rating_milli = excluded.rating_milli, minutes = excluded.minutes,
        first_attempts = excluded.first_attempts, version = excluded.version
    """
)
_WRITTEN = (
    "member",
    "region",
    "on_roster",
    "activity_ppb",
    "effectiveness_ppb",
    "rating_milli",
    "minutes",
    "first_attempts",
)
_EVERYBODY = text("SELECT DISTINCT member FROM rating_attempts WHERE season = :season")


def recount(session: Session, standard: Standard, members: Iterable[UUID]) -> dict[str, Sums]:
    """Bring the rows of ``members`` up to date; returns what changed for each region."""
    changed: dict[str, Sums] = defaultdict(lambda: NOTHING)
    listed = list(members)
    for start in range(0, len(listed), CHUNK):
        chunk = listed[start : start + CHUNK]
        for region, difference in _recount(session, standard, chunk):
            changed[region] += difference
    return changed


def everybody(session: Session, season: str) -> list[UUID]:
    """Return all who answered anything in ``season``."""
    return list(session.execute(_EVERYBODY, {"season": season}).scalars())


def _recount(
    session: Session, standard: Standard, members: Sequence[UUID]
) -> Iterator[tuple[str, Sums]]:
    named = {"season": standard.season, "members": list(members)}
    stored: dict[UUID, dict[str, Any]] = {
        row["member"]: dict(row) for row in session.execute(_STORED, named).mappings()
    }
    homes = homes_of(session, members)
    changed = []
    for member, counted in _figures(session, standard, members).items():
        where = standing(homes[member], standard.starts_at)
        old = stored.get(member)
        new = {
            "member": member,
            "region": where.region,
            "on_roster": where.on_roster,
            **counted.__dict__,
        }
        if old is not None and all(old[name] == new[name] for name in _WRITTEN):
            continue
        changed.append(new)
        if old is not None and old["on_roster"]:
            yield old["region"], -_sums(old, standard)
        if where.on_roster:
            yield where.region, _sums(new, standard)
    if changed:
        columns = {name: [row[name] for row in changed] for name in _WRITTEN}
        session.execute(_WRITE, {"season": standard.season, **columns})


def _figures(session: Session, standard: Standard, members: Sequence[UUID]) -> dict[UUID, Figures]:
    questions = sorted(standard.facility_ppm.keys() | standard.median_ms.keys())
    rows = session.execute(
        _ATTEMPTS,
        {
            "season": standard.season,
            "members": list(members),
            "questions": questions,
            "weights_ppm": [standard.weight_ppm(one) for one in questions],
            "efforts_ms": [standard.effort_from_ms(one) for one in questions],
            "unknown_ppm": standard.unknown_weight_ppm,
        },
    )
    efforts: dict[UUID, dict[int, int]] = defaultdict(dict)
    attempts: dict[UUID, int] = defaultdict(int)
    sums: dict[UUID, EffectivenessSums] = defaultdict(lambda: NOTHING_ANSWERED)
    for row in rows:
        efforts[row.member][row.week] = row.efforts
        attempts[row.member] += row.attempts
        sums[row.member] += EffectivenessSums(
            weight_ppm=row.weight_ppm, weighted_score_ppm2=row.weighted
        )
    return {
        member: figures(standard, weeks, sums[member], attempts[member])
        for member, weeks in efforts.items()
    }


def _sums(row: Mapping[str, Any], standard: Standard) -> Sums:
    qualified = row["first_attempts"] >= standard.parameters.region_min_attempts
    return Sums(
        active=1,
        activity_ppb=row["activity_ppb"],
        qualified=int(qualified),
        effectiveness_ppb=row["effectiveness_ppb"] if qualified else 0,
    )
