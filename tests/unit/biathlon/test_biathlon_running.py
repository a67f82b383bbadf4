"""A race that is followed step by step has the board that counting everything gives."""

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
from scoring.biathlon.running import RunningBoard
from tests.biathlon import RACE, raced

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
