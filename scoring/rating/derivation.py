"""The derivation of a rating: every figure opens into the weeks and attempts that make it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from scoring.rating.attempts import FirstAttempt, effectiveness_ppb
from scoring.rating.formula import rating_milli
from scoring.rating.parameters import Parameters
from scoring.rating.weeks import activity_ppb, counted_weeks, week_share

PPB = 1_000_000_000


@dataclass(frozen=True, kw_only=True)
class WeekLine:
    """One week of activity."""

    index: int
    """0 for the first week of the season."""
    minutes: Fraction
    share_ppb: int
    """Share of a full week, at most 1,000,000,000."""
    counted: bool
    """Whether it is among the best weeks that are averaged."""


@dataclass(frozen=True, kw_only=True)
class AttemptLine:
    """One first attempt in effectiveness."""

    question: str
    score_ppm: int
    facility_ppm: int | None
    weight_ppm: int


@dataclass(frozen=True, kw_only=True)
class Derivation:
    """A member's rating with everything it was made of, in a fixed order."""

    parameters: int
    """Version of the parameters used."""
    weeks: tuple[WeekLine, ...]
    """By week; those of ``counted`` weeks are averaged over ``weeks_averaged``."""
    weeks_averaged: int
    attempts: tuple[AttemptLine, ...]
    """By question."""
    mean_ppb: int
    """Season mean, which counts like ``prior_weight`` questions of weight 1."""
    prior_weight: int
    activity_ppb: int
    effectiveness_ppb: int
    rating_milli: int


def derive(
    *,
    weeks_min: Mapping[int, int | Fraction],
    weeks_elapsed: int,
    attempts: Iterable[FirstAttempt],
    mean_ppb: int,
    params: Parameters,
) -> Derivation:
    """Open a rating into its derivation, of minutes by week index and first ``attempts``."""
    tried = sorted(attempts, key=lambda attempt: (attempt.question, attempt.score_ppm))
    active = activity_ppb(weeks_min.values(), weeks_elapsed, params)
    effective = effectiveness_ppb(tried, mean_ppb, params)
    return Derivation(
        parameters=params.version,
        weeks=_week_lines(weeks_min, weeks_elapsed, params),
        weeks_averaged=counted_weeks(weeks_elapsed, params),
        attempts=tuple(
            AttemptLine(
                question=attempt.question,
                score_ppm=attempt.score_ppm,
                facility_ppm=attempt.facility_ppm,
                weight_ppm=attempt.weight_ppm(params),
            )
            for attempt in tried
        ),
        mean_ppb=mean_ppb,
        prior_weight=params.prior_weight,
        activity_ppb=active,
        effectiveness_ppb=effective,
        rating_milli=rating_milli(active, effective),
    )


def _week_lines(
    weeks_min: Mapping[int, int | Fraction], weeks_elapsed: int, params: Parameters
) -> tuple[WeekLine, ...]:
    shares = {index: week_share(minutes, params) for index, minutes in weeks_min.items()}
    best_first = sorted(shares, key=lambda index: (-shares[index], index))
    counted = set(best_first[: counted_weeks(weeks_elapsed, params)])
    return tuple(
        WeekLine(
            index=index,
            minutes=Fraction(weeks_min[index]),
            share_ppb=round(shares[index] * PPB),
            counted=index in counted,
        )
        for index in sorted(weeks_min)
    )
