"""Every write of learning. Each takes the session first and never commits.

A question is stored as shown before it is shown, an answer is stored before its key leaves, and
both are told to the ledger in the transaction that stores them.
"""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from content.quiz import InvalidChoice, canonical, grade
from events.learning import AttemptFinished, AttemptStarted, QuestionAnswered
from psot.learning import catalogue
from psot.learning.errors import (
    AnswerStands,
    ChoiceInvalid,
    NotShown,
    UnknownAttempt,
    UnknownQuiz,
)
from psot.learning.models import Answer, Attempt, Publication
from psot.learning.publishing import publish_quiz, withdraw_quiz
from psot.learning.reading import answered_view, attempt_view
from psot.learning.values import Answered, AttemptView, Shown
from psot.ledger import append
from scoring.rating import season_mean_ppm

__all__ = ["answer", "publish_quiz", "show_question", "start_attempt", "withdraw_quiz"]

_MILLISECOND = timedelta(milliseconds=1)

# One member at a time: then counting a member's answers and attempts cannot go wrong.
_LOCK = text("SELECT pg_advisory_xact_lock(hashtext('psot.learning'), hashtext(:member))")


def start_attempt(session: Session, *, member: UUID, slug: str, now: datetime) -> AttemptView:
    """Begin an attempt at a published quiz, or give the member's unfinished one back.

    Raises UnknownQuiz for a quiz that is not on the page.
    """
    session.execute(_LOCK, {"member": str(member)})
    unfinished = session.scalar(
        select(Attempt).where(
            Attempt.member == member, Attempt.quiz == slug, Attempt.finished_at.is_(None)
        )
    )
    if unfinished is not None:
        return attempt_view(session, unfinished)
    publication = session.scalar(
        select(Publication).where(Publication.quiz == slug, Publication.withdrawn_at.is_(None))
    )
    if publication is None:
        raise UnknownQuiz(_("There is no such quiz."), subject=slug)
    before = session.scalar(
        select(func.max(Attempt.number)).where(Attempt.member == member, Attempt.quiz == slug)
    )
    made = Attempt(
        member=member,
        quiz=slug,
        quiz_version=publication.version,
        number=(before or 0) + 1,
        questions=publication.questions,
        seed=secrets.token_hex(8),
        started_at=now,
    )
    session.add(made)
    session.flush()
    fact = AttemptStarted(
        member=member,
        attempt=made.id,
        quiz=slug,
        quiz_version=made.quiz_version,
        number=made.number,
    )
    append(session, fact, key=str(made.id), occurred_at=now)
    return attempt_view(session, made)


def show_question(session: Session, *, member: UUID, attempt: UUID, now: datetime) -> Shown | None:
    """Store the next question of the attempt as shown and return it without its key.

    The first showing counts: a reload or another device gets the same question and the same
    moment. None when every question is answered. Raises UnknownAttempt.
    """
    row = _own(session, member, attempt)
    position = len(_answers(session, row)) + 1
    if position > len(row.questions):
        return None
    question = catalogue.question(row.questions[position - 1])
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
    elif stored.question_version != question.version:
        # The text was corrected between showing and answering: it is a new question to read.
        stored.question_version = question.version
        stored.shown_at = now
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
    chosen: Collection[str],
    received_at: datetime,
) -> Answered:
    """Judge and store the answer to the question shown; returns it together with the key.

    The same answer again gets the first result back. Raises AnswerStands for another answer to an
    answered question, NotShown, ChoiceInvalid and UnknownAttempt.
    """
    session.execute(_LOCK, {"member": str(member)})
    row = _own(session, member, attempt)
    stored = session.scalar(
        select(Answer).where(Answer.attempt_id == row.id, Answer.question == question)
    )
    if stored is None:
        raise NotShown(_("This question is not on your screen now."), subject=question)
    picked = sorted(set(chosen))
    if stored.answered_at is not None:
        if picked != stored.chosen:
            raise AnswerStands(_("You answered this question before, otherwise."), subject=question)
        return answered_view(row, stored, repeated=True)
    asked = catalogue.question(question)
    if asked.version != stored.question_version:
        raise NotShown(_("This question has just been corrected."), subject=question)
    try:
        judged = grade(asked, picked)
    except InvalidChoice as error:
        message = _("Choose an answer.") if not picked else _("Choose from the options shown.")
        fields = {"chosen": [str(message)]}
        raise ChoiceInvalid(message, subject=question, fields=fields) from error
    stored.nth = 1 + _answers_before(session, member, question)
    stored.chosen = picked
    stored.score_ppm = judged.score_ppm
    stored.answered_at = received_at
    stored.response_ms = max(0, (received_at - stored.shown_at) // _MILLISECOND)
    session.flush()
    _tell(session, row, stored)
    if stored.position == len(row.questions):
        _finish(session, row, received_at)
    return answered_view(row, stored)


def _tell(session: Session, attempt: Attempt, stored: Answer) -> None:
    given = answered_view(attempt, stored)
    fact = QuestionAnswered(
        member=attempt.member,
        attempt=attempt.id,
        quiz=attempt.quiz,
        mode="practice",
        question=stored.question,
        question_version=stored.question_version,
        nth=given.nth,
        score_ppm=given.score_ppm,
        response=canonical(list(given.chosen)),
        response_ms=given.response_ms,
    )
    key = f"{attempt.id}:{stored.question}"
    append(session, fact, key=key, occurred_at=given.answered_at)


def _finish(session: Session, attempt: Attempt, now: datetime) -> None:
    scores = [one.score_ppm or 0 for one in _answers(session, attempt)]
    attempt.finished_at = now
    attempt.score_ppm = season_mean_ppm(scores) or 0
    session.flush()
    fact = AttemptFinished(
        member=attempt.member, attempt=attempt.id, quiz=attempt.quiz, score_ppm=attempt.score_ppm
    )
    append(session, fact, key=str(attempt.id), occurred_at=now)


def _own(session: Session, member: UUID, attempt: UUID) -> Attempt:
    row = session.scalar(
        select(Attempt).where(Attempt.id == attempt, Attempt.member == member).with_for_update()
    )
    if row is None:
        raise UnknownAttempt(_("There is no such attempt."), subject=str(attempt))
    return row


def _answers(session: Session, attempt: Attempt) -> list[Answer]:
    return list(
        session.scalars(
            select(Answer).where(Answer.attempt_id == attempt.id, Answer.answered_at.is_not(None))
        )
    )


def _answers_before(session: Session, member: UUID, question: str) -> int:
    query = select(func.count()).where(
        Answer.member == member, Answer.question == question, Answer.answered_at.is_not(None)
    )
    return session.scalar(query) or 0
