"""Which rules a season plays by: the bridge from a fact's plain figures to the pure formula."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from itertools import zip_longest
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
    watched_minutes,
    weight_ppm,
)

ZONE = ZoneInfo(PARAMETERS[max(PARAMETERS)].time_zone)

SETTLED_AFTER_END = timedelta(days=7)
"""So long after its end a season stands: it is not calibrated, nothing is taken from it."""


def season_named(name: str) -> Season:
    """Return the calendar season called such as ``2026-Q4``; raises ValueError for another name."""
    return scoring.rating.season_named(name, ZONE)


def season_at(moment: datetime) -> Season:
    """Return the calendar season in which ``moment`` lies."""
    return season_of(moment, ZONE)


def week_at(moment: datetime) -> tuple[str, int]:
    """Return the name of the season and the week (from 0) in which ``moment`` lies."""
    return _week_of(moment.replace(minute=0, second=0, microsecond=0))


# Weeks begin on the hour, so a season has few enough hours to remember.
@lru_cache(maxsize=5000)
def _week_of(hour: datetime) -> tuple[str, int]:
    season = season_at(hour)
    return season.name, season.week_index(hour)


EDITION = "@"
"""Between a question and its version where a calibration names one version alone."""


def edition(question: str, version: int) -> str:
    """Return the name of one version of a question in a calibration.

    >>> edition("ppe-01", 2)
    'ppe-01@2'
    """
    return f"{question}{EDITION}{version}"


@dataclass(frozen=True, kw_only=True)
class Absence:
    """A question has left the rating, since when and why."""

    reason: str
    since: datetime


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
    left_out: Mapping[str, str] = field(default_factory=dict)
    left_out_at: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def starts_at(self) -> datetime:
        """First moment of the season; who joined before is on a region's roster."""
        return season_named(self.season).starts_at

    @property
    def settled_at(self) -> datetime:
        """From this moment on what is decided about contributions leaves the season as it is."""
        return season_named(self.season).ends_at + SETTLED_AFTER_END

    @property
    def mean_ppb(self) -> int:
        """Season mean in billionths."""
        return self.mean_ppm * 1000

    def weight_ppm(self, question: str, version: int | None = None) -> int:
        """Weight in effectiveness of a question, or of one version of it."""
        if self.absence(question, version) is not None:
            return 0
        return weight_ppm(self.facility_ppm.get(question), self.parameters)

    def absence(self, question: str, version: int | None = None) -> Absence | None:
        """Since when and why a question, or one version of it, has left the rating."""
        for name in (question, edition(question, version) if version else ""):
            if name in self.left_out:
                return Absence(
                    reason=self.left_out[name],
                    since=datetime.fromisoformat(self.left_out_at[name]),
                )
        return None

    @cached_property
    def editions_out(self) -> tuple[tuple[str, int], ...]:
        """The single versions of questions that have left the rating."""
        parted = (name.rpartition(EDITION) for name in self.left_out)
        return tuple((question, int(version)) for question, mark, version in parted if mark)

    @cached_property
    def measured(self) -> tuple[str, ...]:
        """The questions of which anything is known that concerns all their versions."""
        out = {name for name in self.left_out if EDITION not in name}
        return tuple(sorted(self.facility_ppm.keys() | self.median_ms.keys() | out))

    @cached_property
    def unknown_weight_ppm(self) -> int:
        """Weight of a question that is not calibrated."""
        return weight_ppm(None, self.parameters)

    def effort_from_ms(self, question: str) -> int:
        """Shortest answer time that earns minutes: the bound of `scoring.rating.answer_minutes`."""
        return -(-self.median_ms.get(question, 0) * self.parameters.rushed_below_percent // 100)


def figures(
    standard: Standard,
    efforts: Sequence[int],
    sums: EffectivenessSums,
    *,
    race_minutes: Sequence[int] = (),
    watched_ms: Sequence[int] = (),
    given_minutes: Sequence[int] = (),
) -> tuple[int, int, int, int]:
    """Return activity and effectiveness in billionths, rating in thousandths, minutes credited.

    ``efforts`` counts the answers with effort of each week, ``race_minutes`` the minutes of its
    races, ``watched_ms`` what is credited of recordings, ``given_minutes`` what contributions
    earned; ``sums`` are those over all first answers.
    """
    watched = [watched_minutes(one) for one in watched_ms]
    by_week = zip_longest(efforts, race_minutes, watched, given_minutes, fillvalue=0)
    weeks = tuple(sorted(one for one in by_week if any(one)))
    activity, minutes = _activity(weeks, standard.weeks_elapsed, standard.parameters)
    effectiveness = sums.ppb(standard.mean_ppb, standard.parameters)
    return activity, effectiveness, rating_milli(activity, effectiveness), minutes


# Many members share the same few weeks, and exact fractions cost time.
@lru_cache(maxsize=50_000)
def _activity(
    weeks: tuple[tuple[int, int, int, int], ...], weeks_elapsed: int, parameters: Parameters
) -> tuple[int, int]:
    """Return the activity in billionths and all minutes credited.

    ``weeks`` holds the efforts of each, the minutes of its races, of its recordings and those
    given for contributions.
    """
    minutes = [
        _effort_minutes(efforts, parameters) + raced_min + watched_min + given_min
        for efforts, raced_min, watched_min, given_min in weeks
    ]
    return activity_ppb(minutes, weeks_elapsed, parameters), sum(minutes)


@lru_cache(maxsize=5_000)
def _effort_minutes(efforts: int, parameters: Parameters) -> int:
    return int(credited_minutes(Week(answers_with_effort=efforts), parameters))
