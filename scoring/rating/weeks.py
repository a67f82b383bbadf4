"""Activity: how regularly a member learns and takes part."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from scoring.rating.parameters import Parameters

SECONDS_PER_MINUTE = 60
MS_PER_MINUTE = 60_000
PPB = 1_000_000_000


@dataclass(frozen=True, kw_only=True)
class Week:
    """What a member did in one week of a season, already counted once per object and season."""

    watched_ms: int = 0
    """Credited milliseconds of recordings, each stretch once a season; whole minutes count."""
    present_s: int = 0
    """Presence in live rooms with the attention checks passed."""
    answers_with_effort: int = 0
    """Questions answered for the first time, no faster than the rushed limit."""
    practice_min: int = 0
    """Normed minutes of practice modules and races finished."""
    approved_questions: int = 0
    """Own questions that an editor approved."""
    accepted_answers: int = 0
    """Answers to colleagues that an expert accepted."""


def answer_minutes(elapsed_ms: int, median_ms: int | None, params: Parameters) -> int:
    """Minutes credited for one first answer that took ``elapsed_ms``.

    Zero when it was faster than the rushed share of the question's median time: nobody reads that
    fast. Without a calibrated median (None) there is nothing to compare with, and it counts.

    >>> from scoring.rating.parameters import PARAMETERS_V1
    >>> answer_minutes(1_999, 20_000, PARAMETERS_V1), answer_minutes(2_000, 20_000, PARAMETERS_V1)
    (0, 3)
    """
    if median_ms is not None and elapsed_ms * 100 < median_ms * params.rushed_below_percent:
        return 0
    return params.minutes_per_question


def watched_minutes(watched_ms: int) -> int:
    """Whole minutes that the recordings of one week earn; what is left over earns nothing.

    >>> watched_minutes(119_999)
    1
    """
    return watched_ms // MS_PER_MINUTE


def credited_minutes(week: Week, params: Parameters) -> Fraction:
    """Minutes credited for one week, exact. Conversation and sign-ins earn none.

    >>> from scoring.rating.parameters import PARAMETERS_V1
    >>> week = Week(watched_ms=119_999, present_s=90, answers_with_effort=5)
    >>> str(credited_minutes(week, PARAMETERS_V1))
    '35/2'
    """
    cap = params.contributions_per_week
    return (
        watched_minutes(week.watched_ms)
        + Fraction(week.present_s, SECONDS_PER_MINUTE)
        + week.answers_with_effort * params.minutes_per_question
        + week.practice_min
        + min(week.approved_questions, cap) * params.minutes_per_approved_question
        + min(week.accepted_answers, cap) * params.minutes_per_accepted_answer
    )


def week_share(minutes: int | Fraction, params: Parameters) -> Fraction:
    """Share of a full week that ``minutes`` make, at most 1."""
    return min(Fraction(1), Fraction(minutes) / params.full_week_min)


def counted_weeks(weeks_elapsed: int, params: Parameters) -> int:
    """How many best weeks are averaged when ``weeks_elapsed`` have begun."""
    return max(0, min(params.best_weeks, weeks_elapsed))


def exact_activity(
    weeks_min: Iterable[int | Fraction], weeks_elapsed: int, params: Parameters
) -> Fraction:
    """Mean share over the best weeks, as a fraction in [0, 1]; 0 before the season."""
    counted = counted_weeks(weeks_elapsed, params)
    if counted == 0:
        return Fraction(0)
    # The mean of the shares, brought to one denominator: whole minutes stay whole numbers.
    full = params.full_week_min
    best = sorted((min(minutes, full) for minutes in weeks_min), reverse=True)[:counted]
    return Fraction(sum(best), full * counted)


def activity_ppb(
    weeks_min: Iterable[int | Fraction], weeks_elapsed: int, params: Parameters
) -> int:
    """Activity in parts per billion, rounded half to even.

    ``weeks_min`` holds the credited minutes of the member's weeks in any order, weeks without any
    may be left out; ``weeks_elapsed`` counts the weeks begun, the running one included.

    >>> from scoring.rating.parameters import PARAMETERS_V1
    >>> activity_ppb([90] * 7 + [45] * 3, 13, PARAMETERS_V1)
    850000000
    """
    return round(exact_activity(weeks_min, weeks_elapsed, params) * PPB)


def activity(weeks_min: Iterable[int | Fraction], weeks_elapsed: int, params: Parameters) -> float:
    """Activity in [0, 1], unrounded; see :func:`activity_ppb`."""
    return float(exact_activity(weeks_min, weeks_elapsed, params))
