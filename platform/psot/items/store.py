"""Add counts to the tables of items, and drop the rows that fall to nothing."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

from psot.items.counting import Amounts, Changes, Edition

TYPES: Mapping[str, str] = {
    "question": "text",
    "question_version": "int",
    "tenths": "bigint",
    "monday": "date",
    "response": "text",
    "quiz": "text",
    "positions": "int",
    "mark_ppm": "int",
    "rest_ppm": "bigint",
    "total_ppm": "bigint",
}
"""How the columns of keys are read from JSON; all others are counts."""


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A table of counts: ``key`` and ``amounts`` are its columns, the first amount counts."""

    table: str
    key: tuple[str, ...]
    amounts: tuple[str, ...]

    def statements(self) -> tuple[TextClause, TextClause]:
        """Return what adds rows and what drops those that nothing is left of."""
        columns = (*self.key, *self.amounts)
        typed = ", ".join(f"{one} {TYPES.get(one, 'numeric')}" for one in columns)
        added = ", ".join(f"{one} = kept.{one} + excluded.{one}" for one in self.amounts)
        same = " AND ".join(f"kept.{one} = new.{one}" for one in self.key)
        named = ", ".join(columns)
        rows = f"json_to_recordset(CAST(:rows AS json)) AS new ({typed})"
        # Which columns hold counts that can all be nothing at once.
        nothing = " AND ".join(f"kept.{one} = 0" for one in self.amounts)
        return (
            text(
                f"INSERT INTO {self.table} AS kept ({named}) SELECT {named} FROM {rows}"  # noqa: S608 - names of our own
                f" ON CONFLICT ({', '.join(self.key)}) DO UPDATE SET {added}"
            ),
            text(f"DELETE FROM {self.table} AS kept USING {rows} WHERE {same} AND {nothing}"),  # noqa: S608 - the same
        )


VERSIONS = Counted(
    table="item_versions",
    key=("question", "question_version"),
    amounts=("answers", "raced", "fully", "score_ppm", "squares_ppm2"),
)
TIMES = Counted(
    table="item_times", key=("question", "question_version", "tenths"), amounts=("answers",)
)
WEEKS = Counted(
    table="item_weeks",
    key=("question", "question_version", "monday"),
    amounts=("answers", "score_ppm"),
)
RESPONSES = Counted(
    table="item_responses",
    key=("question", "question_version", "response"),
    amounts=("answers", "score_ppm", "tests", "tests_ppm"),
)
PAIRS = Counted(
    table="item_pairs",
    key=("quiz", "positions", "question", "question_version", "mark_ppm", "rest_ppm"),
    amounts=("attempts",),
)
SUMS = Counted(
    table="item_sums",
    key=("quiz", "positions", "question", "question_version"),
    amounts=("attempts", "marks", "marks2", "rests", "rests2", "products"),
)
TOTALS = Counted(table="item_totals", key=("quiz", "positions", "total_ppm"), amounts=("attempts",))

_STATEMENTS = {
    one.table: one.statements() for one in (VERSIONS, TIMES, WEEKS, RESPONSES, PAIRS, SUMS, TOTALS)
}

# Quartiles are times that somebody took; a rushed answer is faster than a tenth of the median.
_TIME = text(
    """
    WITH counted AS (
        SELECT question, question_version, tenths, answers,
               sum(answers) OVER (edition ORDER BY tenths) AS reached,
               sum(answers) OVER edition AS whole
        FROM item_times JOIN unnest(CAST(:questions AS text[]), CAST(:versions AS int[]))
            AS asked (question, question_version) USING (question, question_version)
        WINDOW edition AS (PARTITION BY question, question_version)
    ), middle AS (
        SELECT question, question_version,
               min(tenths) FILTER (WHERE reached * 4 >= whole) AS lower,
               min(tenths) FILTER (WHERE reached * 2 >= whole) AS median,
               min(tenths) FILTER (WHERE reached * 4 >= whole * 3) AS upper
        FROM counted GROUP BY question, question_version
    )
    UPDATE item_versions AS kept
    SET lower_ms = middle.lower * 100, median_ms = middle.median * 100,
        upper_ms = middle.upper * 100,
        rushed = (SELECT coalesce(sum(answers), 0) FROM counted
                  WHERE counted.question = kept.question
                    AND counted.question_version = kept.question_version
                    AND counted.tenths * 10 < middle.median)
    FROM middle
    WHERE kept.question = middle.question AND kept.question_version = middle.question_version
    """
)

# Both lists sorted: the k-th lowest mark meets the k-th lowest rest. Runs of equal values are
# paired by where they overlap, so the cost is that of the levels and not of the attempts.
_SORTED = text(
    """
    WITH asked AS (
        SELECT * FROM json_to_recordset(CAST(:rows AS json)) AS one (
            quiz text, positions int, question text, question_version int)
    ), pairs AS (
        SELECT p.* FROM item_pairs p
        JOIN asked USING (quiz, positions, question, question_version)
    ), marks AS (
        SELECT quiz, positions, question, question_version, mark_ppm,
               sum(sum(attempts)) OVER test - sum(attempts) AS after,
               sum(sum(attempts)) OVER test AS until
        FROM pairs GROUP BY quiz, positions, question, question_version, mark_ppm
        WINDOW test AS (PARTITION BY quiz, positions, question, question_version
                        ORDER BY mark_ppm)
    ), rests AS (
        SELECT quiz, positions, question, question_version, rest_ppm,
               sum(sum(attempts)) OVER test - sum(attempts) AS after,
               sum(sum(attempts)) OVER test AS until
        FROM pairs GROUP BY quiz, positions, question, question_version, rest_ppm
        WINDOW test AS (PARTITION BY quiz, positions, question, question_version
                        ORDER BY rest_ppm)
    ), most AS (
        SELECT quiz, positions, question, question_version,
               sum((least(marks.until, rests.until) - greatest(marks.after, rests.after))
                   * marks.mark_ppm * rests.rest_ppm) AS products
        FROM marks JOIN rests USING (quiz, positions, question, question_version)
        WHERE marks.after < rests.until AND rests.after < marks.until
        GROUP BY quiz, positions, question, question_version
    )
    UPDATE item_sums AS kept SET sorted_products = most.products FROM most
    WHERE (kept.quiz, kept.positions, kept.question, kept.question_version)
        = (most.quiz, most.positions, most.question, most.question_version)
    """
)


def add(session: Session, changes: Changes) -> None:
    """Add ``changes`` to the tables and bring what rests on order up to date."""
    _add(session, VERSIONS, changes.versions)
    _add(session, TIMES, changes.times)
    _add(session, WEEKS, changes.weeks)
    _add(session, RESPONSES, changes.responses)
    _add(session, PAIRS, changes.pairs)
    _add(session, SUMS, changes.sums)
    _add(session, TOTALS, changes.totals)
    _take_quartiles(session, {(question, version) for question, version, _ in changes.times})
    _pair_sorted(session, changes.sums)


def _add(session: Session, counted: Counted, changes: Mapping[Any, Amounts]) -> None:
    columns = (*counted.key, *counted.amounts)
    rows = [
        dict(zip(columns, (*(key if isinstance(key, tuple) else (key,)), *amounts), strict=True))
        for key, amounts in sorted(changes.items())
        if any(amounts)
    ]
    if not rows:
        return
    insert, tidy = _STATEMENTS[counted.table]
    told = {"rows": json.dumps(rows, default=str)}
    session.execute(insert, told)
    session.execute(tidy, told)


def _take_quartiles(session: Session, editions: Collection[Edition]) -> None:
    if editions:
        told = sorted(editions)
        session.execute(
            _TIME,
            {"questions": [one for one, _ in told], "versions": [version for _, version in told]},
        )


def _pair_sorted(session: Session, tests: Collection[tuple[str, int, str, int]]) -> None:
    if tests:
        rows = [dict(zip(SUMS.key, one, strict=True)) for one in sorted(tests)]
        session.execute(_SORTED, {"rows": json.dumps(rows)})
