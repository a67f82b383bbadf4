"""Streaks: how many weeks in a row a member made full, now and at best."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from scoring.rating.parameters import Parameters
from scoring.rating.weeks import week_share


@dataclass(frozen=True, kw_only=True)
class Streak:
    """Consecutive full weeks: those that still run, and the longest run there was."""

    current: int
    best: int


def full_weeks(
    weeks_min: Sequence[int | Fraction], weeks_elapsed: int, params: Parameters
) -> tuple[bool, ...]:
    """Whether each of the weeks begun was full, of the credited minutes by week from the first.

    Weeks at the end that hold nothing may be left out of ``weeks_min``.

    >>> from scoring.rating.parameters import PARAMETERS_V1
    >>> full_weeks([90, 89, 200], 4, PARAMETERS_V1)
    (True, False, True, False)
    """
    minutes = [*weeks_min, *[0] * (weeks_elapsed - len(weeks_min))][:weeks_elapsed]
    return tuple(week_share(one, params) == 1 for one in minutes)


def weeks_streak(full: Sequence[bool]) -> Streak:
    """Return the streaks of the weeks begun, the running one last; ``full`` says which were full.

    Weeks of several seasons may be joined, as they follow each other without a gap. The running
    week breaks nothing while it is not full yet: it may become so.

    >>> weeks_streak([True, True, False, True, True, True, False])
    Streak(current=3, best=3)
    """
    runs = [(was_full, len(list(run))) for was_full, run in groupby(full)]
    finished = full[:-1] if full and not full[-1] else full
    current = next((n for n, was_full in enumerate(reversed(finished)) if not was_full), None)
    return Streak(
        current=len(finished) if current is None else current,
        best=max((length for was_full, length in runs if was_full), default=0),
    )
