"""The figures of tests: their questions beside each other, and the whole."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from psot.items.models import SumRow, TotalRow
from psot.items.telling import pairs_of
from scoring.items import (
    NO_ATTEMPTS,
    ItemFigures,
    Pairs,
    WholeFigures,
    effective_weights,
    intended_weight,
    item_figures,
    whole_figures,
)

TestKey = tuple[str, int]
"""A quiz and how many questions its attempts asked."""
Edition = tuple[str, int]
"""A question and its version."""
PPM2 = 10**12

_ATTEMPTS = text(
    "SELECT quiz, positions, sum(attempts)::int AS attempts FROM item_totals"
    " GROUP BY quiz, positions ORDER BY quiz, attempts DESC, positions"
)


@dataclass(frozen=True, kw_only=True)
class InTest:
    """One version of a question in one test."""

    quiz: str
    positions: int
    question: str
    version: int
    pairs: Pairs
    sorted_products: int
    effective_weight: float | None
    """Of the question in all its versions; None where members draw other questions each."""

    @property
    def figures(self) -> ItemFigures:
        """Return what the attempts say about it."""
        return item_figures(self.pairs, self.sorted_products)

    @property
    def intended_weight(self) -> float:
        """Return what it is worth by its full mark."""
        return intended_weight(self.positions)


@dataclass(frozen=True, kw_only=True)
class Sat:
    """A test that somebody finished: how many first attempts of so many questions there are."""

    quiz: str
    positions: int
    attempts: int


@dataclass(frozen=True, kw_only=True)
class WholeTest:
    """A test opened: its figures, its totals and its questions."""

    quiz: str
    positions: int
    figures: WholeFigures
    is_fixed: bool
    """Whether all members were asked the same questions."""
    totals: Mapping[int, int]
    items: tuple[InTest, ...]


def tests_sat(session: Session) -> list[Sat]:
    """Return every test with finished attempts, the usual length of each quiz first."""
    return [
        Sat(quiz=row.quiz, positions=row.positions, attempts=row.attempts)
        for row in session.execute(_ATTEMPTS)
    ]


def whole_test(session: Session, quiz: str, positions: int) -> WholeTest:
    """Return the figures of a test; those of one that nobody finished say nothing."""
    rows = session.scalars(
        select(SumRow).where(SumRow.quiz == quiz, SumRow.positions == positions)
    ).all()
    totals = {
        row.total_ppm: row.attempts
        for row in session.scalars(
            select(TotalRow).where(TotalRow.quiz == quiz, TotalRow.positions == positions)
        )
    }
    by_question = _by_question(rows)
    is_fixed = _is_fixed(by_question, positions, sum(totals.values()))
    variances = sum((one.mark_variance or Fraction(0) for one in by_question.values()), Fraction(0))
    return WholeTest(
        quiz=quiz,
        positions=positions,
        figures=whole_figures(totals, positions, variances if is_fixed else None),
        is_fixed=is_fixed,
        totals=dict(sorted(totals.items())),
        items=tuple(in_tests(rows, {(quiz, positions): sum(totals.values())})),
    )


def in_tests(rows: Iterable[Any], attempts: Mapping[TestKey, int]) -> list[InTest]:
    """Return the questions of the tests in ``rows``, which holds every question of each test."""
    tests: dict[TestKey, list[Any]] = defaultdict(list)
    for row in rows:
        tests[row.quiz, row.positions].append(row)
    found = []
    for test, inside in tests.items():
        weights = _weights(inside, test[1], attempts.get(test, 0))
        found += [
            InTest(
                quiz=row.quiz,
                positions=row.positions,
                question=row.question,
                version=row.question_version,
                pairs=pairs_of(row),
                sorted_products=int(row.sorted_products),
                effective_weight=weights.get(row.question),
            )
            for row in sorted(inside, key=lambda row: (row.question, row.question_version))
        ]
    return found


def _weights(rows: list[Any], positions: int, attempts: int) -> dict[str, float | None]:
    by_question = _by_question(rows)
    if not _is_fixed(by_question, positions, attempts):
        return {}
    covariances = [_float(one.covariance_with_test) for one in by_question.values()]
    return dict(zip(by_question, effective_weights(covariances), strict=True))


def _by_question(rows: Iterable[Any]) -> dict[str, Pairs]:
    """Return the sums of each position: a corrected question stands in the same place."""
    found: dict[str, Pairs] = {}
    for row in rows:
        found[row.question] = found.get(row.question, NO_ATTEMPTS) + pairs_of(row)
    return dict(sorted(found.items()))


def _is_fixed(by_question: Mapping[str, Pairs], positions: int, attempts: int) -> bool:
    same = all(one.attempts == attempts for one in by_question.values())
    return len(by_question) == positions and same


def _float(covariance: Fraction | None) -> float | None:
    return None if covariance is None else float(covariance / PPM2)
