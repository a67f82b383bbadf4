"""The parameters of the rating: versioned data of a season, never constants inside a formula."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """Everything a season fixes about its rating before it starts.

    A change is a new ``version`` and begins with the next season, so a figure of an old season can
    always be computed again as it was.
    """

    version: int
    """Number of this set, kept with every season; grows by one."""
    time_zone: str = "Europe/Moscow"
    """IANA zone in which the days and weeks of a season begin."""

    weeks: int = 13
    """Weeks of a season, a quarter of a year."""
    best_weeks: int = 10
    """How many of a member's best weeks count: three may be missed without loss."""
    full_week_min: int = 90
    """Credited minutes that make a week full; more is welcome and earns nothing."""

    minutes_per_question: int = 3
    """Credited for a question answered for the first time with effort."""
    rushed_below_percent: int = 10
    """An answer faster than this share of the question's median time shows no effort."""
    minutes_per_approved_question: int = 10
    """Credited for a question of one's own that an editor approved."""
    minutes_per_accepted_answer: int = 15
    """Credited for an answer to a colleague that an expert accepted."""
    contributions_per_week: int = 3
    """Approved questions, and likewise accepted answers, that count in one week."""

    prior_weight: int = 20
    """Weight of the season mean in everybody's effectiveness, in questions of weight 1."""
    base_weight_ppm: int = 500_000
    """Weight of a question that everybody gets right; the share of wrong answers is added."""
    unknown_facility_ppm: int = 500_000
    """Facility assumed until the first calibration, which gives weight 1."""
    facility_ceiling_ppm: int = 950_000
    """A question easier than this tells nothing and leaves effectiveness."""
    initial_mean_ppm: int = 620_000
    """Season mean assumed until the first calibration."""
    calibration_min_attempts: int = 10
    """First attempts a question needs before its facility and median time are believed."""

    region_prior_members: int = 30
    """Average members added to every region, so that a small one is not decided by luck."""
    region_min_attempts: int = 10
    """First attempts from which a member's effectiveness counts for the region."""
    small_region_below: int = 60
    """Regions with fewer members than this form the league of small ones."""
    large_region_above: int = 200
    """Regions with more members than this form the league of large ones."""

    league_edges_percent: tuple[int, ...] = (20, 40, 60, 80)
    """Lower edges of all leagues but the last, in percent of the members from the top."""
    career_percent: tuple[int, ...] = (50, 30, 20)
    """What this season, the last one and the one before count in the career rating."""


PARAMETERS_V1 = Parameters(version=1)
"""The first published set."""

PARAMETERS: Mapping[int, Parameters] = MappingProxyType({1: PARAMETERS_V1})
"""Every published set by its version; none is ever changed or removed."""
