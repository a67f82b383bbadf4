"""Who was lapped waits to be taken out until nothing of the time before can come any more."""

from psot.standings.lapping import SETTLED_AFTER_MS, Lapped
from scoring.biathlon import Entry, State, load_format
from scoring.biathlon.racer import Racer


def racer(bib: int, *, lapped_ms: int | None) -> Racer:
    state = State.COURSE if lapped_ms is None else State.LAP
    course = load_format("mass_start").legs[0]
    entry = Entry(bib=bib, start_ms=0)
    return Racer(entry=entry, course=course, start_ms=0, state=state, out_ms=lapped_ms)


def test_nobody_is_taken_out_before_the_time_is_settled() -> None:
    lapped = Lapped()
    lapped.note([racer(1, lapped_ms=None), racer(2, lapped_ms=90_000)])

    assert lapped.due(90_000 + SETTLED_AFTER_MS - 1) == {}
    assert lapped.due(90_000 + SETTLED_AFTER_MS) == {2: 90_000}


def test_who_stays_lapped_while_others_move_is_still_due() -> None:
    lapped = Lapped()
    lapped.note([racer(2, lapped_ms=90_000)])
    lapped.note([racer(1, lapped_ms=None)])

    assert lapped.due(900_000) == {2: 90_000}


def test_a_fact_that_came_late_clears_its_racer() -> None:
    lapped = Lapped()
    lapped.note([racer(2, lapped_ms=90_000)])
    lapped.note([racer(2, lapped_ms=None)])

    assert lapped.due(900_000) == {}
