"""What happened to a season of the ratings."""

from datetime import date, datetime

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


@fact(
    "psot.rating.season.calibrated.v1",
    successor="psot.rating.season.calibrated.v2",
    upcast=lambda data: {**data, "left_out": {}, "left_out_at": {}},
)
class SeasonCalibratedV1(Fact):
    """The figures that all members share were taken; no question had left the rating by itself."""

    season: str
    number: int
    weeks_elapsed: int
    mean_ppm: int
    facility_ppm: dict[str, int]
    median_ms: dict[str, int]


@fact("psot.rating.season.calibrated.v2")
class SeasonCalibrated(Fact):
    """The figures that all members share were taken from the facts so far.

    ``number`` grows by one; the highest holds. ``weeks_elapsed`` counts begun weeks, 1..weeks.
    ``facility_ppm`` is the share right on first attempt per question, ``median_ms`` the median
    response time per question, ``mean_ppm`` the season's mean first score. ``left_out`` names what
    weighs nothing until a later calibration, and why: a question (``ppe-01``) in all its versions,
    or one version of it (``ppe-01@2``); ``left_out_at`` says since when.
    """

    season: str
    number: int
    weeks_elapsed: int
    mean_ppm: int
    facility_ppm: dict[str, int]
    median_ms: dict[str, int]
    left_out: dict[str, str]
    left_out_at: dict[str, datetime]


@fact("psot.rating.rules.published.v1")
class RulesPublished(Fact):
    """A set of rules was published for seasons to come; a season names its ``version``.

    ``parameters`` holds every parameter of the rating by its name, a single figure as a list of
    one; ``reason`` is what the organizer said about the change.
    """

    version: int
    parameters: dict[str, tuple[int, ...]]
    reason: str


@fact("psot.rating.rosters.frozen.v1")
class RostersFrozen(Fact):
    """The members on every region's roster of a season were counted, once and for all.

    ``rosters`` holds the number of members by region; ``sha256`` is of one line
    ``<member> <region>`` for each of them, in the order of their ids.
    """

    season: str
    rosters: dict[str, int]
    sha256: str


@fact("psot.rating.season.closed.v1")
class SeasonClosed(Fact):
    """The result of a season was written down and sealed: what comes later changes it no more.

    ``sha256`` is of the closing protocol, ``members`` and ``regions`` count those with a place in
    it, ``rules`` is the version of the season's parameters.
    """

    season: str
    sha256: str
    members: int
    regions: int
    rules: int
