"""What an editor should look at, and what leaves the rating; never on the word of a few answers."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from scoring.items.sums import NO_ATTEMPTS, NO_MARKS, Marks, Pairs


class Flag(StrEnum):
    """Something about a question that an editor should look at."""

    NEGATIVE_DISCRIMINATION = "negative_discrimination"
    """Who does well on the rest of the test does worse on it: it leaves the rating."""
    TOO_EASY = "too_easy"
    """Almost everybody is right: it leaves the rating."""
    BELOW_CHANCE = "below_chance"
    """Guessing would do better."""
    IDLE_DISTRACTOR = "idle_distractor"
    """A wrong option that nobody ever chose."""
    RUSHED = "rushed"
    """Many answers came faster than anybody reads."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """From how much evidence on each flag is raised."""

    answers: int = 30
    """First answers, or finished first attempts, below which nothing is said."""
    deviations: int = 2
    """How many standard errors a figure must lie on the wrong side of its bound."""
    facility_ceiling_ppm: int = 950_000
    """The mean mark above which a question tells nobody apart."""
    rushed_percent: int = 5
    """The share of rushed answers above which the page says so."""


LIMITS = Limits()


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """All that flags are raised by, about one version of one question."""

    marks: Marks = NO_MARKS
    """First answers."""
    pairs: Pairs = NO_ATTEMPTS
    """First finished attempts at the test that most members met it in."""
    chance_ppm: int | None = None
    """Expected mark of who guesses; None where guessing is hopeless or not known."""
    chosen: int = 0
    """First answers of which it is known what was chosen."""
    idle_options: int = 0
    """Wrong options that none of those chose."""
    rushed: int = 0
    """First answers faster than anybody reads."""


def flags(evidence: Evidence, limits: Limits = LIMITS) -> frozenset[Flag]:
    """Return what an editor should look at."""
    raised = {
        Flag.NEGATIVE_DISCRIMINATION: is_below_zero(evidence.pairs, limits),
        Flag.TOO_EASY: _too_easy(evidence.marks, limits),
        Flag.BELOW_CHANCE: _below_chance(evidence.marks, evidence.chance_ppm, limits),
        Flag.IDLE_DISTRACTOR: evidence.chosen >= limits.answers and evidence.idle_options > 0,
        Flag.RUSHED: evidence.marks.count >= limits.answers
        and evidence.rushed * 100 > evidence.marks.count * limits.rushed_percent,
    }
    return frozenset(flag for flag, is_raised in raised.items() if is_raised)


def is_below_zero(pairs: Pairs, limits: Limits = LIMITS) -> bool:
    """Whether the discrimination index is negative by more than luck explains.

    A correlation of n pairs that are not related lies within two standard errors of zero nineteen
    times of twenty: t = r sqrt((n - 2) / (1 - r^2)). So r must be below -2 / sqrt(n + 2): -.35 of
    30 attempts, -.20 of 100, -.06 of 1,000. The comparison is made of whole numbers.

    >>> noise = Pairs.of([(0, 3), (1, 2)] * 10 + [(0, 2), (1, 3)] * 8)
    >>> against = Pairs.of([(0, 3), (1, 2)] * 15 + [(0, 2), (1, 3)] * 3)
    >>> is_below_zero(noise), is_below_zero(against)
    (False, True)
    """
    covariance = pairs.covariance
    if pairs.attempts < limits.answers or covariance is None or covariance >= 0:
        return False
    spread = (pairs.mark_variance or Fraction(0)) * (pairs.rest_variance or Fraction(0))
    squared = covariance * covariance
    return squared * (pairs.attempts - 2) > limits.deviations**2 * (spread - squared)


def stays_out(pairs: Pairs) -> bool:
    """Whether a question that left the rating stays out: while its index is below zero at all.

    One bound to leave and another to return, so that nothing hops at every calibration.
    """
    covariance = pairs.covariance
    return covariance is not None and covariance < 0


def _too_easy(marks: Marks, limits: Limits) -> bool:
    enough = marks.count >= limits.answers
    return enough and marks.sum > limits.facility_ceiling_ppm * marks.count


def _below_chance(marks: Marks, chance_ppm: int | None, limits: Limits) -> bool:
    """Whether the mean lies so many standard errors below ``chance_ppm``, in whole numbers."""
    if chance_ppm is None or marks.count < limits.answers:
        return False
    short = Fraction(chance_ppm) - Fraction(marks.sum, marks.count)
    variance = marks.variance or Fraction(0)
    return short > 0 and short * short * marks.count > limits.deviations**2 * variance
