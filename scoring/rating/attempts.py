"""Effectiveness: how well a member answers the first time; harder questions weigh more."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from scoring.rating.parameters import Parameters

PPM = 1_000_000
PPB = 1_000_000_000


@dataclass(frozen=True, kw_only=True)
class FirstAttempt:
    """A member's first attempt of the season at one question."""

    question: str
    score_ppm: int
    """Share of the question answered right, 0 to 1,000,000."""
    facility_ppm: int | None = None
    """Share of members right on first attempt; None before the first calibration."""
    left_out: bool = False
    """Whether a calibration took the question out: it tells nothing about who knows more."""

    def weight_ppm(self, params: Parameters) -> int:
        """Weight of the answer; none while its question is left out."""
        return 0 if self.left_out else weight_ppm(self.facility_ppm, params)


@dataclass(frozen=True, kw_only=True)
class EffectivenessSums:
    """All that effectiveness needs from any number of attempts: two exact sums.

    They add up in any order, so a store may keep them and add one attempt at a time.
    """

    weight_ppm: int
    """Sum of the weights."""
    weighted_score_ppm2: int
    """Sum of weight times score, in millionths of millionths."""

    def __add__(self, other: "EffectivenessSums") -> "EffectivenessSums":
        return EffectivenessSums(
            weight_ppm=self.weight_ppm + other.weight_ppm,
            weighted_score_ppm2=self.weighted_score_ppm2 + other.weighted_score_ppm2,
        )

    @classmethod
    def of(cls, attempts: Iterable[FirstAttempt], params: Parameters) -> "EffectivenessSums":
        """Add up ``attempts``."""
        total = NOTHING_ANSWERED
        for attempt in attempts:
            weight = attempt.weight_ppm(params)
            total += cls(weight_ppm=weight, weighted_score_ppm2=weight * attempt.score_ppm)
        return total

    def exact(self, mean_ppb: int, params: Parameters) -> Fraction:
        """Effectiveness as a fraction in [0, 1]; ``mean_ppb`` is the season mean."""
        scored = Fraction(self.weighted_score_ppm2, PPM * PPM)
        expected = params.prior_weight * Fraction(mean_ppb, PPB)
        return (scored + expected) / (Fraction(self.weight_ppm, PPM) + params.prior_weight)

    def ppb(self, mean_ppb: int, params: Parameters) -> int:
        """Effectiveness in parts per billion, rounded half to even.

        The same as rounding :meth:`exact`, of whole numbers: both sides times a million millions.
        """
        scored = self.weighted_score_ppm2 + params.prior_weight * mean_ppb * (PPM * PPM // PPB)
        weight = self.weight_ppm * PPM + params.prior_weight * PPM * PPM
        return round(Fraction(scored * PPB, weight))


NOTHING_ANSWERED = EffectivenessSums(weight_ppm=0, weighted_score_ppm2=0)
"""The sums of no attempts; its effectiveness is the season mean."""


def weight_ppm(facility_ppm: int | None, params: Parameters) -> int:
    """Weight of a question: 0.5 plus the share of members who got it wrong.

    A question nearly everybody gets right weighs nothing, an uncalibrated one weighs 1.

    >>> from scoring.rating.parameters import PARAMETERS_V1
    >>> [weight_ppm(facility, PARAMETERS_V1) for facility in (300_000, None, 700_000, 960_000)]
    [1200000, 1000000, 800000, 0]
    """
    facility = params.unknown_facility_ppm if facility_ppm is None else facility_ppm
    if facility > params.facility_ceiling_ppm:
        return 0
    return params.base_weight_ppm + PPM - facility


def effectiveness_ppb(attempts: Iterable[FirstAttempt], mean_ppb: int, params: Parameters) -> int:
    """Effectiveness of first ``attempts`` in parts per billion, rounded half to even.

    ``mean_ppb`` is the season mean, towards which few attempts are pulled.

    >>> from scoring.rating.parameters import PARAMETERS_V1
    >>> right = FirstAttempt(question="ppe-01", score_ppm=1_000_000, facility_ppm=700_000)
    >>> effectiveness_ppb([right] * 5, 620_000_000, PARAMETERS_V1)
    683333333
    """
    return EffectivenessSums.of(attempts, params).ppb(mean_ppb, params)


def effectiveness(attempts: Iterable[FirstAttempt], mean_ppb: int, params: Parameters) -> float:
    """Effectiveness in [0, 1], unrounded; see :func:`effectiveness_ppb`."""
    return float(EffectivenessSums.of(attempts, params).exact(mean_ppb, params))
