"""A race that is followed step by step has the board that counting everything gives."""

import sys
from types import FrameType
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from events import race as facts_of_races
from scoring.biathlon import (
    Book,
    Entry,
    Format,
    Impossible,
    RaceFact,
    board,
    load_format,
    replay,
    splits,
)
from scoring.biathlon.fold import _step
from scoring.biathlon.running import RunningBoard
from tests.biathlon import RACE, document, raced
from tests.biathlon import told as told_in

SPRINT = load_format("sprint", {"stations": 0})


@given(told=raced(), data=st.data())
def test_a_followed_board_equals_a_counted_one_after_every_step(
    told: tuple[Format, list[Entry], list[RaceFact]], data: st.DataObject
) -> None:
    format_, entries, facts = told
    book = Book(format_, entries)
    running = RunningBoard(book.race())
    waiting = sorted(facts, key=lambda one: one.t_ms)
    while waiting:
        count = data.draw(st.integers(1, len(waiting)))
        here, waiting = waiting[:count], waiting[count:]
        book.add(here)
        race = book.race()
        running.update(race)

        assert tuple(running.rows()) == board(race)
    found = splits(book.race())
    for crew in running.crews:
        for one in crew.racers:
            for split in found[one.entry]:
                stage, value = next(
                    (
                        (stage, value)
                        for stage, value in crew.splits.items()
                        if stage[0] == one.entry.leg and stage[1].label == split.point
                    ),
                    (None, 0),
                )
                assert (stage is None) == (split.rank is None)
                if stage is not None:
                    assert running.splits.rank(stage, value) == split.rank
                    assert running.splits.behind_ms(stage, value) == split.behind_ms


def test_an_impossible_fact_can_be_left_out_and_offered_again() -> None:
    told: list[RaceFact] = [
        facts_of_races.LapDone(race=RACE, bib=1, t_ms=60_000),
        facts_of_races.RacerFinished(race=RACE, bib=1, t_ms=70_000),
        facts_of_races.LapDone(race=RACE, bib=1, t_ms=80_000),
        facts_of_races.LapDone(race=RACE, bib=2, t_ms=65_000),
    ]
    entries = [Entry(bib=1), Entry(bib=2)]
    book = Book(SPRINT, entries)
    book.add(told)
    try:
        book.race()
    except Impossible as error:
        book.leave_out(error.fact)

    assert book.race() == replay(SPRINT, entries, [*told[:2], told[3]])


def folded(book: Book) -> int:
    """How many facts the book folds to tell the race."""
    steps: list[FrameType] = []

    def note(frame: FrameType, event: str, _given: Any) -> None:
        if event == "call" and frame.f_code is _step.__code__:
            steps.append(frame)

    sys.setprofile(note)
    try:
        book.race()
    finally:
        sys.setprofile(None)
    return len(steps)


def test_a_fact_near_the_finish_costs_what_one_at_the_start_does() -> None:
    told = told_in(document("sprint", {1: "20 s, 30 HHHHM, 40 loop, 60 lap, 80 s, 90 MHHHH"}))
    book = Book(told.format, told.entries)
    book.race()
    each = []
    for fact in told.facts:
        book.add([fact])
        each.append(folded(book))
    book.add([facts_of_races.TimeAdjusted(race=RACE, bib=1, t_ms=95_000, ms=500, decision=RACE)])

    assert each == [1] * len(told.facts)
    assert folded(book) == len(told.facts) + 1


def test_a_shot_within_a_bout_moves_nobody_at_a_timing_point() -> None:
    told = told_in(document("sprint", {1: "20 s, 30 HHHHH", 2: "20 s"}))
    book = Book(told.format, told.entries)
    board_ = RunningBoard(book.race())
    timed = []
    for fact in told.facts:
        book.add([fact])
        changed = board_.update(book.race())
        timed.append((len(changed), len(board_.timed)))

    # The station, the first shot on the range, three more, the last; and the other's station.
    assert timed == [(1, 1), (1, 1), *[(1, 0)] * 3, (1, 1), (1, 1)]
