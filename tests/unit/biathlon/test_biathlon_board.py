"""Who is ahead at a moment, by start type."""

from typing import Any

from scoring.biathlon import board
from tests.biathlon import document, told

SHORT = {"stations": 0}


def rows(data: dict[str, Any], until_s: float | None = None) -> list[tuple[Any, ...]]:
    state = told(data).race(None if until_s is None else round(until_s * 1000))
    return [(row.racer.entry.bib, row.rank, row.point, row.gap_ms) for row in board(state)]


def test_a_single_start_is_ranked_at_the_last_point_each_passed() -> None:
    # Bib 2 starts 30 later and is 5 faster to the end of lap 1 (55 against 60); bib 1 is in at 200.
    data = document(
        "sprint", {1: "60 lap, 130 lap, 200 fin", 2: "85 lap"}, starts={2: 30}, options=SHORT
    )

    assert rows(data) == [(2, 1, "lap1.lap_end", 0), (1, 2, "finish", 0)]


def test_a_mass_start_is_ranked_by_distance_then_by_time_there() -> None:
    data = document(
        "mass_start", {1: "60 lap", 2: "59 lap", 3: "80 lap, 90 HHHHH", 4: ""}, options=SHORT
    )

    assert rows(data) == [
        (3, 1, "lap2.loop_exit", 0),
        (2, 2, "lap1.lap_end", 0),
        (1, 3, "lap1.lap_end", 1000),
        (4, None, None, None),
    ]


def test_a_clean_racer_is_level_with_those_who_leave_the_loop() -> None:
    data = document(
        "mass_start", {1: "50 HHHHM", 2: "58 HHHHH", 3: "40 HHHHM, 70 loop"}, options=SHORT
    )

    assert rows(data) == [
        (2, 1, "lap1.loop_exit", 0),
        (3, 2, "lap1.loop_exit", 8000),
        (1, 3, "lap1.range_exit", 10_000),
    ]


def test_equal_tenths_share_the_place() -> None:
    data = document("mass_start", {1: "60.02 lap", 2: "60 lap", 3: "60.1 lap"}, options=SHORT)

    assert [row[:2] for row in rows(data)] == [(2, 1), (1, 1), (3, 3)]


def test_a_pursuit_is_ranked_by_the_clock() -> None:
    data = document("pursuit", {1: "60 lap", 2: "85 lap"}, starts={2: 30}, options=SHORT)

    assert [row[:2] for row in rows(data)] == [(1, 1), (2, 2)]


def test_penalty_time_counts_from_the_shot_on() -> None:
    data = document("individual", {1: "60 MHHHH", 2: "100 HHHHH"}, options=SHORT)

    assert [row[0] for row in rows(data)] == [2, 1]


def test_those_on_the_line_stand_behind_those_who_started() -> None:
    data = document("sprint", {1: "", 2: "", 3: "20 lap"}, starts={1: 60, 2: 30}, options=SHORT)

    assert [row[0] for row in rows(data, 40)] == [3, 2, 1]


def test_who_is_out_stands_last_in_the_order_of_the_marks() -> None:
    data = document(
        "mass_start",
        {1: "9 dsq", 2: "9 lap, 10 dnf", 3: "0 dns", 4: "10 lap"},
        options=SHORT,
    )

    assert rows(data) == [
        (4, 1, "lap1.lap_end", 0),
        (3, None, None, None),
        (2, None, "lap1.lap_end", None),
        (1, None, None, None),
    ]


def test_a_relay_shows_each_team_by_its_racer_under_way() -> None:
    teams = {11: ("A", 1), 12: ("A", 2), 21: ("B", 1), 22: ("B", 2)}
    data = document(
        "relay",
        {11: "50 lap, 60 ex", 12: "90 lap", 21: "55 lap", 22: ""},
        teams=teams,
        options={**SHORT, "legs": 2, "lapped_out": False},
    )

    assert rows(data, 0) == [(11, None, None, None), (21, None, None, None)]
    assert rows(data) == [(12, 1, "lap1.lap_end", 0), (21, 2, "lap1.lap_end", 5000)]
