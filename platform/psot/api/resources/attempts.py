"""Attempts: the question shown now, and answers. The key leaves only with a stored answer."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from psot.api import scopes
from psot.api.contract import operation
from psot.api.identity import caller
from psot.api.schemas.attempts import AnswerBody, AnsweredSchema, AttemptSchema
from psot.api.words import N_
from psot.clock import now
from psot.database import transaction
from psot.learning import operations, queries
from psot.learning.values import Answered


@operation(
    "/attempts/<uuid:attempt>",
    group="attempts",
    summary=N_("An attempt and its current question"),
    about=N_(
        "The first time a question is given here it counts as shown, and its time begins to run."
    ),
    answer=AttemptSchema,
    scope=scopes.ANSWER,
    errors=(404,),
)
def attempt(attempt: UUID) -> dict[str, Any]:
    """Return an attempt of the caller with the question that is next."""
    member, moment = caller(), now()
    with transaction() as session:
        return attempt_now(session, member.id, attempt, moment)


@operation(
    "/attempts/<uuid:attempt>/answers",
    group="attempts",
    method="POST",
    summary=N_("Answer the question shown"),
    about=N_(
        "Repeating the same answer gives the same result; another answer to an answered question"
        " is a conflict, and the first stands."
    ),
    answer=AnsweredSchema,
    body=AnswerBody,
    scope=scopes.ANSWER,
    errors=(404, 409),
)
def answer(body: dict[str, Any], attempt: UUID) -> dict[str, Any]:
    """Store an answer and return it with what is right and why."""
    member, moment = caller(), now()
    with transaction() as session:
        given = operations.answer(
            session,
            member=member.id,
            attempt=attempt,
            question=body["question"],
            chosen=body["chosen"],
            received_at=moment,
        )
    return _told(given)


def attempt_now(session: Session, member: UUID, attempt: UUID, moment: datetime) -> dict[str, Any]:
    """Return an attempt with its next question, stored as shown at ``moment`` if it is new."""
    shown = operations.show_question(session, member=member, attempt=attempt, now=moment)
    view = queries.attempt_of(session, member, attempt)
    return {
        "id": view.id,
        "quiz": view.quiz,
        "quiz_version": view.quiz_version,
        "number": view.number,
        "started_at": view.started_at,
        "finished_at": view.finished_at,
        "score_ppm": view.score_ppm,
        "answers": [_told(one) for one in view.answers],
        "current": shown,
    }


def _told(given: Answered) -> dict[str, Any]:
    return {
        "position": given.position,
        "question": given.question.id,
        "chosen": list(given.chosen),
        "score_ppm": given.score_ppm,
        "response_ms": given.response_ms,
        "answered_at": given.answered_at,
        "correct": sorted(given.key.correct),
        "explanation": given.key.explanation,
        "source": given.key.source,
    }
