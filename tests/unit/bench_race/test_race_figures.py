"""What the race's figures are held against, and how answers are balanced with the ledger."""

import dataclasses
from typing import Any

import pytest

from bench import history, race_report, scale
from bench.crowd_heard import cuts
from bench.race_house import grouped
from bench.race_run import Asked, Line, balance

HEARD: dict[str, Any] = {
    "ack": cuts([100.0, 140.0]),
    "board": cuts([300.0]),
    "board_missing": 0,
    "leaders": cuts([250.0]),
    "window": cuts([900.0]),
    "look": cuts([50.0]),
    "slices": [cuts([140.0])],
    "long": 0,
    "idle": 0,
    "refused": {},
    "again": 0,
    "cut": {},
}


def a_line(**other: Any) -> Line:
    usual: dict[str, Any] = {
        "asked": Asked(racers=100, rate=10.0, seconds=10.0),
        "answers": 100,
        "reached_per_s": 10.0,
        "lost": 0,
        "doubled": 0,
        "heard": HEARD,
        "echo": cuts([7.0]),
        "cores": {"web": 0.5, "postgres": 0.2},
        "ms_per_answer": {"web": 2.0, "postgres": 1.0},
        "rss_mb": {"web": 100.0, "postgres": 50.0},
        "client": dict.fromkeys(
            ("cores", "us_per_answer", "us_per_frame", "frames_per_s", "behind_p95_ms"), 1.0
        ),
        "others_cores": 0.1,
    }
    return Line(**(usual | other))


@pytest.mark.parametrize(
    ("acknowledged", "waiting", "told", "expected"),
    [
        ({1: 2}, set(), {1: 2}, (0, 0)),
        ({1: 2}, set(), {1: 1}, (1, 0)),
        ({1: 2}, set(), {1: 3}, (0, 1)),
        ({}, {1}, {1: 1}, (1, 0)),  # it stands, and the racer does not know
        ({}, {1}, {}, (1, 0)),
        ({1: 1}, {1}, {1: 3}, (1, 1)),
    ],
)
def test_each_acknowledged_answer_is_to_stand_once(
    acknowledged: dict[int, int],
    waiting: set[int],
    told: dict[int, int],
    expected: tuple[int, int],
) -> None:
    assert balance(acknowledged, waiting, told) == expected


def test_processes_of_a_kind_are_counted_together() -> None:
    costs = {"web": 1.0, "web 2": 2.0, "worker": 3.0, "second worker": 4.0, "worker 3": 5.0}

    assert grouped(costs) == {"web": 3.0, "workers": 12.0}


def test_a_race_within_every_limit_meets_its_goals() -> None:
    assert all(one.met for one in race_report.goals(a_line()))


@pytest.mark.parametrize(
    "other",
    [
        {"lost": 1},
        {"doubled": 1},
        {"cores": {"web": 1.6}},
        {"heard": HEARD | {"ack": cuts([151.0])}},
        {"heard": HEARD | {"board": cuts([501.0])}},
        {"heard": HEARD | {"board": cuts([])}},  # nothing seen is no success
    ],
)
def test_what_is_over_its_limit_or_was_not_seen_is_not_met(other: dict[str, Any]) -> None:
    assert [one.met for one in race_report.goals(a_line(**other))].count(False) == 1


def test_a_report_tells_everything_and_ends_with_one_where_a_goal_is_missed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    race_report.report([a_line()], 1.0)
    with pytest.raises(SystemExit) as ended:
        race_report.report([a_line(lost=3)], 1.0)

    printed = capsys.readouterr().out
    assert ended.value.code == 1
    assert "web 0.50 (2.00 ms, 100 MB)" in printed
    assert "answers lost: 3.00, at most 0.00: NOT met" in printed


def test_growth_is_told_beside_the_smallest_ledger(capsys: pytest.CaptureFixture[str]) -> None:
    dearer = a_line(ms_per_answer={"web": 2.0, "postgres": 1.2})
    pasts = [
        history.Past(facts=0, lines=[a_line()]),
        history.Past(facts=9, lines=[dearer] * 2),
    ]

    with pytest.raises(SystemExit):
        history.report(pasts, 1.0)

    assert "NOT met by database ms/answer\n" in capsys.readouterr().out


def test_the_figures_of_several_rounds_are_their_medians() -> None:
    lines = [a_line(ms_per_answer={"postgres": cost}) for cost in (1.0, 9.0, 2.0)]

    assert history.Past(facts=0, lines=lines).figures["CPU ms/answer"] == 2.0


def test_a_racer_of_a_larger_field_may_not_cost_much_more(
    capsys: pytest.CaptureFixture[str],
) -> None:
    small = a_line()
    asked = dataclasses.replace(small.asked, racers=200)
    flat = a_line(asked=asked, cores={"web": 1.4})
    steep = a_line(asked=asked, cores={"web": 1.8})

    scale.report([small], [small, flat], 1.0)
    with pytest.raises(SystemExit):
        scale.report([], [small, steep], 1.0)

    assert "{100: 1.0, 200: 1.286}" in capsys.readouterr().out
