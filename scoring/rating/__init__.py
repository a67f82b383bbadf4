"""The rating of members and regions: activity times effectiveness, exact to the last digit.

Figures that are stored or compared are integers: ppm (millionths), ppb (billionths) and milli
(thousandths of a rating point). The float twins are for reading and for simulations.
"""

from scoring.fields import Malformed
from scoring.rating.attempts import (
    NOTHING_ANSWERED,
    EffectivenessSums,
    FirstAttempt,
    effectiveness,
    effectiveness_ppb,
    weight_ppm,
)
from scoring.rating.calibration import (
    Calibration,
    ItemCalibration,
    Observation,
    calibrate,
    facility_ppm,
    median_ms,
    season_mean_ppm,
)
from scoring.rating.career import career_milli
from scoring.rating.derivation import AttemptLine, Derivation, WeekLine, derive
from scoring.rating.document import SeasonDocument, read_season, score_season
from scoring.rating.formula import points, rating, rating_milli
from scoring.rating.intervals import (
    Country,
    Interval,
    SharedPlace,
    Squares,
    score_interval,
    shared_places,
    squared_ppm2,
    whole_country,
)
from scoring.rating.leagues import SizeLeague, league, size_league
from scoring.rating.movement import Movement, movement
from scoring.rating.parameters import PARAMETERS, PARAMETERS_V1, Parameters
from scoring.rating.regions import (
    NationalMeans,
    RegionScore,
    RegionSums,
    coverage_ppm,
    national_means,
    region_score,
)
from scoring.rating.rules import BOUNDS, Bounds, Fault, faults, figures_of, parameters_from
from scoring.rating.season import Season, quarter_season, season_named, season_of
from scoring.rating.streaks import Streak, full_weeks, weeks_streak
from scoring.rating.weeks import (
    Week,
    activity,
    activity_ppb,
    answer_minutes,
    credited_minutes,
    watched_minutes,
)

__all__ = [
    "BOUNDS",
    "NOTHING_ANSWERED",
    "PARAMETERS",
    "PARAMETERS_V1",
    "AttemptLine",
    "Bounds",
    "Calibration",
    "Country",
    "Derivation",
    "EffectivenessSums",
    "Fault",
    "FirstAttempt",
    "Interval",
    "ItemCalibration",
    "Malformed",
    "Movement",
    "NationalMeans",
    "Observation",
    "Parameters",
    "RegionScore",
    "RegionSums",
    "Season",
    "SeasonDocument",
    "SharedPlace",
    "SizeLeague",
    "Squares",
    "Streak",
    "Week",
    "WeekLine",
    "activity",
    "activity_ppb",
    "answer_minutes",
    "calibrate",
    "career_milli",
    "coverage_ppm",
    "credited_minutes",
    "derive",
    "effectiveness",
    "effectiveness_ppb",
    "facility_ppm",
    "faults",
    "figures_of",
    "full_weeks",
    "league",
    "median_ms",
    "movement",
    "national_means",
    "parameters_from",
    "points",
    "quarter_season",
    "rating",
    "rating_milli",
    "read_season",
    "region_score",
    "score_interval",
    "score_season",
    "season_mean_ppm",
    "season_named",
    "season_of",
    "shared_places",
    "size_league",
    "squared_ppm2",
    "watched_minutes",
    "weeks_streak",
    "weight_ppm",
    "whole_country",
]
