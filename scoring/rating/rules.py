"""A set of rules as plain figures: which ones a set may hold, and what is wrong with one.

An organizer changes the rating by publishing a new set for the next season; whatever could make a
figure undefined, or a league empty for ever, is refused before that.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from scoring.fields import Malformed
from scoring.rating.parameters import PARAMETERS_V1, Parameters

PPM = 1_000_000
PERCENT = 100
LEAGUES = 5
SEASONS_REMEMBERED = 3

Figures = Mapping[str, Sequence[int]]
"""Each parameter by its name; a single figure is a list of one."""


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """How many figures a parameter has, and between which whole numbers each of them lies."""

    least: int
    most: int
    count: int = 1


BOUNDS: Mapping[str, Bounds] = MappingProxyType(
    {
        # The calendar cuts a quarter into thirteen weeks, whatever the rules say.
        "weeks": Bounds(least=PARAMETERS_V1.weeks, most=PARAMETERS_V1.weeks),
        "best_weeks": Bounds(least=1, most=PARAMETERS_V1.weeks),
        "full_week_min": Bounds(least=1, most=7 * 24 * 60),
        "minutes_per_question": Bounds(least=0, most=60),
        "rushed_below_percent": Bounds(least=0, most=PERCENT),
        "minutes_per_approved_question": Bounds(least=0, most=240),
        "minutes_per_accepted_answer": Bounds(least=0, most=240),
        "contributions_per_week": Bounds(least=0, most=50),
        # Without a prior, effectiveness of no answers would be nothing divided by nothing.
        "prior_weight": Bounds(least=1, most=1000),
        "base_weight_ppm": Bounds(least=0, most=PPM),
        "unknown_facility_ppm": Bounds(least=0, most=PPM),
        "facility_ceiling_ppm": Bounds(least=0, most=PPM),
        "initial_mean_ppm": Bounds(least=0, most=PPM),
        "calibration_min_attempts": Bounds(least=1, most=1000),
        "region_prior_members": Bounds(least=1, most=1000),
        "region_min_attempts": Bounds(least=1, most=1000),
        "small_region_below": Bounds(least=1, most=100_000),
        "large_region_above": Bounds(least=1, most=100_000),
        "league_edges_percent": Bounds(least=1, most=PERCENT - 1, count=LEAGUES - 1),
        "career_percent": Bounds(least=0, most=PERCENT, count=SEASONS_REMEMBERED),
    }
)
"""Every parameter a stored set holds: all of `Parameters` but its version and its time zone."""


class Fault(StrEnum):
    """What can be wrong with a parameter."""

    UNKNOWN = "unknown"
    COUNT = "count"
    RANGE = "range"
    ASCENDING = "ascending"
    """League edges have to grow: two equal ones would leave a league empty for ever."""
    SUM = "sum"
    """The shares of a career have to make 100 % together."""
    CROSSED = "crossed"
    """A lower limit lies above the upper one it belongs to."""


_CROSSED = (
    ("unknown_facility_ppm", "facility_ceiling_ppm"),
    ("small_region_below", "large_region_above"),
)


def figures_of(parameters: Parameters) -> dict[str, tuple[int, ...]]:
    """Return ``parameters`` as plain figures.

    >>> figures_of(PARAMETERS_V1)["career_percent"], figures_of(PARAMETERS_V1)["best_weeks"]
    ((50, 30, 20), (10,))
    """
    found = {name: getattr(parameters, name) for name in BOUNDS}
    return {name: one if isinstance(one, tuple) else (one,) for name, one in found.items()}


def faults(figures: Figures) -> dict[str, Fault]:
    """Return what is wrong with each parameter of ``figures``, the first fault of each.

    Parameters left out are taken from the first published set.
    """
    whole = figures_of(PARAMETERS_V1) | dict(figures)
    return dict(_each(whole)) or dict(_together(whole))


def parameters_from(version: int, figures: Figures) -> Parameters:
    """Return the set ``version`` made of plain ``figures``; those left out are the first set's.

    Raises Malformed naming the first parameter that does not fit.
    """
    wrong = next(iter(faults(figures).items()), None)
    if wrong is not None:
        raise Malformed(*wrong)
    given = {
        name: tuple(one) if BOUNDS[name].count > 1 else one[0] for name, one in figures.items()
    }
    return replace(PARAMETERS_V1, version=version, **given)  # type: ignore[arg-type]  # each checked


def _each(whole: Figures) -> Iterator[tuple[str, Fault]]:
    for name, values in whole.items():
        bounds = BOUNDS.get(name)
        if bounds is None:
            yield name, Fault.UNKNOWN
        elif len(values) != bounds.count:
            yield name, Fault.COUNT
        elif not all(bounds.least <= one <= bounds.most for one in values):
            yield name, Fault.RANGE


def _together(whole: Figures) -> Iterator[tuple[str, Fault]]:
    edges = whole["league_edges_percent"]
    if list(edges) != sorted(set(edges)):
        yield "league_edges_percent", Fault.ASCENDING
    if sum(whole["career_percent"]) != PERCENT:
        yield "career_percent", Fault.SUM
    for lower, upper in _CROSSED:
        if tuple(whole[lower]) > tuple(whole[upper]):
            yield lower, Fault.CROSSED
