"""From rows to values: the one place that decides what of a question its member may see."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.quiz import grade
from psot.learning import bank
from psot.learning.models import Answer, Attempt
from psot.learning.modes import RULES, Mode
from psot.learning.values import Answered, AttemptView, Given


def attempt_view(session: Session, row: Attempt) -> AttemptView:
    """Return the attempt with the answers given so far."""
    given = session.scalars(
        select(Answer)
        .where(Answer.attempt_id == row.id, Answer.answered_at.is_not(None))
        .order_by(Answer.position)
    )
    return AttemptView(
        id=row.id,
        quiz=row.quiz,
        quiz_version=row.quiz_version,
        number=row.number,
        mode=Mode(row.mode),
        asked=tuple((id_, version) for id_, version in row.questions),
        started_at=row.started_at,
        given=tuple(given_view(session, row, one) for one in given),
        ends_at=row.ends_at,
        pass_ppm=row.pass_ppm,
        finished_at=row.finished_at,
        score_ppm=row.score_ppm,
    )


def given_view(session: Session, row: Attempt, stored: Answer, *, repeated: bool = False) -> Given:
    """Return a stored answer, with its key where the attempt is not sealed or over.

    Raises ValueError for a question not yet answered.
    """
    if stored.answered_at is None or stored.response_ms is None:
        raise ValueError(f"question {stored.question} is not answered")
    sealed = RULES[Mode(row.mode)].sealed
    if not sealed or row.finished_at is not None:
        return _answered(session, row, stored, sealed=sealed, repeated=repeated)
    question = bank.question(session, stored.question, stored.question_version)
    return Given(
        attempt=row.id,
        position=stored.position,
        of=len(row.questions),
        question=question.public(row.seed),
        response=stored.response,
        response_ms=stored.response_ms,
        answered_at=stored.answered_at,
        sealed=sealed,
        repeated=repeated,
    )


def _answered(
    session: Session, row: Attempt, stored: Answer, *, sealed: bool, repeated: bool
) -> Answered:
    if (
        stored.answered_at is None
        or stored.score_ppm is None
        or stored.response_ms is None
        or stored.nth is None
    ):
        raise ValueError(f"question {stored.question} is not answered")
    question = bank.question(session, stored.question, stored.question_version)
    judged = grade(question, stored.response)
    return Answered(
        attempt=row.id,
        position=stored.position,
        of=len(row.questions),
        question=question.public(row.seed),
        response=stored.response,
        asked=question,
        score_ppm=stored.score_ppm,
        response_ms=stored.response_ms,
        nth=stored.nth,
        answered_at=stored.answered_at,
        parts={one.id: one.score_ppm for one in judged.parts},
        sealed=sealed,
        repeated=repeated,
    )
