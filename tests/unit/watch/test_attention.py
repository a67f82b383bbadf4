"""Checks of attention: they cannot be foreseen, there are enough of them, and credit needs them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.watch import (
    WATCHING,
    Account,
    Pace,
    Sheet,
    Span,
    account,
    ask,
    closing_due,
    fresh_pace,
    length_ms,
    settle,
    union,
    watch,
)

MINUTE = 60_000
LENGTH = 50 * MINUTE
NEVER = Pace(gap_ms=10**12)


def watched(*played: Span) -> Sheet:
    sheet, _pace = watch(Sheet(), NEVER, played, cost_ms=0)
    return sheet


@given(st.lists(st.binary(min_size=8, max_size=32), min_size=20, max_size=20))
def test_fifty_minutes_of_watching_hold_three_checks_at_least(draws: list[bytes]) -> None:
    pace, asked = fresh_pace(draws[0]), 0
    for second in range(0, 50 * 60, 10):
        _sheet, pace = watch(Sheet(), pace, [(second * 1000, second * 1000 + 10_000)], cost_ms=0)
        if pace.due:
            asked += 1
            pace = fresh_pace(draws[asked], carried_ms=pace.watched_ms - pace.gap_ms)

    assert 3 <= asked <= 50 // 3


@given(st.binary(min_size=8, max_size=32))
def test_a_gap_is_drawn_between_its_bounds(draw: bytes) -> None:
    assert WATCHING.gap_from_ms <= fresh_pace(draw).gap_ms <= WATCHING.gap_to_ms


def test_slow_playing_brings_checks_by_the_time_it_takes() -> None:
    _sheet, pace = watch(Sheet(), NEVER, [(0, 7_500)], cost_ms=10_000)

    assert pace.watched_ms == 10_000


def test_what_is_watched_waits_until_its_check_is_answered() -> None:
    sheet = ask(watched((0, 10 * MINUTE)), closing=False)

    assert account(sheet) == Account(credited_ms=0, pending_ms=10 * MINUTE, lost_ms=0)
    assert settle(sheet, answered=True).newly == ((0, 10 * MINUTE),)


def test_a_second_is_credited_once_however_often_it_is_watched() -> None:
    credited = settle(watched((0, MINUTE)), answered=True).sheet

    again, _pace = watch(credited, NEVER, [(0, MINUTE), (30_000, 2 * MINUTE)], cost_ms=0)

    assert settle(again, answered=True).newly == ((MINUTE, 2 * MINUTE),)


def test_one_check_missed_of_four_is_made_good_by_the_fourth() -> None:
    sheet = Sheet()
    credited = []
    for number, answered in enumerate([True, False, True, True]):
        played = (number * MINUTE, (number + 1) * MINUTE)
        sheet, _pace = watch(sheet, NEVER, [played], cost_ms=0)
        settled = settle(sheet, answered=answered)
        sheet = settled.sheet
        credited.append(length_ms(settled.newly))

    assert credited == [MINUTE, 0, 0, 3 * MINUTE]
    assert account(sheet) == Account(credited_ms=4 * MINUTE, pending_ms=0, lost_ms=0)


def test_what_still_waits_when_the_season_ends_is_lost() -> None:
    missed = settle(watched((0, MINUTE)), answered=False).sheet

    assert account(missed, season_over=True) == Account(credited_ms=0, pending_ms=0, lost_ms=MINUTE)


def test_the_end_of_a_recording_asks_once_more_for_what_is_left() -> None:
    sheet = watched((0, LENGTH))

    assert closing_due(sheet, [(LENGTH - 1000, LENGTH)], LENGTH)


@pytest.mark.parametrize(
    ("sheet", "played"),
    [
        (watched((0, LENGTH)), (0, MINUTE)),  # not at the end
        (watched((LENGTH - 1000, LENGTH)), (LENGTH - 1000, LENGTH)),  # jumped there
        (settle(watched((0, LENGTH)), answered=True).sheet, (LENGTH - 1000, LENGTH)),  # all paid
        (ask(watched((0, LENGTH)), closing=False), (LENGTH - 1000, LENGTH)),  # asked just now
    ],
)
def test_no_check_is_due_at_the_end(sheet: Sheet, played: Span) -> None:
    assert not closing_due(sheet, [played], LENGTH)


def test_the_end_played_over_and_over_brings_no_checks_to_be_answered() -> None:
    missed = settle(ask(watched((0, LENGTH)), closing=True), answered=False).sheet
    end = (LENGTH - 10 * MINUTE, LENGTH)

    for _time in range(4):
        missed, _pace = watch(missed, NEVER, [end], cost_ms=0)
        assert not closing_due(missed, [end], LENGTH)
    missed, _pace = watch(missed, NEVER, [(0, LENGTH)], cost_ms=0)
    assert closing_due(missed, [end], LENGTH)


steps = st.lists(
    st.one_of(
        st.tuples(st.integers(0, LENGTH), st.integers(0, LENGTH)).map(sorted).map(tuple),
        st.booleans(),
    ),
    max_size=40,
)


@given(steps)
def test_credit_is_never_more_than_what_was_seen_never_twice_and_never_taken_back(
    told: list[Span | bool],
) -> None:
    sheet, given_out, answers = Sheet(), [], []
    for step in told:
        if isinstance(step, bool):
            answers.append(step)
            settled = settle(sheet, answered=step)
            sheet = settled.sheet
            given_out += settled.newly
            if settled.newly:
                assert sum(answers) * 4 >= len(answers) * 3
        else:
            sheet, _pace = watch(sheet, NEVER, [step], cost_ms=0)

        counted = account(sheet)
        assert union(sheet.credited, sheet.waiting) == sheet.seen
        assert counted.credited_ms + counted.pending_ms == length_ms(sheet.seen) <= LENGTH
        assert length_ms(given_out) == length_ms(union(given_out)) == counted.credited_ms
