"""Every write of learning. Each takes the session first and never commits.

A question is stored as shown before it is shown, an answer is stored before its key leaves. An
answer is told to the ledger in the transaction that stores it; those of a sealed attempt in the one
that ends it, so that no figure tells beforehand what was right.
"""

from datetime import datetime, timedelta
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.quiz import Grade, InvalidChoice, Question, Refusal, Response, canonical, grade
from psot.learning import bank
from psot.learning.attempts import (
    answers_of,
    finish,
    finish_overdue,
    is_over,
    lock,
    nothing_sealed_meanwhile,
    own,
    start_attempt,
    start_set,
    stop_attempt,
    tell,
)
from psot.learning.errors import AnswerStands, ChoiceInvalid, NotShown, TimeIsUp
from psot.learning.models import Answer
from psot.learning.modes import RULES, Mode
from psot.learning.publishing import publish_quiz, withdraw_quiz
from psot.learning.reading import given_view
from psot.learning.responses import settled
from psot.learning.values import Given, Shown

__all__ = [
    "answer",
    "finish_overdue",
    "publish_quiz",
    "show_question",
    "start_attempt",
    "start_set",
    "stop_attempt",
    "withdraw_quiz",
]

_MILLISECOND = timedelta(milliseconds=1)

REFUSALS = {
    Refusal.NOTHING: _("Answer the question first."),
    Refusal.SHAPE: _("Answer the question first."),
    Refusal.UNKNOWN: _("Choose from what is shown."),
    Refusal.TOO_MANY: _("You chose more than was asked for."),
    Refusal.TOO_LONG: _("A few words are enough: this answer is too long."),
    Refusal.INCOMPLETE: _("Give every line its own place."),
    Refusal.NUMBER: _("Write a number, such as 12 or 1,5."),
}
"""What to say to somebody whose answer is none yet."""


def show_question(session: Session, *, member: UUID, attempt: UUID, now: datetime) -> Shown | None:
    """Store the next question of the attempt as shown and return it without its key.

    The first showing counts: a reload or another device gets the same question and the same
    moment. None when the attempt is over: an attempt whose time is up is ended here. Raises
    UnknownAttempt, and CheckRunning while a check other than this attempt is under way.
    """
    row = own(session, member, attempt)
    if is_over(row, now):
        if row.finished_at is None:
            finish(session, row, row.ends_at or now)
        return None
    nothing_sealed_meanwhile(session, member, now, but=row.id)
    position = len(answers_of(session, row)) + 1
    id_, version = row.questions[position - 1]
    question = bank.question(session, id_, version)
    stored = session.get(Answer, (row.id, position))
    if stored is None:
        stored = Answer(
            attempt_id=row.id,
            position=position,
            member=member,
            question=question.id,
            question_version=question.version,
            shown_at=now,
        )
        session.add(stored)
        session.flush()
    return Shown(
        attempt=row.id,
        position=position,
        of=len(row.questions),
        question=question.public(row.seed),
        shown_at=stored.shown_at,
    )


def answer(
    session: Session,
    *,
    member: UUID,
    attempt: UUID,
    question: str,
    response: Response,
    received_at: datetime,
) -> Given:
    """Judge and store the answer to the question shown; returns it, with the key where it is open.

    The same answer again gets the first result back. Raises AnswerStands for another answer to an
    answered question, TimeIsUp, NotShown, CheckRunning, ChoiceInvalid and UnknownAttempt.
    """
    lock(session, member)
    row = own(session, member, attempt)
    stored = session.scalar(
        select(Answer).where(Answer.attempt_id == row.id, Answer.question == question)
    )
    if stored is not None and stored.answered_at is not None:
        asked = bank.question(session, question, stored.question_version)
        if canonical(settled(asked, response)) != canonical(stored.response):
            raise AnswerStands(_("You answered this question before, otherwise."), subject=question)
        return given_view(session, row, stored, repeated=True)
    if is_over(row, received_at):
        raise TimeIsUp(_("The time is up: this answer does not count."), subject=str(row.id))
    if stored is None:
        raise NotShown(_("This question is not on your screen now."), subject=question)
    nothing_sealed_meanwhile(session, member, received_at, but=row.id)
    asked = bank.question(session, question, stored.question_version)
    plain = settled(asked, response)
    judged = _judge(asked, plain)
    stored.nth = 1 + _answers_before(session, member, question)
    stored.response = plain
    stored.score_ppm = judged.score_ppm
    stored.answered_at = received_at
    stored.response_ms = max(0, (received_at - stored.shown_at) // _MILLISECOND)
    session.flush()
    if not RULES[Mode(row.mode)].sealed:
        tell(session, row, stored)
    if stored.position == len(row.questions):
        finish(session, row, received_at)
    return given_view(session, row, stored)


def _judge(asked: Question, response: Response) -> Grade:
    try:
        return grade(asked, response)
    except InvalidChoice as error:
        message = REFUSALS[error.refusal]
        field = f"response.{error.part}" if error.part else "response"
        raise ChoiceInvalid(message, subject=asked.id, fields={field: [str(message)]}) from error


def _answers_before(session: Session, member: UUID, question: str) -> int:
    query = select(func.count()).where(
        Answer.member == member, Answer.question == question, Answer.answered_at.is_not(None)
    )
    return session.scalar(query) or 0
