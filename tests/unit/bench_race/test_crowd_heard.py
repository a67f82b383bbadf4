import math
from typing import Any

from bench.crowd_heard import Boards, Heard, cuts, points_of, quantile, slices


def test_a_quantile_is_a_time_that_was_taken() -> None:
    times = sorted(float(one) for one in range(1, 101))

    assert [quantile(times, share) for share in (0.5, 0.95, 0.99, 1.0)] == [50.0, 95.0, 99.0, 100.0]


def test_no_times_have_no_figures() -> None:
    told = cuts([])

    assert told["count"] == 0
    assert math.isnan(told["p95"])


def test_a_point_is_on_the_boards_when_nineteen_of_twenty_have_it() -> None:
    boards = Boards(watchers=20)
    for watcher in range(20):
        for moments in boards.fresh([(7, "S1.1")]):
            moments.setdefault(watcher, 10.0 + watcher)

    taken_ms, missing = boards.times_ms({(7, "S1.1"): 8.0})

    assert (taken_ms, missing) == ([20_000.0], 0)


def test_a_point_that_too_few_have_is_missing_and_one_nobody_answered_for_is_not_counted() -> None:
    boards = Boards(watchers=20)
    for moments in boards.fresh([(7, "S1.1"), (8, "S1.1")]):
        moments.setdefault(0, 1.0)

    assert boards.times_ms({(7, "S1.1"): 0.0}) == ([], 1)


def test_what_everybody_has_is_not_noted_again() -> None:
    boards = Boards(watchers=1)
    boards.fresh([(7, "S1.1")])[0][0] = 1.0

    assert boards.fresh([(7, "S1.1"), (8, "S1.1")]) == [{}]


def test_rows_tell_of_points_where_they_have_any() -> None:
    rows: list[dict[str, Any]] = [
        {"bib": 1, "point": "S1.1"},
        {"bib": 2, "point": None},
        {"entered": 3},
    ]

    assert points_of(rows) == [(1, "S1.1")]


def test_answers_are_counted_by_bib_and_repeats_apart() -> None:
    heard = Heard()
    heard.answered(1, 10.0, 10.5, repeated=False)
    heard.answered(1, 45.0, 61.0, repeated=True)

    told = heard.told()

    assert heard.acknowledged == {1: 2}
    assert (told["repeated"], told["long"], told["ack"]["p95"]) == (1, 1, 16_000.0)
    assert [one["count"] for one in told["slices"]] == [1, 1]


def test_slices_follow_the_clock() -> None:
    assert slices([], 0.0) == []
    assert [one["worst"] for one in slices([(100.0, 1.0), (131.0, 2.0)], 100.0)] == [1.0, 2.0]
