"""The map of misses, added up as runs end: no page sums over everybody's runs."""

from sqlalchemy import text
from sqlalchemy.orm import Session

MOST = 500
"""Ended runs that are added at once."""

# Runs that another scheduler is adding just now are passed over; the rest are added once, for the
# mark and the sums are written together.
_ADD = text(
    """
    WITH added AS (
        UPDATE workplace_runs SET tallied = true
        WHERE id IN (
            SELECT id FROM workplace_runs WHERE ended_at IS NOT NULL AND NOT tallied
            ORDER BY ended_at LIMIT :most FOR UPDATE SKIP LOCKED
        )
        RETURNING id, scenario, score_ppm
    ), sums AS (
        SELECT scenario, kind, part, count(*) AS runs,
               count(*) FILTER (WHERE verdict IN ('missed', 'wrong')) AS missed, 0 AS score_ppm
        FROM workplace_outcomes WHERE run IN (SELECT id FROM added)
        GROUP BY scenario, kind, part
        UNION ALL
        SELECT scenario, '', '', count(*), 0, coalesce(sum(score_ppm), 0)
        FROM added GROUP BY scenario
    ), kept AS (
        INSERT INTO workplace_tallies AS known (scenario, kind, part, runs, missed, score_ppm)
        SELECT scenario, kind, part, runs, missed, score_ppm FROM sums
        ORDER BY scenario, kind, part
        ON CONFLICT (scenario, kind, part) DO UPDATE SET
            runs = known.runs + excluded.runs,
            missed = known.missed + excluded.missed,
            score_ppm = known.score_ppm + excluded.score_ppm
    )
    SELECT count(*) FROM added
    """
)


def tally(session: Session, *, most: int = MOST) -> int:
    """Add up to ``most`` ended runs that were not added yet; returns how many there were."""
    return int(session.execute(_ADD, {"most": most}).scalar_one())
