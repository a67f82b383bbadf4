"""The fold of items: facts in any order and any batches end in the same counts.

Of a member's answers to a question the earliest counts for facility, times and options, in a set or
in a race. Of a member's attempts at a quiz the one finished first counts for everything that
compares a question with the rest of its test. When a fact changes which one that is, what counted
before is taken back exactly.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from events.competition import RaceQuestionAnswered
from events.learning import AttemptFinished, QuestionAnswered
from psot.items import store
from psot.items.counting import Changes, First, Mark, by_test, first_of, kept
from psot.items.models import (
    AnswerRow,
    FinishRow,
    MarkRow,
    PairRow,
    ResponseRow,
    SumRow,
    TimeRow,
    TotalRow,
    VersionRow,
    WeekRow,
)
from psot.ledger import Projection, Recorded

TESTS = frozenset({"practice", "check", "placement"})
"""The modes in which an attempt is an attempt at a quiz; the others ask what somebody got wrong."""

Where = tuple[UUID, str]
"""A member and a quiz."""

_KNOWN = text(
    """
    SELECT a.* FROM item_answers a
    JOIN unnest(CAST(:members AS uuid[]), CAST(:questions AS text[])) AS asked (member, question)
        USING (member, question)
    """
)
_KEEP = text(
    """
    INSERT INTO item_answers (member, question, question_version, answered_at, nth, attempt, race,
                              score_ppm, response_ms, response)
    SELECT * FROM json_to_recordset(CAST(:rows AS json)) AS new (
        member uuid, question text, question_version int, answered_at timestamptz, nth int,
        attempt uuid, race boolean, score_ppm int, response_ms bigint, response text)
    ON CONFLICT (member, question) DO UPDATE
    SET question_version = excluded.question_version, answered_at = excluded.answered_at,
        nth = excluded.nth, attempt = excluded.attempt, race = excluded.race,
        score_ppm = excluded.score_ppm, response_ms = excluded.response_ms,
        response = excluded.response
    """
)
_ASKED = "unnest(CAST(:members AS uuid[]), CAST(:quizzes AS text[])) AS asked (member, quiz)"
_COUNTED = text(
    f"""
    SELECT m.* FROM item_marks m
    JOIN item_finishes f USING (member, quiz, attempt)
    JOIN {_ASKED} USING (member, quiz)
    """  # noqa: S608 - text of our own
)
_FINISH = text(
    """
    INSERT INTO item_finishes AS kept (member, quiz, attempt, finished_at)
    SELECT * FROM json_to_recordset(CAST(:rows AS json)) AS new (
        member uuid, quiz text, attempt uuid, finished_at timestamptz)
    ON CONFLICT (member, quiz) DO UPDATE
    SET attempt = excluded.attempt, finished_at = excluded.finished_at
    WHERE (excluded.finished_at, excluded.attempt) < (kept.finished_at, kept.attempt)
    """
)
_MARK = text(
    """
    INSERT INTO item_marks (attempt, question, question_version, member, quiz, answered_at, nth,
                            score_ppm, response)
    SELECT * FROM json_to_recordset(CAST(:rows AS json)) AS new (
        attempt uuid, question text, question_version int, member uuid, quiz text,
        answered_at timestamptz, nth int, score_ppm int, response text)
    ON CONFLICT DO NOTHING
    """
)
# What was answered after the first attempt was finished can never belong to an earlier one.
_FORGET = text(
    f"""
    DELETE FROM item_marks m USING item_finishes f, {_ASKED}
    WHERE (m.member, m.quiz) = (asked.member, asked.quiz)
      AND (m.member, m.quiz) = (f.member, f.quiz)
      AND m.attempt <> f.attempt AND m.answered_at > f.finished_at
    """  # noqa: S608 - text of our own
)


def fold(session: Session, batch: Sequence[Recorded]) -> None:
    """Fold ``batch`` into the tables of items."""
    changes = Changes()
    _first_answers(session, batch, changes)
    _first_attempts(session, batch, changes)
    store.add(session, changes)


def _first_answers(session: Session, batch: Sequence[Recorded], changes: Changes) -> None:
    told = first_of(_firsts(batch))
    if not told:
        return
    asked = {
        "members": [member for member, _ in told],
        "questions": [question for _, question in told],
    }
    known = {(row.member, row.question): _first(row) for row in session.execute(_KNOWN, asked)}
    rows = []
    for where, one in told.items():
        before = known.get(where)
        if before is not None:
            if before.order <= one.order:
                continue
            changes.add_first(before, -1)
        changes.add_first(one)
        rows.append(_row(one))
    if rows:
        session.execute(_KEEP, {"rows": json.dumps(rows, default=str)})


def _firsts(batch: Iterable[Recorded]) -> Iterable[First]:
    for one in batch:
        fact = one.fact
        if isinstance(fact, RaceQuestionAnswered):
            yield First(
                member=fact.member,
                question=fact.question,
                version=fact.question_version,
                answered_at=one.occurred_at,
                nth=0,
                attempt=fact.race,
                race=True,
                score_ppm=fact.score_ppm,
                response_ms=fact.response_ms,
                response=None,
            )
        elif isinstance(fact, QuestionAnswered) and fact.nth == 1:
            yield First(
                member=fact.member,
                question=fact.question,
                version=fact.question_version,
                answered_at=one.occurred_at,
                nth=fact.nth,
                attempt=fact.attempt,
                race=False,
                score_ppm=fact.score_ppm,
                response_ms=fact.response_ms,
                response=kept(fact.response),
            )


def _first_attempts(session: Session, batch: Sequence[Recorded], changes: Changes) -> None:
    marks, finishes = _marks(batch), _finishes(batch)
    touched = {(row["member"], row["quiz"]) for row in marks} | finishes.keys()
    if not touched:
        return
    asked = {
        "members": [member for member, _ in touched],
        "quizzes": [quiz for _, quiz in touched],
    }
    before = by_test(session.execute(_COUNTED, asked))
    if finishes:
        rows = [
            {"member": member, "quiz": quiz, "finished_at": moment, "attempt": attempt}
            for (member, quiz), (moment, attempt) in finishes.items()
        ]
        session.execute(_FINISH, {"rows": json.dumps(rows, default=str)})
    if marks:
        session.execute(_MARK, {"rows": json.dumps(marks, default=str)})
    session.execute(_FORGET, asked)
    after = by_test(session.execute(_COUNTED, asked))
    for where in touched:
        _replace(changes, where[1], before.get(where, []), after.get(where, []))


def _replace(changes: Changes, quiz: str, before: list[Mark], after: list[Mark]) -> None:
    def ordered(marks: list[Mark]) -> list[Mark]:
        return sorted(marks, key=lambda one: one.question)

    if ordered(before) != ordered(after):
        changes.add_attempt(quiz, before, -1)
        changes.add_attempt(quiz, after)


def _marks(batch: Sequence[Recorded]) -> list[dict[str, Any]]:
    return [*_answered(batch), *_unanswered(batch)]


def _unanswered(batch: Iterable[Recorded]) -> Iterable[dict[str, Any]]:
    """Yield a mark of nothing for each question that a finished check left without an answer."""
    for one in batch:
        if not isinstance(one.fact, AttemptFinished):
            continue
        for edition in one.fact.unanswered:
            question, _, version = edition.rpartition("@")
            yield {
                "attempt": one.fact.attempt,
                "question": question,
                "question_version": int(version),
                "member": one.fact.member,
                "quiz": one.fact.quiz,
                "answered_at": one.occurred_at,
                "nth": 0,
                "score_ppm": 0,
                "response": None,
            }


def _answered(batch: Iterable[Recorded]) -> list[dict[str, Any]]:
    return [
        {
            "attempt": one.fact.attempt,
            "question": one.fact.question,
            "question_version": one.fact.question_version,
            "member": one.fact.member,
            "quiz": one.fact.quiz,
            "answered_at": one.occurred_at,
            "nth": one.fact.nth,
            "score_ppm": one.fact.score_ppm,
            "response": kept(one.fact.response),
        }
        for one in batch
        if isinstance(one.fact, QuestionAnswered) and one.fact.mode in TESTS
    ]


def _finishes(batch: Iterable[Recorded]) -> dict[Where, tuple[datetime, UUID]]:
    found: dict[Where, tuple[datetime, UUID]] = {}
    for one in batch:
        if isinstance(one.fact, AttemptFinished):
            where = (one.fact.member, one.fact.quiz)
            told = (one.occurred_at, one.fact.attempt)
            found[where] = min(told, found.get(where, told))
    return found


def _first(row: Any) -> First:
    return First(
        member=row.member,
        question=row.question,
        version=row.question_version,
        answered_at=row.answered_at,
        nth=row.nth,
        attempt=row.attempt,
        race=row.race,
        score_ppm=row.score_ppm,
        response_ms=row.response_ms,
        response=row.response,
    )


def _row(one: First) -> dict[str, Any]:
    return {
        "member": one.member,
        "question": one.question,
        "question_version": one.version,
        "answered_at": one.answered_at,
        "nth": one.nth,
        "attempt": one.attempt,
        "race": one.race,
        "score_ppm": one.score_ppm,
        "response_ms": one.response_ms,
        "response": one.response,
    }


ITEMS = Projection(
    name="items",
    version=2,
    facts=(QuestionAnswered, AttemptFinished, RaceQuestionAnswered),
    tables=(
        AnswerRow,
        VersionRow,
        TimeRow,
        WeekRow,
        ResponseRow,
        FinishRow,
        MarkRow,
        PairRow,
        SumRow,
        TotalRow,
    ),
    fold=fold,
)
