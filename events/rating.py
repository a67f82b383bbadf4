"""What happened to a season of the ratings."""

from datetime import date

from events.base import Fact, fact


@fact("psot.rating.season.opened.v1")
class SeasonOpened(Fact):
    """A season was opened; it starts at midnight Moscow time on ``starts_on``.

    ``rules`` is the version of its parameters; ``mean_ppm`` is the mean score assumed
    until the first calibration (the last season's).
    """

    season: str
    starts_on: date
    weeks: int
    rules: int
    mean_ppm: int


@fact("psot.rating.season.calibrated.v1")
class SeasonCalibrated(Fact):
    """The figures that all members share were taken from the facts so far.

    ``number`` grows by one; the highest holds. ``weeks_elapsed`` counts begun weeks, 1..weeks.
    ``facility_ppm`` is the share right on first attempt per question, ``median_ms`` the median
    response time per question, ``mean_ppm`` the season's mean first score.
    """

    season: str
    number: int
    weeks_elapsed: int
    mean_ppm: int
    facility_ppm: dict[str, int]
    median_ms: dict[str, int]
