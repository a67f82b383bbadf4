"""Which rules a season plays by: the bridge from a fact's plain figures to the pure formula."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

import scoring.rating
from scoring.rating import (
    PARAMETERS,
    EffectivenessSums,
    Parameters,
    Season,
    Week,
    activity_ppb,
    credited_minutes,
    rating_milli,
    season_of,
    weight_ppm,
)

NEWEST_RULES = max(PARAMETERS)

ZONE = ZoneInfo(PARAMETERS[NEWEST_RULES].time_zone)


def season_named(name: str) -> Season:
    """Return the calendar season called such as ``2026-Q4``; raises ValueError for another name."""
    return scoring.rating.season_named(name, ZONE)


def season_at(moment: datetime) -> Season:
    """Return the calendar season in which ``moment`` lies."""
    return season_of(moment, ZONE)


@dataclass(frozen=True, kw_only=True)
class Standard:
    """What all members of a season are measured by: its rules and its newest calibration."""

    season: str
    starts_on: date
    parameters: Parameters
    mean_ppm: int
    weeks_elapsed: int = 1
    facility_ppm: Mapping[str, int] = field(default_factory=dict)
    median_ms: Mapping[str, int] = field(default_factory=dict)

    @property
    def starts_at(self) -> datetime:
        """First moment of the season; who joined before is on a region's roster."""
        return season_named(self.season).starts_at

    @property
    def mean_ppb(self) -> int:
        """Season mean in billionths."""
        return self.mean_ppm * 1000

    def weight_ppm(self, question: str) -> int:
        """Weight of a question in effectiveness."""
        return weight_ppm(self.facility_ppm.get(question), self.parameters)

    @property
    def unknown_weight_ppm(self) -> int:
        """Weight of a question that is not calibrated."""
        return weight_ppm(None, self.parameters)

    def effort_from_ms(self, question: str) -> int:
        """Shortest answer time that earns minutes: the bound of `scoring.rating.answer_minutes`."""
        return -(-self.median_ms.get(question, 0) * self.parameters.rushed_below_percent // 100)


@dataclass(frozen=True, kw_only=True)
class Figures:
    """A member's rating and the two halves it is made of, as they are stored."""

    activity_ppb: int
    effectiveness_ppb: int
    rating_milli: int
    minutes: int
    first_attempts: int


def figures(
    standard: Standard,
    efforts_by_week: Mapping[int, int],
    sums: EffectivenessSums,
    first_attempts: int,
) -> Figures:
    """Return the rating of answers with effort per week and of the sums over first attempts."""
    efforts = tuple(sorted(count for count in efforts_by_week.values() if count))
    activity = _activity_ppb(efforts, standard.weeks_elapsed, standard.parameters)
    effectiveness = sums.ppb(standard.mean_ppb, standard.parameters)
    return Figures(
        activity_ppb=activity,
        effectiveness_ppb=effectiveness,
        rating_milli=rating_milli(activity, effectiveness),
        minutes=sum(_minutes(count, standard.parameters) for count in efforts),
        first_attempts=first_attempts,
    )


def _minutes(efforts: int, parameters: Parameters) -> int:
    return int(credited_minutes(Week(answers_with_effort=efforts), parameters))


# Many members share the same few weeks, and exact fractions cost time.
@lru_cache(maxsize=20_000)
def _activity_ppb(efforts: tuple[int, ...], weeks_elapsed: int, parameters: Parameters) -> int:
    return activity_ppb([_minutes(one, parameters) for one in efforts], weeks_elapsed, parameters)
