"""What moved a region's score: how much of it is activity, and how much effectiveness."""

from dataclasses import dataclass

from scoring.rating.formula import rating_milli
from scoring.rating.regions import RegionScore


@dataclass(frozen=True, kw_only=True)
class Movement:
    """The difference of two scores in thousandths of a point, and its two parts."""

    activity_milli: int
    effectiveness_milli: int

    @property
    def score_milli(self) -> int:
        """The whole difference; the parts add up to it exactly."""
        return self.activity_milli + self.effectiveness_milli


def movement(before: RegionScore, after: RegionScore) -> Movement:
    """Split the way from ``before`` to ``after``.

    The score is a product, so what activity alone did depends on which effectiveness it is
    measured at; the mean of both (the Shapley value of two causes) favours neither. What rounding
    leaves over goes to effectiveness.

    >>> low, high = 250_000_000, 490_000_000
    >>> before = RegionScore(activity_ppb=low, effectiveness_ppb=high, score_milli=350_000)
    >>> after = RegionScore(activity_ppb=high, effectiveness_ppb=high, score_milli=490_000)
    >>> movement(before, after)
    Movement(activity_milli=140000, effectiveness_milli=0)
    """
    at_first = rating_milli(after.activity_ppb, before.effectiveness_ppb) - before.score_milli
    at_last = after.score_milli - rating_milli(before.activity_ppb, after.effectiveness_ppb)
    activity = (at_first + at_last) // 2
    return Movement(
        activity_milli=activity,
        effectiveness_milli=after.score_milli - before.score_milli - activity,
    )
