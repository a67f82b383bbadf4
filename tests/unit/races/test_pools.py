"""Pools: what one racer can meet, what overlapping pools really hold, and how they are divided."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psot.races.pools import KINDS, PoolCheck, divide, needs, shares
from scoring.biathlon import format_names, load_format
from scoring.biathlon.formats import Format

Pools = dict[str, list[str]]

GOLDEN = {
    # laps x stations x 2 tasks at most, shots and spares of the prone and of the standing bouts
    "individual": (5 * 3 * 2, 10, 10),
    "short_individual": (5 * 3 * 2, 10, 10),
    "sprint": (3 * 3 * 2, 5, 5),
    "pursuit": (5 * 3 * 2, 10, 10),
    "mass_start": (5 * 3 * 2, 10, 10),
    "mass_start_60": (6 * 3 * 2, 10, 10),
    "super_sprint_qualification": (3 * 3 * 2, 8, 8),
    "super_sprint_final": (5 * 3 * 2, 16, 16),
    "relay": (3 * 3 * 2, 8, 8),
    "mixed_relay": (3 * 3 * 2, 8, 8),
    # The second racer takes legs 2 and 4: two laps and three.
    "single_mixed_relay": (5 * 3 * 2, 16, 16),
}


def test_every_format_has_its_golden_needs() -> None:
    assert {name: tuple(needs(load_format(name)).values()) for name in format_names()} == GOLDEN


@pytest.mark.parametrize(("falls", "stations"), [(0, 9), (1, 9), (2, 18), (3, 27)])
def test_a_station_gives_a_task_until_the_racer_passes(falls: int, stations: int) -> None:
    assert needs(load_format("sprint", {"falls": falls}))["station"] == stations


def test_without_stations_only_shots_are_needed() -> None:
    assert needs(load_format("sprint", {"stations": 0})) == {"station": 0, "P": 5, "S": 5}


def test_a_pool_is_scarce_below_three_times_the_need_and_missing_below_it() -> None:
    scarce, missing = (PoolCheck(kind="P", available=one, needed=5) for one in (14, 4))
    plenty = PoolCheck(kind="P", available=15, needed=5)

    assert (plenty.wanted, plenty.scarce, plenty.missing) == (15, False, False)
    assert (scarce.scarce, scarce.missing) == (True, False)
    assert (missing.scarce, missing.missing) == (True, True)


def test_pools_of_their_own_count_all_they_have() -> None:
    assert shares({"station": "abc", "P": "de", "S": "f"}, {"station": 1, "P": 1, "S": 1}) == {
        "station": 3,
        "P": 2,
        "S": 1,
    }


def test_the_same_questions_in_every_pool_are_counted_once() -> None:
    every = [str(one) for one in range(56)]
    counted = shares(dict.fromkeys(KINDS, every), {"station": 18, "P": 5, "S": 5})

    assert counted == {"station": 36, "P": 10, "S": 10}


def test_nobody_gets_less_for_what_another_pool_cannot_use() -> None:
    counted = shares(
        {"station": list("abcdefgh"), "P": list("ab"), "S": list("ab")},
        {"station": 2, "P": 2, "S": 2},
    )

    assert counted == {"station": 6, "P": 1, "S": 1}


def test_a_pool_inside_a_larger_one_is_not_taken_for_its_own() -> None:
    # Two shootings of five shots from the same eight questions cannot be served.
    counted = shares(
        {"station": list("abcdefghijklmnop"), "P": list("abcdefgh"), "S": list("abcdefgh")},
        {"station": 4, "P": 5, "S": 5},
    )

    assert (counted["P"], counted["S"]) == (4, 4)


@st.composite
def pools_and_needs(draw: st.DrawFn) -> tuple[Pools, Mapping[str, int]]:
    names = [f"q{one}" for one in range(draw(st.integers(0, 24)))]
    member = st.lists(st.sampled_from(names), unique=True) if names else st.just([])
    return (
        {kind: draw(member) for kind in KINDS},
        {kind: draw(st.integers(0, 9)) for kind in KINDS},
    )


@given(pools_and_needs())
def test_shares_can_be_handed_out_together_and_no_question_twice(
    made: tuple[Pools, Mapping[str, int]],
) -> None:
    pools, needed = made
    counted, divided = shares(pools, needed), divide(pools, needed)
    given_out = [one for kind in KINDS for one in divided[kind]]

    assert len(given_out) == len(set(given_out))
    for kind in KINDS:
        assert set(divided[kind]) <= set(pools[kind])
        assert not needed[kind] or len(divided[kind]) >= counted[kind]
        assert needed[kind] or not divided[kind]


@given(pools_and_needs())
def test_a_pool_misses_tasks_exactly_when_one_racer_could_not_be_served(
    made: tuple[Pools, Mapping[str, int]],
) -> None:
    pools, needed = made
    counted = shares(pools, needed)
    enough = all(counted[kind] >= needed[kind] for kind in KINDS)

    assert enough == served(pools, needed)


def served(pools: Pools, needed: Mapping[str, int]) -> bool:
    """Whether every task of one racer finds a question of its own, searched without our rule."""
    tasks = [kind for kind in KINDS for _ in range(needed[kind])]
    holder: dict[str, int] = {}

    def seat(task: int, seen: set[str]) -> bool:
        for question in pools[tasks[task]]:
            if question in seen:
                continue
            seen.add(question)
            if question not in holder or seat(holder[question], seen):
                holder[question] = task
                return True
        return False

    return all(seat(task, set()) for task in range(len(tasks)))


@pytest.mark.parametrize("name", format_names())
def test_one_station_a_lap_lets_every_format_race_with_the_questions_there_are(name: str) -> None:
    rules: Format = load_format(name, {"stations": 1})

    assert sum(needs(rules).values()) <= 56
