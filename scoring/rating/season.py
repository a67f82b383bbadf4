"""The calendar of a season: a quarter of a year cut into thirteen weeks."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

MONTHS_PER_QUARTER = 3
QUARTERS = 4
DAYS_PER_WEEK = 7
WEEKS = 13
QUARTER_NAME = re.compile(r"(?P<year>[12][0-9]{3})-Q(?P<quarter>[1-4])")


@dataclass(frozen=True, kw_only=True)
class Season:
    """A stretch of days in one time zone, from ``starts_on`` up to but without ``ends_before``.

    A week is seven days from the first day on. A quarter is 90 to 92 days long, so its last week
    takes what remains, six to eight days: every moment of a season lies in one of its weeks.
    """

    name: str
    """Such as ``2026-Q4``: sorts by time and reads in every language."""
    starts_on: date
    ends_before: date
    zone: tzinfo
    weeks: int = WEEKS

    @property
    def starts_at(self) -> datetime:
        """First moment of the season."""
        return datetime.combine(self.starts_on, time(), self.zone)

    @property
    def ends_at(self) -> datetime:
        """First moment after the season."""
        return datetime.combine(self.ends_before, time(), self.zone)

    def __contains__(self, moment: datetime) -> bool:
        return self.starts_at <= moment < self.ends_at

    def week_index(self, moment: datetime) -> int:
        """Week of ``moment``, 0 for the first; raises ValueError outside the season."""
        if moment not in self:
            raise ValueError(f"{moment.isoformat()} is not in season {self.name}")
        days = (moment.astimezone(self.zone).date() - self.starts_on).days
        return min(days // DAYS_PER_WEEK, self.weeks - 1)

    def weeks_elapsed(self, moment: datetime) -> int:
        """Weeks begun by ``moment``, the running one included: 0 before, all of them after."""
        if moment < self.starts_at:
            return 0
        return self.week_index(moment) + 1 if moment in self else self.weeks

    def week_starts_on(self, index: int) -> date:
        """First day of week ``index``."""
        return self.starts_on + timedelta(days=DAYS_PER_WEEK * index)


def quarter_season(year: int, quarter: int, zone: tzinfo) -> Season:
    """Season of ``quarter`` 1 to 4 of ``year`` as the days of ``zone`` have it."""
    following = year * QUARTERS + quarter
    return Season(
        name=f"{year}-Q{quarter}",
        starts_on=date(year, (quarter - 1) * MONTHS_PER_QUARTER + 1, 1),
        ends_before=date(following // QUARTERS, following % QUARTERS * MONTHS_PER_QUARTER + 1, 1),
        zone=zone,
    )


def season_named(name: str, zone: tzinfo) -> Season:
    """Quarter season called ``name``; raises ValueError for what names no quarter.

    >>> from datetime import UTC
    >>> season_named("2026-Q4", UTC).starts_on
    datetime.date(2026, 10, 1)
    """
    matched = QUARTER_NAME.fullmatch(name)
    if matched is None:
        raise ValueError(f"{name!r} names no quarter such as 2026-Q4")
    return quarter_season(int(matched["year"]), int(matched["quarter"]), zone)


def season_of(moment: datetime, zone: tzinfo) -> Season:
    """Quarter season in which ``moment`` (with its offset) lies for people in ``zone``."""
    day = moment.astimezone(zone).date()
    return quarter_season(day.year, (day.month - 1) // MONTHS_PER_QUARTER + 1, zone)
