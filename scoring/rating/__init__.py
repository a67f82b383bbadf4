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
from scoring.rating.leagues import SizeLeague, league, size_league
from scoring.rating.parameters import PARAMETERS, PARAMETERS_V1, Parameters
from scoring.rating.regions import (
    NationalMeans,
    RegionScore,
    RegionSums,
    coverage_ppm,
    national_means,
    region_score,
)
from scoring.rating.season import Season, quarter_season, season_named, season_of
from scoring.rating.weeks import (
    Week,
    activity,
    activity_ppb,
    answer_minutes,
    credited_minutes,
    watched_minutes,
)

__all__ = [
    "NOTHING_ANSWERED",
    "PARAMETERS",
    "PARAMETERS_V1",
    "AttemptLine",
    "Calibration",
    "Derivation",
    "EffectivenessSums",
    "FirstAttempt",
    "ItemCalibration",
    "Malformed",
    "NationalMeans",
    "Observation",
    "Parameters",
    "RegionScore",
    "RegionSums",
    "Season",
    "SeasonDocument",
    "SizeLeague",
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
    "league",
    "median_ms",
    "national_means",
    "points",
    "quarter_season",
    "rating",
    "rating_milli",
    "read_season",
    "region_score",
    "score_season",
    "season_mean_ppm",
    "season_named",
    "season_of",
    "size_league",
    "watched_minutes",
    "weight_ppm",
]
