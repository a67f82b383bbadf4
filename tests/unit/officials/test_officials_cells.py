"""What counts of people may be shown: nobody learns of fewer than five, however they subtract."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from psot.officials.cells import LEAST, Withheld, grouped, parts, spans, stages

counts = st.integers(0, 12)


@st.composite
def populations(draw: st.DrawFn) -> tuple[dict[str, int], int]:
    """Draw groups with names, and a total with some people in none of them."""
    groups = draw(st.dictionaries(st.text("абвгд", min_size=1), st.integers(1, 12), max_size=8))
    return groups, sum(groups.values()) + draw(counts)


@st.composite
def properties(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    """Draw groups of five and more, and how many of each have some property."""
    sizes = draw(st.lists(st.integers(LEAST, 40), max_size=8))
    return sizes, [draw(st.integers(0, size)) for size in sizes]


@given(populations())
def test_no_group_and_no_rest_below_five_can_be_had_by_subtraction(
    population: tuple[dict[str, int], int],
) -> None:
    groups, total = population

    found = grouped(groups, total)

    assert all(groups[name] == size >= LEAST for name, size in found.shown)
    rest = total - sum(size for _name, size in found.shown)
    assert rest == 0 or rest >= LEAST or not found.shown
    assert found.rest == (Withheld.FEW if rest < LEAST and not found.shown else rest)


def test_the_smallest_group_joins_a_rest_that_would_tell_of_few() -> None:
    found = grouped({"Тюмень": 9, "Ишим": 6, "Тобольск": 3}, 18)

    assert found.shown == (("Тюмень", 9),)
    assert found.rest == 9


def test_a_rest_of_many_leaves_every_large_group_its_name() -> None:
    found = grouped({"Тюмень": 9, "Ишим": 6, "Тобольск": 3}, 24)

    assert [name for name, _size in found.shown] == ["Тюмень", "Ишим"]
    assert found.rest == 9


@given(properties())
def test_whoever_subtracts_has_at_least_six_possibilities_for_a_hidden_part(
    drawn: tuple[list[int], list[int]],
) -> None:
    sizes, having = drawn

    told = parts(sizes, having)

    shown = [one for one in range(len(sizes)) if told[one] is not Withheld.HIDDEN]
    hidden = [one for one in range(len(sizes)) if told[one] is Withheld.HIDDEN]
    assert all(told[one] == having[one] for one in shown)
    assert all(LEAST <= having[one] <= sizes[one] - LEAST for one in shown)
    if shown:  # else the reader knows no more than the total
        left, room = sum(having[one] for one in hidden), sum(sizes[one] for one in hidden)
        for one in hidden:
            fewest = max(0, left - (room - sizes[one]))
            most = min(sizes[one], left)
            assert most - fewest >= LEAST


def test_a_part_hidden_alone_would_be_the_total_less_the_others() -> None:
    assert parts([20, 20, 10], [8, 10, 3]) == [8, Withheld.HIDDEN, Withheld.HIDDEN]


@given(st.lists(counts, min_size=1, max_size=6))
def test_of_a_path_no_stage_tells_of_fewer_than_five_who_went_or_stayed(drawn: list[int]) -> None:
    path = sorted(drawn, reverse=True)

    told = stages(path)

    exact = [one for one in told if not isinstance(one, Withheld)]
    assert all(one >= LEAST for one in exact)
    stayed = [before - after for before, after in itertools.pairwise(exact)]
    assert all(one == 0 or one >= LEAST for one in stayed)
    assert [one is Withheld.FEW for one in told] == [count < LEAST for count in path]


@given(st.lists(counts, min_size=1, max_size=14))
def test_weeks_are_put_together_until_each_span_tells_of_many(weeks: list[int]) -> None:
    told = spans(weeks)

    assert [one.first for one in told] == [0, *(one.last + 1 for one in told[:-1])]
    assert told[-1].last == len(weeks) - 1
    if sum(weeks) < LEAST:
        assert [one.count for one in told] == [Withheld.FEW]
    else:
        assert [one.count for one in told] == [sum(weeks[one.first : one.last + 1]) for one in told]
        assert all(isinstance(one.count, int) and one.count >= LEAST for one in told)
