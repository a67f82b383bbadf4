"""The fold of study: facts in any order and any batches end in the same rows.

A card that gets an answer is counted anew from all its answers, so an answer that
arrives late stands in its place.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from events.learning import AttemptFinished, QuestionAnswered
from events.reading import LessonRead
from events.study import LessonRefreshed
from psot.ledger import Projection, Recorded
from psot.study.memory import Memory, Review, remember
from psot.study.models import CardRow, FinishRow, ReadingRow, ReviewRow

Place = tuple[UUID, str]
"""A member and a question: a card."""

_KNOWN = text(
    """
    SELECT r.* FROM study_reviews r
    JOIN unnest(CAST(:members AS uuid[]), CAST(:questions AS text[])) AS asked (member, question)
        USING (member, question)
    """
)
_KEEP = text(
    """
    INSERT INTO study_reviews (attempt, question, member, quiz, mode, answered_at, nth, score_ppm,
                               response_ms, due_before)
    SELECT * FROM json_to_recordset(CAST(:rows AS json)) AS new (
        attempt uuid, question text, member uuid, quiz text, mode text, answered_at timestamptz,
        nth int, score_ppm int, response_ms bigint, due_before timestamptz)
    ON CONFLICT (attempt, question) DO UPDATE SET due_before = excluded.due_before
    """
)
_CARDS = text(
    """
    INSERT INTO study_cards (member, question, answers, last_at, last_score_ppm, due_at,
                             stability_s, difficulty_milli, wrong_at, wrong_attempt,
                             wrong_score_ppm, right_first_at, right_last_at)
    SELECT * FROM json_to_recordset(CAST(:rows AS json)) AS new (
        member uuid, question text, answers int, last_at timestamptz, last_score_ppm int,
        due_at timestamptz, stability_s bigint, difficulty_milli int, wrong_at timestamptz,
        wrong_attempt uuid, wrong_score_ppm int, right_first_at timestamptz,
        right_last_at timestamptz)
    ON CONFLICT (member, question) DO UPDATE
    SET answers = excluded.answers, last_at = excluded.last_at,
        last_score_ppm = excluded.last_score_ppm, due_at = excluded.due_at,
        stability_s = excluded.stability_s, difficulty_milli = excluded.difficulty_milli,
        wrong_at = excluded.wrong_at, wrong_attempt = excluded.wrong_attempt,
        wrong_score_ppm = excluded.wrong_score_ppm, right_first_at = excluded.right_first_at,
        right_last_at = excluded.right_last_at
    """
)
_READ = text(
    """
    INSERT INTO study_readings (member, topic, read_at)
    SELECT * FROM json_to_recordset(CAST(:rows AS json)) AS new (
        member uuid, topic text, read_at timestamptz)
    ON CONFLICT DO NOTHING
    """
)
_FINISH = text(
    """
    INSERT INTO study_finishes (attempt, member, quiz, score_ppm, finished_at)
    SELECT * FROM json_to_recordset(CAST(:rows AS json)) AS new (
        attempt uuid, member uuid, quiz text, score_ppm int, finished_at timestamptz)
    ON CONFLICT DO NOTHING
    """
)


def fold(session: Session, batch: Sequence[Recorded]) -> None:
    """Fold ``batch`` into the tables of study."""
    _fold_answers(session, batch)
    _write(session, _READ, _readings(batch))
    _write(session, _FINISH, _finishes(batch))


def _fold_answers(session: Session, batch: Sequence[Recorded]) -> None:
    told = list(_answers(batch))
    cards: dict[Place, dict[tuple[UUID, str], dict[str, Any]]] = defaultdict(dict)
    for row in told:
        cards[row["member"], row["question"]][row["attempt"], row["question"]] = row
    if not cards:
        return
    asked = {
        "members": [member for member, _ in cards],
        "questions": [question for _, question in cards],
    }
    known: dict[tuple[UUID, str], datetime | None] = {}
    for stored in session.execute(_KNOWN, asked).mappings():
        key = stored["attempt"], stored["question"]
        known[key] = stored["due_before"]
        cards[stored["member"], stored["question"]][key] = dict(stored)
    changed, counted = [], []
    for place, rows in cards.items():
        made = remember(_review(row) for row in rows.values())
        ordered = sorted(rows.items(), key=lambda each: _review(each[1]).order)
        for (key, row), due_before in zip(ordered, made.due_before, strict=True):
            if key not in known or known[key] != due_before:
                changed.append({**row, "due_before": due_before})
        counted.append(_card(place, made))
    _write(session, _KEEP, changed)
    _write(session, _CARDS, counted)


def _answers(batch: Iterable[Recorded]) -> Iterable[dict[str, Any]]:
    for one in batch:
        fact = one.fact
        if isinstance(fact, QuestionAnswered):
            yield {
                "attempt": fact.attempt,
                "question": fact.question,
                "member": fact.member,
                "quiz": fact.quiz,
                "mode": fact.mode,
                "answered_at": one.occurred_at,
                "nth": fact.nth,
                "score_ppm": fact.score_ppm,
                "response_ms": fact.response_ms,
            }


def _review(row: dict[str, Any]) -> Review:
    return Review(
        attempt=row["attempt"],
        answered_at=row["answered_at"],
        nth=row["nth"],
        score_ppm=row["score_ppm"],
        response_ms=row["response_ms"],
    )


def _card(place: Place, made: Memory) -> dict[str, Any]:
    member, question = place
    wrong = made.mistake
    return {
        "member": member,
        "question": question,
        "answers": made.answers,
        "last_at": made.last.answered_at,
        "last_score_ppm": made.last.score_ppm,
        "due_at": made.due_at,
        "stability_s": made.stability_s,
        "difficulty_milli": made.difficulty_milli,
        "wrong_at": wrong.review.answered_at if wrong else None,
        "wrong_attempt": wrong.review.attempt if wrong else None,
        "wrong_score_ppm": wrong.review.score_ppm if wrong else None,
        "right_first_at": wrong.right_first_at if wrong else None,
        "right_last_at": wrong.right_last_at if wrong else None,
    }


def _readings(batch: Iterable[Recorded]) -> list[dict[str, Any]]:
    return [
        {"member": one.fact.member, "topic": one.fact.topic, "read_at": one.occurred_at}
        for one in batch
        if isinstance(one.fact, LessonRead | LessonRefreshed)
    ]


def _finishes(batch: Iterable[Recorded]) -> list[dict[str, Any]]:
    return [
        {
            "attempt": one.fact.attempt,
            "member": one.fact.member,
            "quiz": one.fact.quiz,
            "score_ppm": one.fact.score_ppm,
            "finished_at": one.occurred_at,
        }
        for one in batch
        if isinstance(one.fact, AttemptFinished)
    ]


def _write(session: Session, statement: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(statement, {"rows": json.dumps(rows, default=str)})


STUDY = Projection(
    name="study",
    version=1,
    facts=(QuestionAnswered, AttemptFinished, LessonRead, LessonRefreshed),
    tables=(ReviewRow, CardRow, ReadingRow, FinishRow),
    fold=fold,
)
