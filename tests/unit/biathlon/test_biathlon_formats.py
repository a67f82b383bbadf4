"""Formats are data: all of them are there, options change their numbers, mistakes are named."""

from typing import Any

import pytest

from scoring.biathlon import (
    Malformed,
    PenaltyKind,
    Standing,
    StartKind,
    course_of,
    format_names,
    load_format,
    points_of,
)

# name: legs, laps of a leg, bouts of a leg, spares, seconds of a miss, start, lapped racers out
TABLE = {
    "individual": (1, 5, "PSPS", 0, ("time", 60), "single", False),
    "short_individual": (1, 5, "PSPS", 0, ("time", 45), "single", False),
    "sprint": (1, 3, "PS", 0, ("loop", 23), "single", False),
    "pursuit": (1, 5, "PPSS", 0, ("loop", 23), "pursuit", True),
    "mass_start": (1, 5, "PPSS", 0, ("loop", 23), "simultaneous", True),
    "mass_start_60": (1, 6, "PPSS", 0, ("loop", 23), "simultaneous", True),
    "super_sprint_qualification": (1, 3, "PS", 3, ("loop", 23), "single", False),
    "super_sprint_final": (1, 5, "PPSS", 3, ("loop", 23), "simultaneous", False),
    "relay": (4, 3, "PS", 3, ("loop", 23), "simultaneous", True),
    "mixed_relay": (4, 3, "PS", 3, ("loop", 23), "simultaneous", False),
    "single_mixed_relay": (4, 2, "PS", 3, ("loop", 12), "simultaneous", True),
}


def test_every_format_of_the_sport_is_there() -> None:
    assert format_names() == tuple(TABLE)


@pytest.mark.parametrize("name", TABLE)
def test_a_format_has_the_numbers_of_the_sport(name: str) -> None:
    found = load_format(name)

    assert (
        len(found.legs),
        found.legs[0].laps,
        "".join(found.legs[0].bouts),
        found.spares,
        (found.penalty.kind.value, found.penalty.seconds),
        found.start.kind.value,
        found.lapped_out,
    ) == TABLE[name]
    assert found.shots == 5
    assert found.relay == (len(found.legs) > 1)


@pytest.mark.parametrize("name", TABLE)
def test_the_last_lap_has_no_bout_but_where_the_exchange_is_at_the_range(name: str) -> None:
    found = load_format(name)

    for number, leg in enumerate(found.legs, 1):
        course = course_of(found, leg=number, bib=1)
        to_the_range = name == "single_mixed_relay" and not course.last_leg
        assert max(course.bout_laps) == leg.laps - (0 if to_the_range else 1)


def test_a_single_mixed_relay_has_a_lap_more_at_the_end() -> None:
    found = load_format("single_mixed_relay")

    assert [leg.laps for leg in found.legs] == [2, 2, 2, 3]
    assert [leg.racer_class for leg in found.legs] == ["A", "B", "A", "B"]
    assert found.team_size == 2


def test_halves_of_a_mass_start_of_60_shoot_first_on_different_laps() -> None:
    found = load_format("mass_start_60")

    assert course_of(found, leg=1, bib=30).bout_laps == (1, 3, 4, 5)
    assert course_of(found, leg=1, bib=31).bout_laps == (2, 3, 4, 5)


def test_points_go_down_to_place_40() -> None:
    table = load_format("sprint").points

    assert table[:10] == (90, 75, 60, 50, 45, 40, 36, 34, 32, 31)
    assert [points_of(rank, table) for rank in (11, 39, 40, 41, None)] == [30, 2, 1, 0, 0]


@pytest.mark.parametrize(
    ("options", "first"),
    [({"points": "until_2021_22"}, (60, 54, 48)), ({"points": [3, 2, 1]}, (3, 2, 1))],
)
def test_points_of_other_years_or_an_own_table_can_be_chosen(
    options: dict[str, Any], first: tuple[int, ...]
) -> None:
    assert load_format("sprint", options).points[:3] == first


def test_options_change_the_numbers_and_leave_the_rest() -> None:
    found = load_format("relay", {"spares": 1, "laps_per_leg": 4, "penalty": {"metres": 75}})

    assert (found.spares, found.legs[3].laps, found.penalty.seconds) == (1, 4, 12)
    assert found.penalty.kind is PenaltyKind.LOOP
    assert load_format("sprint", {"loop_s": 30}).penalty.seconds == 30
    assert load_format("sprint", {"penalty": {"seconds": 21}}).penalty.seconds == 21
    assert load_format("sprint", {"penalty": {"metres": 100}}).penalty.seconds == 15
    assert load_format("individual", {"penalty": {"seconds": 30}}).penalty.seconds == 30
    assert load_format("sprint", {"start": {"kind": "group", "group": 10}}).start == (
        load_format("sprint", {"start": {"kind": "group", "group": 10, "interval_s": 30}}).start
    )
    assert load_format("super_sprint_final").standing_target is Standing.DISQUALIFIED
    assert load_format("pursuit").start.kind is StartKind.PURSUIT


@pytest.mark.parametrize(
    ("name", "options", "line"),
    [
        ("ski_jump", {}, "format: must be one of individual, "),
        ("sprint", {"bouts": ["P", "X"]}, "options.bouts[1]: must be one of P, S, not 'X'"),
        ("sprint", {"bouts": ["P", 1]}, "options.bouts[1]: must be one of P, S, not 1"),
        ("sprint", {"laps": 1}, "options.laps: must be at least 2 for the bouts"),
        ("sprint", {"laps": 0}, "options.laps: must be a whole number from 1 to 50, not 0"),
        ("mass_start_60", {"laps": 4}, "options.laps: must be at least 5 for the bouts"),
        ("relay", {"laps_per_leg": 1}, "options.laps_per_leg: must be at least 2 for the bouts"),
        ("relay", {"laps_per_leg": [3]}, "options.laps_per_leg: must have one value for each of"),
        ("relay", {"legs": 3, "leg_classes": ["A"]}, "options.leg_classes: must have one value"),
        ("sprint", {"penalty": 7}, "options.penalty: must be an object, not 7"),
        (
            "sprint",
            {"penalty": {"kind": "song"}},
            "options.penalty.kind: must be one of loop, time",
        ),
        ("sprint", {"loop_s": "long"}, "options.loop_s: must be a whole number, not 'long'"),
        ("sprint", {"start": {"speed": 1}}, "options.start.speed: is not a field here"),
        (
            "mass_start_60",
            {"start": {"halves_shoot_first_bout_on_laps": [1]}},
            "options.start.halves_shoot_first_bout_on_laps: must have two laps",
        ),
        ("sprint", {"points": "many"}, "options.points: must be one of current, until_2021_22"),
        ("sprint", {"points": [1] * 41}, "options.points: must have at most 40 places"),
        ("sprint", {"points": ["x"]}, "options.points[0]: must be a whole number, not 'x'"),
        ("sprint", {"lapped_out": 1}, "options.lapped_out: must be true or false, not 1"),
        ("sprint", {"standing_target": "sits"}, "options.standing_target: must be one of penalty"),
    ],
)
def test_an_option_that_does_not_fit_is_named(
    name: str, options: dict[str, Any], line: str
) -> None:
    with pytest.raises(Malformed) as caught:
        load_format(name, options)

    assert str(caught.value).startswith(line)
