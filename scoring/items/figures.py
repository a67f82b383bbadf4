"""The figures of one question, as Moodle's "Quiz statistics calculations" defines them.

There, S students answer P positions; x is a student's mark on the position, X the mark on the rest
of the test, T the whole; V is a variance and C a covariance, both divided by S - 1. Here every
question is worth one full mark and nothing is below zero, so "divided by the range" is "divided by
a full mark". Shares are given from 0 to 1, where Moodle multiplies by 100.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from scoring.items.sums import PPM, Marks, Pairs, co_moment


@dataclass(frozen=True, kw_only=True)
class ItemFigures:
    """What first finished attempts at one test say about one of its questions.

    None stands where a figure cannot be calculated: of fewer than two attempts, or where all
    reached the same.
    """

    attempts: int
    facility: float | None
    standard_deviation: float | None
    discrimination_index: float | None
    """r of the mark with the rest of the test: C(x, X) / sqrt(V(x) V(X)), -1 to 1."""
    discriminative_efficiency: float | None
    """C(x, X) / Cmax(x, X): how much of the discrimination was reached that the marks allow."""
    covariance_with_test: float | None
    """C(x, T) in full marks squared; below zero the effective weight cannot be calculated."""


def facility(marks: Marks) -> float | None:
    """Facility index: the mean mark as a share of the full mark; None without any.

    >>> facility(Marks.of([1_000_000, 0, 500_000, 500_000]))
    0.5
    """
    return float(Fraction(marks.sum, marks.count * PPM)) if marks.count else None


def standard_deviation(marks: Marks) -> float | None:
    """Standard deviation of the marks as a share of the full mark; None for fewer than two."""
    variance = marks.variance
    return None if variance is None else sqrt(variance) / PPM


def item_figures(pairs: Pairs, sorted_product: int) -> ItemFigures:
    """Figures of a question whose attempts add up to ``pairs``.

    ``sorted_product`` is the sum of products after sorting both lists of marks, which gives the
    maximum covariance Cmax.
    """
    marks = Marks(count=pairs.attempts, sum=pairs.marks, squares=pairs.marks2)
    return ItemFigures(
        attempts=pairs.attempts,
        facility=facility(marks),
        standard_deviation=standard_deviation(marks),
        discrimination_index=_discrimination(pairs),
        discriminative_efficiency=_efficiency(pairs, sorted_product),
        covariance_with_test=_in_full_marks(pairs.covariance_with_test),
    )


def intended_weight(positions: int) -> float:
    """Intended weight of a question: its full mark as a share of all full marks of the test."""
    return 1 / positions


def effective_weights(covariances: Sequence[float | None]) -> list[float | None]:
    """Effective weights: sqrt(C(x, T)) of each question as a share of the sum over all of them.

    A negative covariance has no square root: such a question gets None and stays out of the sum,
    as do those that cannot be calculated.

    >>> effective_weights([0.25, 0.25, -0.04])
    [0.5, 0.5, None]
    """
    roots = [None if one is None or one < 0 else sqrt(one) for one in covariances]
    total = sum(one for one in roots if one is not None)
    return [None if one is None or not total else one / total for one in roots]


def _discrimination(pairs: Pairs) -> float | None:
    covariance, spread = pairs.covariance, _spread(pairs)
    if covariance is None or not spread:
        return None
    index = sqrt(covariance * covariance / spread)
    return index if covariance >= 0 else -index


def _spread(pairs: Pairs) -> Fraction:
    return (pairs.mark_variance or Fraction(0)) * (pairs.rest_variance or Fraction(0))


def _efficiency(pairs: Pairs, sorted_product: int) -> float | None:
    covariance = pairs.covariance
    most = co_moment(pairs.attempts, pairs.marks, pairs.rests, sorted_product)
    return float(covariance / most) if covariance is not None and most else None


def _in_full_marks(covariance: Fraction | None) -> float | None:
    return None if covariance is None else float(covariance / (PPM * PPM))
