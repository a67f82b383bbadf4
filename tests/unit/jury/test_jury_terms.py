"""Terms of decisions: read as people write them, told as facts, written as they are read."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.race import QuestionVoided, RacerReinstated, TimeAdjusted
from psot.jury.terms import (
    Kind,
    Terms,
    read_adjustments,
    read_bibs,
    stored_terms,
    written_adjustments,
)

RACE, DECISION = UUID(int=1), UUID(int=2)

terms = st.one_of(
    st.builds(Terms, kind=st.just(Kind.VOID), question=st.just("ppe-01")),
    st.builds(
        Terms,
        kind=st.sampled_from([Kind.DISQUALIFY, Kind.REINSTATE]),
        bibs=st.lists(st.integers(1, 999), unique=True, min_size=1).map(tuple),
    ),
    st.builds(
        Terms,
        kind=st.just(Kind.ADJUST),
        ms=st.dictionaries(st.integers(1, 999), st.integers(-(10**6), 10**6), min_size=1),
    ),
)


@given(terms)
def test_terms_are_read_back_as_they_were(one: Terms) -> None:
    assert stored_terms(one.kind, one.stored()) == one
    facts = one.facts(RACE, DECISION, 5)
    assert {(fact.race, fact.t_ms) for fact in facts} == {(RACE, 5)}
    assert {getattr(fact, "decision", None) for fact in facts} == {DECISION}
    assert len(facts) == max(1, len(one.concerned))


@given(st.dictionaries(st.integers(1, 999), st.integers(-(10**6), 10**6), min_size=1))
def test_adjustments_are_read_as_they_are_written(ms: dict[int, int]) -> None:
    assert read_adjustments(written_adjustments(ms)) == ms


def test_each_kind_tells_its_own_fact() -> None:
    (voided,) = Terms(kind=Kind.VOID, question="ppe-01").facts(RACE, DECISION, 7)
    (back,) = Terms(kind=Kind.REINSTATE, bibs=(3,)).facts(RACE, DECISION, 7)
    (credit,) = Terms(kind=Kind.ADJUST, ms={3: -250}).facts(RACE, DECISION, 7)
    assert isinstance(voided, QuestionVoided)
    assert isinstance(back, RacerReinstated)
    assert isinstance(credit, TimeAdjusted)
    assert credit.ms == -250


@pytest.mark.parametrize("text", ["", "  ", "12, x", "1.5", "²"])
def test_numbers_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_bibs(text)


@pytest.mark.parametrize("text", ["", "12", "12 x", "12 1 3", "12 1\n12 2"])
def test_adjustments_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_adjustments(text)


def test_people_write_seconds_in_their_own_way() -> None:
    assert read_adjustments("12: −4,5\n7 = +0.25; 3 10") == {12: -4_500, 7: 250, 3: 10_000}
