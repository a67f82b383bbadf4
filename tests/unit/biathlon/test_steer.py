"""A racer who races here: what follows from the answers and the clock, and that looks only add."""

from collections.abc import Sequence
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events import race
from scoring.biathlon import (
    Book,
    Deed,
    Entry,
    Format,
    HoldKind,
    State,
    Steered,
    Steering,
    format_names,
    load_format,
    protocol,
    steer,
)

RACE = UUID(int=1)


def look(format_: Format, deeds: Sequence[Deed], now_ms: int, *, leg: int = 1) -> Steered:
    return steer(format_, race_id=RACE, bib=1, leg=leg, start_ms=0, deeds=deeds, now_ms=now_ms)


def play(
    format_: Format, outcomes: Sequence[bool], *, leg: int = 1, think_ms: int = 1000
) -> tuple[list[Deed], int]:
    """Answer every task as it comes by ``outcomes``, right when they run out; until the end."""
    deeds: list[Deed] = []
    left = list(outcomes)
    now_ms = 0
    while True:
        at = look(format_, deeds, now_ms, leg=leg)
        if at.hold is not None:
            now_ms = at.hold.until_ms
        elif at.wanted is not None:
            shown_ms = max(now_ms, at.wanted.from_ms)
            now_ms = shown_ms + think_ms
            right = left.pop(0) if left else True
            deeds.append(
                Deed(right=right, t_ms=now_ms, question=f"q{len(deeds)}", shown_ms=shown_ms)
            )
        else:
            return deeds, now_ms


def kinds(at: Steered) -> list[str]:
    return [type(one).__name__ for one in at.facts]


def test_before_the_own_start_nothing_is_wanted() -> None:
    sprint = load_format("sprint")
    early = steer(sprint, race_id=RACE, bib=1, leg=1, start_ms=500, deeds=[], now_ms=499)
    assert (early.racer.state, early.wanted, early.hold, early.due_ms) == (
        State.LINE,
        None,
        None,
        None,
    )
    waiting = steer(sprint, race_id=RACE, bib=1, leg=1, start_ms=None, deeds=[], now_ms=9_999)
    assert waiting.racer.state is State.LINE


def test_a_wrong_answer_at_a_station_holds_and_two_of_them_let_pass() -> None:
    sprint = load_format("sprint", {"stations": 1})
    first = Deed(right=False, t_ms=4_000, question="a", shown_ms=0)
    held = look(sprint, [first], 13_999)
    assert held.hold is not None
    assert (held.hold.kind, held.hold.from_ms, held.due_ms) == (HoldKind.FALL, 4_000, 14_000)
    again = look(sprint, [first], 14_000)
    assert again.wanted is not None
    assert (again.wanted.kind, again.wanted.from_ms, again.falls) == ("station", 14_000, 1)
    second = Deed(right=False, t_ms=20_000, question="b", shown_ms=14_000)
    over = look(sprint, [first, second], 30_000)
    assert kinds(over) == ["RacerFell", "RacerFell", "StationPassed"]
    assert over.facts[-1].t_ms == 30_000
    assert over.wanted is not None
    assert (over.wanted.kind, over.wanted.limit_ms, over.falls) == ("P", 20_000, 0)


def test_each_miss_costs_a_loop_at_its_own_moment_whenever_somebody_looks() -> None:
    sprint = load_format("sprint", {"stations": 0})
    shots = [
        Deed(right=n > 1, t_ms=(n + 1) * 1_000, question=f"q{n}", shown_ms=n * 1_000)
        for n in range(5)
    ]
    first = look(sprint, shots, 5_000)
    assert first.hold is not None
    assert (first.hold.kind, first.hold.loops_left, first.hold.until_ms) == (
        HoldKind.LOOP,
        2,
        28_000,
    )
    second = look(sprint, shots, 28_000)
    assert second.hold is not None
    assert second.hold.loops_left == 1
    late = look(sprint, shots, 999_000)
    assert kinds(late)[5:] == ["PenaltyLoopDone", "PenaltyLoopDone", "LapDone"]
    assert [one.t_ms for one in late.facts[5:]] == [28_000, 51_000, 51_000]
    assert late.wanted is not None
    assert (late.wanted.kind, late.wanted.from_ms, late.wanted.limit_ms) == ("S", 51_000, 30_000)


def test_a_spare_round_waits_for_the_reloading() -> None:
    relay = load_format("relay", {"stations": 0})
    shots = [
        Deed(right=n > 0, t_ms=(n + 1) * 1_000, question=f"q{n}", shown_ms=n * 1_000)
        for n in range(5)
    ]
    held = look(relay, shots, 5_001)
    assert held.hold is not None
    assert (held.hold.kind, held.hold.until_ms) == (HoldKind.RELOAD, 10_000)
    ready = look(relay, shots, 10_000)
    assert ready.wanted is not None
    assert (ready.wanted.kind, ready.wanted.from_ms) == ("P", 10_000)


def test_a_lap_without_anything_to_do_is_still_a_lap_of_its_own() -> None:
    empty = load_format("mass_start_60", {"stations": 0})
    shots = [
        Deed(right=True, t_ms=n * 1_000 + 900, question=f"q{n}", shown_ms=n * 1_000)
        for n in range(5)
    ]
    at = look(empty, shots, 6_000)
    laps = [one.t_ms for one in at.facts if isinstance(one, race.LapDone)]
    assert laps == [4_900, 4_901]


def test_a_target_left_standing_disqualifies_where_the_rule_says_so() -> None:
    final = load_format("super_sprint_final", {"stations": 0})
    deeds, end_ms = play(final, [False] * 8)
    assert look(final, deeds, end_ms).racer.state is State.DSQ
    assert len(deeds) == 8


@pytest.mark.parametrize("name", format_names())
@given(data=st.data())
def test_every_format_can_be_raced_to_its_end_and_later_looks_only_add(
    name: str, data: st.DataObject
) -> None:
    format_ = load_format(name, {"stations": 1})
    outcomes = data.draw(st.lists(st.booleans(), max_size=40))
    leg = data.draw(st.sampled_from([1, len(format_.legs)]))
    deeds, end_ms = play(format_, outcomes, leg=leg)
    whole = look(format_, deeds, end_ms, leg=leg)
    assert whole.racer.state in (State.FINISHED, State.EXCHANGE, State.DSQ)
    moment = data.draw(st.integers(0, end_ms))
    earlier = look(format_, [one for one in deeds if one.t_ms <= moment], moment, leg=leg)
    assert whole.facts[: len(earlier.facts)] == earlier.facts
    assert all(one.t_ms <= moment for one in earlier.facts)


@pytest.mark.parametrize("name", format_names())
@given(data=st.data())
def test_whoever_is_followed_from_look_to_look_is_where_one_look_finds_them(
    name: str, data: st.DataObject
) -> None:
    format_ = load_format(name, {"stations": 1})
    leg = data.draw(st.sampled_from([1, len(format_.legs)]))
    deeds, end_ms = play(format_, data.draw(st.lists(st.booleans(), max_size=40)), leg=leg)
    moments = sorted(data.draw(st.lists(st.integers(-1, end_ms), max_size=12)))
    kept = Steering(format_, race_id=RACE, bib=1, leg=leg, start_ms=0)
    told: list[object] = []
    known = 0
    for moment in moments:
        done = [one for one in deeds if one.t_ms <= moment]
        at = kept.on(done[known:], moment)
        told += at.facts
        known = len(done)
        once = look(format_, done, moment, leg=leg)
        assert tuple(told) == once.facts
        assert (at.racer, at.hold, at.wanted, at.falls) == (
            once.racer,
            once.hold,
            once.wanted,
            once.falls,
        )


@pytest.mark.parametrize(
    "options",
    [
        {"stations": 2},
        {"stations": 2, "falls": 1, "fall_s": 0},
        {"stations": 2, "fall_s": 0, "loop_s": 0},
    ],
    ids=str,
)
@given(outcomes=st.lists(st.booleans(), max_size=30))
def test_the_book_of_the_race_reads_the_same_race_out_of_the_facts(
    options: dict[str, int], outcomes: list[bool]
) -> None:
    """At each moment; also where a fall costs no time, and passes its station as it is told."""
    sprint = load_format("sprint", options)
    deeds, end_ms = play(sprint, outcomes)
    for moment in [*(one.t_ms for one in deeds), end_ms]:
        at = look(sprint, [one for one in deeds if one.t_ms <= moment], moment)
        book = Book(sprint, [Entry(bib=1)])
        book.add(at.facts)
        racer = book.race().racers[0]
        assert racer.state is (at.racer.state if at.facts else State.LINE)
        assert (racer.falls, racer.passed) == (at.racer.falls, at.racer.passed)
    assert protocol(book.race()).results[0].total_ms == at.racer.total_ms == end_ms
    assert racer.state is State.FINISHED
