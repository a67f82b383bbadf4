"""Which questions tell members apart: what the ratings ask of item analysis."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from scoring.items import Pairs, is_below_zero, stays_out

# The test in which most members met this version of the question speaks for it.
_WIDEST = text(
    """
    SELECT DISTINCT ON (question, question_version) *
    FROM item_sums ORDER BY question, question_version, attempts DESC, quiz, positions
    """
)


@dataclass(frozen=True, kw_only=True)
class Against:
    """One version of a question on which those who know more do worse."""

    question: str
    version: int


def against_the_rest(session: Session, before: Collection[Against] = ()) -> frozenset[Against]:
    """Return the versions of questions whose discrimination is negative.

    One that was not among them ``before`` joins when its index is negative by more than luck
    explains; one that was leaves only when it is not negative any more.
    """
    found = set()
    for row in session.execute(_WIDEST):
        one = Against(question=row.question, version=row.question_version)
        pairs = pairs_of(row)
        if is_below_zero(pairs) or (one in before and stays_out(pairs)):
            found.add(one)
    return frozenset(found)


def pairs_of(row: object) -> Pairs:
    """Return the sums of a row of ``item_sums`` as whole numbers."""
    names = ("attempts", "marks", "marks2", "rests", "rests2", "products")
    return Pairs(**{name: int(getattr(row, name)) for name in names})
