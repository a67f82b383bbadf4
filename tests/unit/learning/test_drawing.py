"""Draws: the same for the same seed, in proportion, and fresh ones first."""

from collections import Counter
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from psot.learning.drawing import Candidate, Lot, draw, draw_rounds

ANNA = UUID(int=1)
SEEDS = st.text(min_size=1, max_size=32)


def lot(seed: str = "a seed", number: int = 1, member: UUID = ANNA) -> Lot:
    return Lot(seed=seed, member=member, number=number)


def pool(**groups: int) -> list[Candidate]:
    return [
        Candidate(question=f"{group}-{number}", version=1, group=group)
        for group, count in groups.items()
        for number in range(count)
    ]


def asked(drawn: list[Candidate]) -> list[str]:
    return [one.question for one in drawn]


@given(seed=SEEDS, most=st.integers(1, 30))
def test_a_draw_repeats_for_its_seed_and_asks_nothing_twice(seed: str, most: int) -> None:
    candidates = pool(easy=8, hard=12)
    first = draw(candidates, lot(seed), most=most)

    assert first == draw(list(reversed(candidates)), lot(seed), most=most)
    assert len(set(asked(first))) == len(first) == min(most, 20)


def test_another_seed_attempt_or_member_draws_otherwise() -> None:
    candidates = pool(easy=40)
    draws = {
        tuple(asked(draw(candidates, one, most=10)))
        for one in (lot(), lot("another"), lot(number=2), lot(member=UUID(int=2)))
    }

    assert len(draws) == 4


@given(seed=SEEDS)
def test_groups_are_drawn_in_proportion(seed: str) -> None:
    drawn = draw(pool(easy=20, medium=10, hard=10), lot(seed), most=8)

    assert Counter(one.group for one in drawn) == {"easy": 4, "medium": 2, "hard": 2}


@given(seed=SEEDS)
def test_what_was_asked_last_comes_only_where_there_is_nothing_else(seed: str) -> None:
    candidates = pool(easy=12)
    last = asked(candidates)[:8]
    again = asked(draw(candidates, lot(seed), most=6, last=last))

    assert {one for one in asked(candidates) if one not in last} <= set(again)
    assert len(again) == 6


@given(seed=SEEDS)
def test_a_placement_asks_every_topic_before_any_twice(seed: str) -> None:
    drawn = draw_rounds(pool(height=5, fire=1, law=3), lot(seed), most=5)

    assert Counter(one.group for one in drawn) == {"height": 2, "fire": 1, "law": 2}
    assert {one.question for one in drawn[:3]} == {"height-0", "fire-0", "law-0"}
