"""Streaks in weeks: what runs now, and the longest run there was."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.rating import PARAMETERS_V1, Streak, full_weeks, weeks_streak


@pytest.mark.parametrize(
    ("full", "current", "best"),
    [
        ("", 0, 0),
        ("x", 1, 1),
        (".", 0, 0),
        ("xx.", 2, 2),
        ("xx..", 0, 2),
        ("xxxxx.xx", 2, 5),
        (".x.", 1, 1),
        ("xxx", 3, 3),
    ],
)
def test_the_running_week_breaks_nothing_and_a_missed_one_does(
    full: str, current: int, best: int
) -> None:
    assert weeks_streak([one == "x" for one in full]) == Streak(current=current, best=best)


def test_weeks_nobody_told_of_were_not_full() -> None:
    assert full_weeks([90, 90], 4, PARAMETERS_V1) == (True, True, False, False)
    assert full_weeks([90, 89, 90], 2, PARAMETERS_V1) == (True, False)


@given(st.lists(st.booleans(), max_size=40))
def test_no_streak_is_longer_than_the_best_and_both_are_really_there(full: list[bool]) -> None:
    found = weeks_streak(full)
    runs = "".join("x" if one else "." for one in full).split(".")

    assert found.current <= found.best == max(len(run) for run in runs)


@given(st.lists(st.booleans(), max_size=40))
def test_a_full_week_more_never_shortens_a_streak(full: list[bool]) -> None:
    grown = [weeks_streak(full[:end]) for end in range(len(full) + 1)]

    assert all(after.best >= before.best for before, after in pairwise(grown))
    assert weeks_streak([*full, True]).best >= weeks_streak(full).best
