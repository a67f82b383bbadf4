"""From rows to values: the one place that decides what of a question its member may see."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from psot.learning import catalogue
from psot.learning.models import Answer, Attempt
from psot.learning.values import Answered, AttemptView


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
        questions=tuple(row.questions),
        started_at=row.started_at,
        answers=tuple(answered_view(row, one) for one in given),
        finished_at=row.finished_at,
        score_ppm=row.score_ppm,
    )


def answered_view(row: Attempt, stored: Answer, *, repeated: bool = False) -> Answered:
    """Return a stored answer with its key. Raises ValueError for a question not yet answered."""
    if (
        stored.answered_at is None
        or stored.score_ppm is None
        or stored.response_ms is None
        or stored.nth is None
        or stored.chosen is None
    ):
        raise ValueError(f"question {stored.question} is not answered")
    question = catalogue.question(stored.question)
    return Answered(
        attempt=row.id,
        position=stored.position,
        of=len(row.questions),
        question=question.public(row.seed),
        chosen=tuple(stored.chosen),
        key=question.key(),
        score_ppm=stored.score_ppm,
        response_ms=stored.response_ms,
        nth=stored.nth,
        answered_at=stored.answered_at,
        repeated=repeated,
    )
