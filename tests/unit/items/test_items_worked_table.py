"""The worked table comes out of the sums, step by step and figure by figure."""

from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from scoring.items import (
    Pairs,
    WholeFigures,
    effective_weights,
    intended_weight,
    item_figures,
    sorted_product,
    whole_figures,
)
from scoring.items.sums import PPM, co_moment

TABLE: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parents[2] / "golden" / "items_worked_table.yaml").read_text(encoding="utf-8")
)
MARKS = [[int(Fraction(mark) * PPM) for mark in row] for row in TABLE["marks"].values()]
QUESTIONS = list(TABLE["questions"])


def column(question: str) -> list[int]:
    return [row[QUESTIONS.index(question)] for row in MARKS]


def rests(question: str) -> list[int]:
    return [sum(row) - mark for row, mark in zip(MARKS, column(question), strict=True)]


def pairs(question: str) -> Pairs:
    return Pairs.of(zip(column(question), rests(question), strict=True))


def most(question: str) -> int:
    return sorted_product(Counter(column(question)), Counter(rests(question)))


def near(value: float | None) -> Any:
    return None if value is None else pytest.approx(value, abs=1e-9)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_step_of_a_question_is_that_of_the_table(question: str) -> None:
    row, sums = TABLE["questions"][question], pairs(question)
    largest = co_moment(sums.attempts, sums.marks, sums.rests, most(question))
    steps = {
        "mark_variance": sums.mark_variance,
        "rest_variance": sums.rest_variance,
        "covariance": sums.covariance,
        "largest_covariance": largest,
        "covariance_with_test": sums.covariance_with_test,
    }

    assert rests(question) == [Fraction(one) * PPM for one in row["rests"]]
    assert {name: one and one / PPM**2 for name, one in steps.items()} == {
        name: Fraction(row[name]) for name in steps
    }


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_figure_of_a_question_is_that_of_the_table(question: str) -> None:
    row = TABLE["questions"][question]
    figures = item_figures(pairs(question), most(question))

    assert figures.attempts == 6
    for name in (
        "facility",
        "standard_deviation",
        "discrimination_index",
        "discriminative_efficiency",
    ):
        assert getattr(figures, name) == near(row[name]), name


def test_effective_weights_leave_out_what_pulls_the_other_way() -> None:
    figures = [item_figures(pairs(one), most(one)) for one in QUESTIONS]
    weights = effective_weights([one.covariance_with_test for one in figures])

    assert weights == [near(TABLE["questions"][one]["effective_weight"]) for one in QUESTIONS]
    assert sum(one for one in weights if one is not None) == pytest.approx(1)
    assert intended_weight(len(QUESTIONS)) == 0.25


def test_the_figures_of_the_whole_test_are_those_of_the_table() -> None:
    row = TABLE["test"]
    totals = Counter(sum(marks) for marks in MARKS)
    variances = sum((pairs(one).mark_variance or Fraction(0) for one in QUESTIONS), Fraction(0))
    figures = whole_figures(totals, len(QUESTIONS), variances)

    assert sorted(totals.elements(), reverse=True) == [
        Fraction(one) * PPM for one in TABLE["totals"]
    ]
    assert variances / PPM**2 == Fraction(row["sum_of_mark_variances"])
    assert figures == WholeFigures(
        attempts=6,
        positions=4,
        **{
            name: near(row[name])
            for name in (
                "mean",
                "median",
                "standard_deviation",
                "skewness",
                "kurtosis",
                "internal_consistency",
                "error_ratio",
                "standard_error",
            )
        },
    )
