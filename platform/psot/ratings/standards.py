"""Read what the members of each opened season are measured by."""

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

from psot.ratings.rules import Standard
from psot.ratings.rulesets import known

_STANDARDS = text(
    """
    SELECT s.season, s.starts_on, s.rules, coalesce(c.mean_ppm, s.mean_ppm) AS mean_ppm,
           coalesce(c.weeks_elapsed, 1) AS weeks_elapsed,
           coalesce(c.facility_ppm, '{}') AS facility_ppm, coalesce(c.median_ms, '{}') AS median_ms,
           coalesce(c.left_out, '{}') AS left_out, coalesce(c.left_out_at, '{}') AS left_out_at
    FROM rating_seasons s LEFT JOIN rating_calibrations c USING (season)
    ORDER BY s.season
    """
)


def standards(session: Session) -> Sequence[Standard]:
    """Return the standard of every opened season, the oldest first.

    A season whose set of rules was not published yet waits and is left out. Before the first
    calibration one week counts as begun and no question's difficulty is known.
    """
    rules = known(session)
    return [
        Standard(
            season=row.season,
            starts_on=row.starts_on,
            parameters=rules[row.rules],
            mean_ppm=row.mean_ppm,
            weeks_elapsed=row.weeks_elapsed,
            facility_ppm=row.facility_ppm,
            median_ms=row.median_ms,
            left_out=row.left_out,
            left_out_at=row.left_out_at,
        )
        for row in session.execute(_STANDARDS)
        if row.rules in rules
    ]
