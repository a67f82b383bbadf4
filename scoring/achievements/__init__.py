"""What is worth a mention for good: a few achievements, each earned once, none by clicking."""

from scoring.achievements.awards import AWARDS, BY_NAME, Award, Earned, counted, earned, holds
from scoring.achievements.deeds import ZONE, Deed, deeds, merged

__all__ = [
    "AWARDS",
    "BY_NAME",
    "ZONE",
    "Award",
    "Deed",
    "Earned",
    "counted",
    "deeds",
    "earned",
    "holds",
    "merged",
]
