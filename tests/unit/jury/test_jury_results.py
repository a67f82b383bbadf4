"""Results as one text: a race gives the same bytes; undoing a decision takes all of it away."""

from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from events.race import DecisionUndone
from psot.jury.difference import difference
from psot.jury.results import compute, snapshot
from psot.jury.terms import Kind, Terms
from scoring.biathlon import Entry, Format, RaceFact
from tests.biathlon import RACE, raced

DECISION = UUID(int=9)


@st.composite
def judged(draw: st.DrawFn) -> tuple[Format, list[Entry], list[RaceFact], Terms, int]:
    """A race as it was run, a decision about it, and a moment behind all of it."""
    rules, entries, facts = draw(raced("sprint", "individual", "pursuit", "relay", "mass_start"))
    bibs = draw(st.lists(st.sampled_from([one.bib for one in entries]), min_size=1, unique=True))
    asked = sorted({getattr(one, "question", None) or "q0" for one in facts} | {"q0"})
    terms = draw(
        st.one_of(
            st.builds(Terms, kind=st.just(Kind.VOID), question=st.sampled_from(asked)),
            st.builds(Terms, kind=st.just(Kind.DISQUALIFY), bibs=st.just(tuple(bibs))),
            st.builds(Terms, kind=st.just(Kind.REINSTATE), bibs=st.just(tuple(bibs))),
            st.builds(Terms, kind=st.just(Kind.ADJUST), ms=st.just(dict.fromkeys(bibs, -1500))),
        )
    )
    last_ms = max([100_000, *(one.t_ms for one in facts)])
    return rules, entries, facts, terms, last_ms + draw(st.integers(0, 10_000))


@given(judged(), st.randoms(use_true_random=False))
def test_what_was_shown_is_what_comes_out_and_what_is_undone_was_never_there(
    race: tuple[Format, list[Entry], list[RaceFact], Terms, int], order: Any
) -> None:
    rules, entries, facts, terms, t_ms = race
    ruled = terms.facts(RACE, DECISION, t_ms)
    before = snapshot(compute(rules, entries, facts, t_ms))
    shown = snapshot(compute(rules, entries, [*facts, *ruled], t_ms))

    mixed = [*facts, *ruled]
    order.shuffle(mixed)
    assert snapshot(compute(rules, entries, mixed)) == shown
    undone = DecisionUndone(race=RACE, t_ms=t_ms + 1, decision=DECISION)
    assert snapshot(compute(rules, entries, [undone, *mixed])) == before
    found = difference(before, shown)
    assert found.empty == (before == shown)
    assert {one.bib for one in found.racers} <= {one.bib for one in entries}
