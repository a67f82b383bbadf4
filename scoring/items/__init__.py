"""Item analysis: what first answers say about a question and about a whole test.

The figures are those that Moodle's documentation defines under "Quiz statistics calculations"
(docs.moodle.org/dev/Quiz_statistics_calculations), taken over the first finished attempt of each
member. What is kept are exact sums of whole numbers: they add up in any order and can be taken
back, so a store may keep them attempt by attempt. Only the figures themselves are floats.
"""

from scoring.items.figures import (
    ItemFigures,
    effective_weights,
    facility,
    intended_weight,
    item_figures,
    standard_deviation,
)
from scoring.items.flags import (
    LIMITS,
    Evidence,
    Flag,
    Limits,
    flags,
    is_below_zero,
    stays_out,
)
from scoring.items.spread import Counts, quantile, sorted_product
from scoring.items.sums import NO_ATTEMPTS, NO_MARKS, Marks, Pairs
from scoring.items.whole import WholeFigures, whole_figures

__all__ = [
    "LIMITS",
    "NO_ATTEMPTS",
    "NO_MARKS",
    "Counts",
    "Evidence",
    "Flag",
    "ItemFigures",
    "Limits",
    "Marks",
    "Pairs",
    "WholeFigures",
    "effective_weights",
    "facility",
    "flags",
    "intended_weight",
    "is_below_zero",
    "item_figures",
    "quantile",
    "sorted_product",
    "standard_deviation",
    "stays_out",
    "whole_figures",
]
