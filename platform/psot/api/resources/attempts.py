"""Attempts: the question shown now, and answers. The key leaves only with a stored answer."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from psot.api import scopes
from psot.api.contract import operation
from psot.api.identity import caller
from psot.api.schemas.attempts import AnswerBody, AnsweredSchema, AttemptSchema, StartBody
from psot.api.words import N_
from psot.clock import now
from psot.database import transaction
from psot.learning import operations, queries, sets
from psot.learning.modes import Mode
from psot.learning.values import Answered, Given

JUDGED = ("score_ppm", "parts", "solution", "solution_text", "explanation", "why", "source")


@operation(
    "/attempts/<uuid:attempt>",
    group="attempts",
    summary=N_("An attempt and its current question"),
    about=N_(
        "The first time a question is given here it counts as shown, and its time begins to run."
    ),
    answer=AttemptSchema,
    scope=scopes.ANSWER,
    errors=(404, 409),
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
        " is a conflict, and the first stands. In a check nothing is told of an answer before the"
        " end, and after the end of its time no answer is taken."
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
            response=body["response"],
            received_at=moment,
        )
    return _told(given)


@operation(
    "/attempts",
    group="attempts",
    method="POST",
    status=201,
    summary=N_("Start a practice, a check or a placement"),
    about=N_("Gives an unfinished attempt back. While a check is under way nothing else begins."),
    answer=AttemptSchema,
    body=StartBody,
    scope=scopes.ANSWER,
    errors=(404, 409),
)
def start_mode(body: dict[str, Any]) -> dict[str, Any]:
    """Begin an attempt at a set of a topic or at the placement, and show its first question."""
    member, moment = caller(), now()
    mode = Mode(body["mode"])
    of_all = mode is Mode.PLACEMENT and "topic" not in body
    slug = sets.PLACEMENT if of_all else sets.slug_of(body.get("topic", ""), mode)
    with transaction() as session:
        begun = operations.start_attempt(session, member=member.id, slug=slug, now=moment)
        return attempt_now(session, member.id, begun.id, moment)


@operation(
    "/attempts/<uuid:attempt>/stop",
    group="attempts",
    method="POST",
    summary=N_("End an attempt"),
    about=N_("What is answered counts; in a check what is not answered counts as wrong."),
    answer=AttemptSchema,
    scope=scopes.ANSWER,
    errors=(404,),
)
def stop_attempt(attempt: UUID) -> dict[str, Any]:
    """End an attempt of the caller with what is answered."""
    member, moment = caller(), now()
    with transaction() as session:
        operations.stop_attempt(session, member=member.id, attempt=attempt, now=moment)
        return attempt_now(session, member.id, attempt, moment)


def attempt_now(session: Session, member: UUID, attempt: UUID, moment: datetime) -> dict[str, Any]:
    """Return an attempt with its next question, stored as shown at ``moment`` if it is new."""
    shown = operations.show_question(session, member=member, attempt=attempt, now=moment)
    view = queries.attempt_of(session, member, attempt)
    return {
        "id": view.id,
        "quiz": view.quiz,
        "quiz_version": view.quiz_version,
        "mode": view.mode.value,
        "number": view.number,
        "questions": len(view.asked),
        "started_at": view.started_at,
        "ends_at": view.ends_at,
        "finished_at": view.finished_at,
        "score_ppm": view.score_ppm,
        "passed": view.passed,
        "answers": [_told(one) for one in view.given],
        "current": shown,
    }


def _told(given: Given) -> dict[str, Any]:
    return {
        "position": given.position,
        "question": given.question.id,
        "response": given.response,
        "response_ms": given.response_ms,
        "answered_at": given.answered_at,
        **(_judged(given) if isinstance(given, Answered) else dict.fromkeys(JUDGED)),
    }


def _judged(given: Answered) -> dict[str, Any]:
    key = given.key
    return {
        "score_ppm": given.score_ppm,
        "parts": given.parts,
        "solution": key.solution,
        "solution_text": list(key.solution_text),
        "explanation": key.explanation,
        "why": key.why,
        "source": key.source,
    }
