"""Every write of the ratings: all are facts, and the fold does the rest."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import text
from sqlalchemy.orm import Session

from events.rating import SeasonCalibrated, SeasonOpened
from psot.items.telling import Against, against_the_rest
from psot.ledger import append
from psot.ratings import publishing
from psot.ratings.errors import SeasonIsOpen, UnknownSeason
from psot.ratings.intake import SCENARIO
from psot.ratings.models import CalibrationRow
from psot.ratings.queries import OpenSeason, seasons
from psot.ratings.rules import (
    EDITION,
    SETTLED_AFTER_END,
    edition,
    season_at,
    season_named,
)
from psot.ratings.rulesets import newest_rules, parameters_of
from scoring.items import Flag
from scoring.rating import Parameters, Season, facility_ppm

TOO_EASY = Flag.TOO_EASY.value
AGAINST = Flag.NEGATIVE_DISCRIMINATION.value

_FACT = text("SELECT EXISTS (SELECT FROM ledger_facts WHERE type = :type AND key = :key)")
_LAST_NUMBER = text(
    "SELECT coalesce(max(CAST(data ->> 'number' AS int)), 0) FROM ledger_facts"
    " WHERE type = :type AND key LIKE :keys"
)
_LOCK = text("SELECT pg_advisory_xact_lock(hashtext('psot.ratings.calibrate'))")

# A scenario is no question: nobody is right on all of it, so its share of full marks says nothing
# and it keeps the weight of what is not calibrated.
# percentile_disc takes, of two middle answer times, the lower: a time somebody really took.
_ITEMS = text(
    """
    SELECT question, count(*) AS attempts, count(*) FILTER (WHERE score_ppm = 1000000) AS fully,
           percentile_disc(0.5) WITHIN GROUP (ORDER BY response_ms) AS median_ms,
           sum(score_ppm)::bigint AS score_ppm
    FROM rating_attempts WHERE season = :season GROUP BY question ORDER BY question
    """
)


def open_season(session: Session, *, now: datetime, name: str = "") -> Season:
    """Open the season called ``name`` (empty: the running quarter) and take its first figures.

    The season mean assumed until the first calibration is the last season's. Raises SeasonIsOpen,
    UnknownSeason for a name that is not a quarter.
    """
    season = _calendar(name) if name else season_at(now)
    opened = seasons(session)
    if session.execute(_FACT, {"type": SeasonOpened.type, "key": season.name}).scalar():
        raise SeasonIsOpen(_("This season is open already."), subject=season.name)
    rules = newest_rules(session)
    before = next((one for one in opened if one.calendar.starts_on < season.starts_on), None)
    fact = SeasonOpened(
        season=season.name,
        starts_on=season.starts_on,
        weeks=season.weeks,
        rules=rules,
        mean_ppm=before.mean_ppm if before else parameters_of(session, rules).initial_mean_ppm,
    )
    append(session, fact, key=season.name, occurred_at=now)
    first = SeasonCalibrated(
        season=season.name,
        number=1,
        weeks_elapsed=max(1, season.weeks_elapsed(now)),
        mean_ppm=fact.mean_ppm,
        facility_ppm={},
        median_ms={},
        **_left_out(session, {}, {}, now),
    )
    append(session, first, key=f"{season.name}:1", occurred_at=now)
    return season


def publish_rules(session: Session, changes: publishing.Changes, reason: str, now: datetime) -> int:
    """Publish the newest set of rules with ``changes``; returns its version. Raises BadRules."""
    return publishing.publish(session, changes, reason, now)


def calibrate(session: Session, *, now: datetime) -> list[SeasonCalibrated]:
    """Take the figures all members share, of every running season; returns the facts appended.

    Reads the first answers folded so far. Nothing is appended where nothing changed.
    """
    session.execute(_LOCK)
    made = []
    for season in seasons(session):
        if season.calendar.starts_at <= now < season.calendar.ends_at + SETTLED_AFTER_END:
            fact = _calibration(session, season, now)
            if fact is not None:
                append(session, fact, key=f"{fact.season}:{fact.number}", occurred_at=now)
                made.append(fact)
    return made


def _calibration(session: Session, season: OpenSeason, now: datetime) -> SeasonCalibrated | None:
    items = session.execute(_ITEMS, {"season": season.name}).all()
    known = [
        one
        for one in items
        if one.attempts >= season.parameters.calibration_min_attempts
        and not one.question.startswith(SCENARIO)
    ]
    attempts = sum(one.attempts for one in items)
    mean = facility_ppm(sum(one.score_ppm for one in items), attempts * 1_000_000)
    kept = session.get(CalibrationRow, season.name)
    keys = {"type": SeasonCalibrated.type, "keys": f"{season.name}:%"}
    number = session.execute(_LAST_NUMBER, keys).scalar_one()
    if kept is not None and kept.number < number:
        return None  # the last one is not folded yet: nothing to compare with
    facilities = {one.question: facility_ppm(one.fully, one.attempts) or 0 for one in known}
    fact = SeasonCalibrated(
        season=season.name,
        number=number + 1,
        weeks_elapsed=season.calendar.weeks_elapsed(now),
        mean_ppm=season.mean_ppm if mean is None else mean,
        facility_ppm=facilities,
        median_ms={one.question: one.median_ms for one in known},
        **_left_out(session, _too_easy(facilities, season.parameters), _since(kept), now),
    )
    return None if kept is not None and _same(fact, kept) else fact


def _too_easy(facilities: Mapping[str, int], parameters: Parameters) -> dict[str, str]:
    """Return the questions that nearly everybody is right on, each with why it leaves."""
    ceiling = parameters.facility_ceiling_ppm
    return {name: TOO_EASY for name, facility in facilities.items() if facility > ceiling}


def _since(kept: CalibrationRow | None) -> dict[str, datetime]:
    """Return since when each of those now left out is."""
    if kept is None:
        return {}
    return {name: datetime.fromisoformat(since) for name, since in kept.left_out_at.items()}


def _left_out(
    session: Session, easy: Mapping[str, str], since: Mapping[str, datetime], now: datetime
) -> dict[str, Any]:
    """Return what leaves the rating by itself, why, and since when."""
    before = [
        Against(question=question, version=int(version))
        for question, mark, version in (name.rpartition(EDITION) for name in since)
        if mark
    ]
    against = against_the_rest(session, before)
    reasons = dict(easy) | {edition(one.question, one.version): AGAINST for one in against}
    return {
        "left_out": dict(sorted(reasons.items())),
        "left_out_at": {name: since.get(name, now) for name in sorted(reasons)},
    }


def _same(fact: SeasonCalibrated, kept: CalibrationRow) -> bool:
    names = ("weeks_elapsed", "mean_ppm", "facility_ppm", "median_ms", "left_out")
    return all(getattr(fact, name) == getattr(kept, name) for name in names)


def _calendar(name: str) -> Season:
    try:
        return season_named(name)
    except ValueError as error:
        raise UnknownSeason(_("There is no such season."), subject=name) from error
