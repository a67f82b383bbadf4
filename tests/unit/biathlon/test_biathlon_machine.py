"""The machine of a racer: its table, and what a race that is run here offers next."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events import race
from scoring.biathlon import IRM, UNDER_WAY, Entry, Racer, State, awaited, course_of, load_format
from scoring.biathlon.fold import fold
from scoring.biathlon.machine import LEAPS, TABLE, Symbol, after, regular
from tests.biathlon import made

END = (State.EXCHANGE, State.FINISHED)


def racer(format_: str = "sprint", leg: int = 1, **options: object) -> Racer:
    chosen = load_format(format_, {"stations": 1, **options})
    return Racer(entry=Entry(bib=1, leg=leg), course=course_of(chosen, leg=leg, bib=1), start_ms=0)


def after_steps(one: Racer, *kinds: type) -> Racer:
    return fold(one, [made(kind, 1, 1000 * n) for n, kind in enumerate(kinds, 1)], ())


HIT, MISS = race.TargetHit, race.TargetMissed
CLEAN = [HIT] * 5


def test_every_state_has_its_row_and_can_be_reached() -> None:
    reached = {state for row in TABLE.values() for state in row.values()}

    assert set(TABLE) == set(State)
    assert reached == set(State) - {State.LINE}


@pytest.mark.parametrize("state", [State.LINE, *END, *IRM])
def test_nobody_leaps_who_is_not_under_way(state: State) -> None:
    leaps = [symbol for symbol in LEAPS if symbol not in TABLE[state]]

    assert {after(state, symbol) for symbol in leaps} == {None}


@pytest.mark.parametrize("state", [*END, *IRM])
def test_nothing_leads_from_an_end_back_to_the_race(state: State) -> None:
    assert {after(state, symbol) for symbol in Symbol} <= {None, *IRM}


@pytest.mark.parametrize("state", sorted(UNDER_WAY))
def test_whoever_is_under_way_can_be_taken_out_in_every_way(state: State) -> None:
    out = [Symbol.DNS, Symbol.DNF, Symbol.DSQ, Symbol.LAP]

    assert [after(state, symbol) for symbol in out] == [*IRM]


@pytest.mark.parametrize("state", [State.DNS, State.DNF, State.LAP])
def test_only_the_jury_comes_after_being_out(state: State) -> None:
    assert dict(TABLE[state]) == {Symbol.DSQ: State.DSQ}


def test_a_leap_is_no_regular_way() -> None:
    assert after(State.STATION, Symbol.CROSS_LINE) is State.FINISHED
    assert not regular(State.STATION, Symbol.CROSS_LINE)


@given(st.randoms(use_true_random=True), st.sampled_from(["sprint", "super_sprint_final", "relay"]))
@settings(max_examples=25, deadline=None)
def test_whatever_is_offered_next_leads_to_an_end(chance: Random, format_: str) -> None:
    one, t_ms = fold(racer(format_), (), ()), 0

    while choices := sorted(awaited(one), key=lambda kind: kind.type):
        t_ms += 1
        fold(one, [made(chance.choice(choices), 1, t_ms)], ())

    assert one.state in {*END, State.DSQ}


@pytest.mark.parametrize(
    ("steps", "state", "next_"),
    [
        ([], State.STATION, {race.StationPassed, race.RacerFell}),
        ([race.RacerFell], State.STATION, {race.StationPassed, race.RacerFell}),
        ([race.StationPassed], State.RANGE, {HIT, MISS}),
        ([race.StationPassed, HIT], State.SHOT, {HIT, MISS}),
        ([race.StationPassed, *CLEAN], State.COURSE, {race.LapDone}),
        ([race.StationPassed, *CLEAN[:4], MISS], State.PENALTY_LOOP, {race.PenaltyLoopDone}),
        (
            [race.StationPassed, *CLEAN[:3], MISS, MISS, race.PenaltyLoopDone],
            State.PENALTY_LOOP,
            {race.PenaltyLoopDone},
        ),
        (
            [race.StationPassed, *CLEAN[:4], MISS, race.PenaltyLoopDone],
            State.COURSE,
            {race.LapDone},
        ),
        ([*CLEAN, race.LapDone, *CLEAN, race.LapDone], State.STATION, None),
        (
            [*CLEAN, race.LapDone, *CLEAN, race.LapDone, race.StationPassed],
            State.COURSE,
            {race.RacerFinished},
        ),
        ([race.RacerFinished], State.FINISHED, set()),
    ],
)
def test_a_sprint_goes_on_as_the_rules_say(
    steps: list[type], state: State, next_: set[type] | None
) -> None:
    one = after_steps(racer(), *steps)

    assert one.state is state
    assert next_ is None or awaited(one) == next_


def test_a_miss_leads_to_a_spare_round_while_there_are_any() -> None:
    states = [
        after_steps(racer("relay"), race.StationPassed, *CLEAN[:4], *[MISS] * n).state
        for n in (1, 2, 3, 4)
    ]

    assert states == [State.SPARE_ROUND, State.SPARE_ROUND, State.SPARE_ROUND, State.PENALTY_LOOP]


def test_a_standing_target_bars_where_the_rules_say_so() -> None:
    barred = after_steps(racer("super_sprint_final"), *[MISS] * 8)
    skied_off = after_steps(racer("super_sprint_final", standing_target="penalty"), *[MISS] * 8)

    assert barred.state is State.DSQ
    assert skied_off.state is State.PENALTY_LOOP


def test_penalty_time_is_not_skied() -> None:
    one = after_steps(racer("individual"), race.StationPassed, *[MISS] * 5)

    assert one.state is State.COURSE
    assert one.penalty_ms == 300_000


def test_a_leg_before_the_last_ends_with_the_exchange() -> None:
    steps = [*CLEAN, race.LapDone, *CLEAN]
    one = after_steps(racer("single_mixed_relay", stations=0), *steps)

    assert awaited(one) == {race.LegExchanged}
    fold(one, [made(race.LegExchanged, 1, 99_000)], ())
    assert one.state is State.EXCHANGE
