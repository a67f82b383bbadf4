"""Sums that grow by parts say what the plain definition says of the whole list."""

from collections import Counter
from fractions import Fraction
from itertools import pairwise
from math import sqrt
from statistics import correlation, covariance, fmean, median, stdev, variance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.items import (
    NO_ATTEMPTS,
    NO_MARKS,
    Marks,
    Pairs,
    effective_weights,
    facility,
    item_figures,
    quantile,
    sorted_product,
    standard_deviation,
    whole_figures,
)
from scoring.items.sums import PPM

marks = st.sampled_from([0, 250_000, 333_333, 500_000, 1_000_000])
rests = st.integers(0, 9).map(lambda tenths: tenths * 333_333)
both = st.lists(st.tuples(marks, rests), max_size=30)
several = st.lists(st.tuples(marks, rests), min_size=2, max_size=30)
SCALE = PPM**2


def most(told: list[tuple[int, int]]) -> int:
    return sorted_product(Counter(mark for mark, _ in told), Counter(rest for _, rest in told))


@given(told=both, cut=st.integers(0, 30), data=st.data())
def test_sums_grow_in_any_order_and_in_parts(
    told: list[tuple[int, int]], cut: int, data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(told))

    assert Pairs.of(shuffled[:cut]) + Pairs.of(shuffled[cut:]) == Pairs.of(told)
    assert Marks.of(m for m, _ in shuffled[:cut]) + Marks.of(m for m, _ in shuffled[cut:]) == (
        Marks.of(m for m, _ in told)
    )


@given(told=both)
def test_what_was_added_can_be_taken_back(told: list[tuple[int, int]]) -> None:
    assert Pairs.of(told) + -Pairs.of(told) == NO_ATTEMPTS
    assert Marks.of(m for m, _ in told) + -Marks.of(m for m, _ in told) == NO_MARKS


@given(told=both)
def test_pairing_by_levels_is_pairing_the_sorted_lists(told: list[tuple[int, int]]) -> None:
    first, second = sorted(mark for mark, _ in told), sorted(rest for _, rest in told)

    assert most(told) == sum(one * other for one, other in zip(first, second, strict=True))
    assert most(told) >= sum(one * other for one, other in told)


def test_lists_of_different_length_are_not_paired() -> None:
    with pytest.raises(ValueError, match="different length"):
        sorted_product({1: 2}, {1: 1})


@given(told=several)
def test_figures_are_those_of_the_plain_definition(told: list[tuple[int, int]]) -> None:
    figures = item_figures(Pairs.of(told), most(told))
    own = [mark / PPM for mark, _ in told]
    others = [rest / PPM for _, rest in told]
    whole = [mark + rest for mark, rest in zip(own, others, strict=True)]
    largest = covariance(sorted(own), sorted(others))

    assert figures.facility == pytest.approx(fmean(own))
    assert figures.standard_deviation == pytest.approx(stdev(own), abs=1e-9)
    assert figures.covariance_with_test == pytest.approx(covariance(own, whole), abs=1e-9)
    if len(set(own)) == 1 or len(set(others)) == 1:
        assert figures.discrimination_index is None
    else:
        assert figures.discrimination_index == pytest.approx(correlation(own, others), abs=1e-9)
        assert figures.discriminative_efficiency == pytest.approx(
            covariance(own, others) / largest, abs=1e-9
        )


@given(told=both)
def test_indices_stay_within_their_bounds(told: list[tuple[int, int]]) -> None:
    figures = item_figures(Pairs.of(told), most(told))

    if figures.discrimination_index is not None:
        assert -1 - 1e-12 <= figures.discrimination_index <= 1 + 1e-12
    if figures.discriminative_efficiency is not None:
        assert figures.discriminative_efficiency <= 1


def test_of_nothing_nothing_can_be_said() -> None:
    figures = item_figures(NO_ATTEMPTS, 0)
    whole = whole_figures({}, 4, None)

    assert (figures.facility, figures.discrimination_index, figures.covariance_with_test) == (
        None,
        None,
        None,
    )
    assert (facility(NO_MARKS), standard_deviation(Marks.of([5]))) == (None, None)
    assert (whole.mean, whole.median, whole.standard_deviation) == (None, None, None)
    assert quantile({}, Fraction(1, 2)) is None
    assert effective_weights([None, -0.1]) == [None, None]


totals = st.lists(st.integers(0, 8).map(lambda halves: halves * 500_000), max_size=25)


@given(told=totals)
def test_a_test_has_the_moments_of_its_totals(told: list[int]) -> None:
    figures = whole_figures(Counter(told), 4, None)
    shares = [one / (4 * PPM) for one in told]

    if told:
        assert figures.mean == pytest.approx(fmean(shares))
        assert figures.median == pytest.approx(median(shares))
    if len(told) > 1:
        assert figures.standard_deviation == pytest.approx(stdev(shares), abs=1e-9)
    spread = len(set(told)) > 1
    assert (figures.skewness is not None) == (spread and len(told) > 2)
    assert (figures.kurtosis is not None) == (spread and len(told) > 3)
    assert figures.internal_consistency is None


@given(rows=st.lists(st.tuples(marks, marks, marks), min_size=2, max_size=20))
def test_internal_consistency_is_cronbachs_alpha(rows: list[tuple[int, int, int]]) -> None:
    counted = Counter(sum(row) for row in rows)
    variances = sum(
        (Marks.of(row[position] for row in rows).variance or Fraction(0) for position in range(3)),
        Fraction(0),
    )
    figures = whole_figures(counted, 3, variances)
    if len(counted) == 1:
        assert figures.internal_consistency is None
        return
    plain = sum(variance([row[position] / PPM for row in rows]) for position in range(3))
    alpha = 3 / 2 * (1 - plain / variance([sum(row) / PPM for row in rows]))

    assert figures.internal_consistency == pytest.approx(alpha, abs=1e-6)
    assert figures.internal_consistency is not None
    assert figures.internal_consistency <= 1
    assert figures.error_ratio == pytest.approx(sqrt(max(0, 1 - alpha)), abs=1e-4)


def test_one_question_alone_has_no_internal_consistency() -> None:
    assert whole_figures({0: 3, PPM: 3}, 1, Fraction(1)).internal_consistency is None


@given(told=st.lists(st.integers(0, 50), min_size=1))
def test_a_quantile_is_a_value_that_somebody_reached(told: list[int]) -> None:
    quarters = [quantile(Counter(told), Fraction(part, 4)) for part in (1, 2, 3)]

    assert all(one in told for one in quarters)
    for lower, upper in pairwise(quarters):
        assert lower is not None
        assert upper is not None
        assert lower <= upper
    middle = sorted(told)[(len(told) - 1) // 2]
    assert quarters[1] == middle
