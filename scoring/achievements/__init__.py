"""What is worth a mention for good: a few achievements, each earned once, none by clicking."""

from scoring.achievements.awards import AWARDS, BY_NAME, Award, Earned, counted, earned, holds
from scoring.achievements.deeds import Deed, deeds, merged

__all__ = [
    "AWARDS",
    "BY_NAME",
    "Award",
    "Deed",
    "Earned",
    "counted",
    "deeds",
    "earned",
    "holds",
    "merged",
]
