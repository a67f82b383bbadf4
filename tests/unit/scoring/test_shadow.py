"""What another set of rules changes: moves, their middle, and how alike two orders are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.rating.shadow import Move, difference, places

RATINGS = st.dictionaries(st.integers(0, 40), st.integers(0, 1000), max_size=30)


def test_the_same_ratings_move_nobody() -> None:
    found = difference({"a": 900, "b": 800, "c": 100}, {"a": 90, "b": 80, "c": 10})

    assert (found.moved, found.median_places, found.correlation_ppm) == (0, 0, 1_000_000)


def test_an_order_turned_round_is_told_by_minus_one() -> None:
    found = difference({"a": 3, "b": 2, "c": 1}, {"a": 1, "b": 2, "c": 3})

    assert found.correlation_ppm == -1_000_000
    assert found.moves[0] == Move(who="c", before=3, after=1)
    assert [one.climbed for one in found.moves] == [2, 0, -2]
    assert (found.moved, found.median_places) == (2, 2)


def test_equal_ratings_share_a_place_and_the_middle_of_their_ranks() -> None:
    found = difference({"a": 5, "b": 5, "c": 1, "d": 0}, {"a": 9, "b": 8, "c": 7, "d": 6})

    assert {one.who: (one.before, one.after) for one in found.moves} == {
        "a": (1, 1),
        "b": (1, 2),
        "c": (3, 3),
        "d": (4, 4),
    }
    assert found.correlation_ppm == 948_683  # 3 / sqrt(10), Spearman's with one tie of two


def test_of_nobody_and_of_equals_a_correlation_says_nothing() -> None:
    assert difference({}, {}).correlation_ppm is None
    assert difference({"a": 1, "b": 1}, {"a": 1, "b": 2}).correlation_ppm is None


def test_different_people_are_not_compared() -> None:
    with pytest.raises(ValueError, match="different people"):
        difference({"a": 1}, {"b": 1})


@given(RATINGS)
def test_a_place_is_one_more_than_those_rated_higher(ratings: dict[int, int]) -> None:
    found = places(ratings)

    assert found == {
        who: 1 + sum(other > rating for other in ratings.values())
        for who, rating in ratings.items()
    }


@given(RATINGS, st.randoms(use_true_random=False))
def test_what_one_climbs_shows_from_both_sides(ratings: dict[int, int], random: object) -> None:
    shuffled = list(ratings.values())
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # Hypothesis's own Random
    after = dict(zip(ratings, shuffled, strict=True))

    there, back = difference(ratings, after), difference(after, ratings)

    assert there.correlation_ppm == back.correlation_ppm
    assert {one.who: one.climbed for one in there.moves} == {
        one.who: -one.climbed for one in back.moves
    }
