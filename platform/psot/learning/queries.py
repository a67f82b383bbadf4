"""What others may read of learning."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from content.quiz import Quiz
from psot.learning import catalogue
from psot.learning.errors import UnknownAttempt, UnknownQuiz
from psot.learning.models import Answer, Attempt, Publication
from psot.learning.reading import attempt_view
from psot.learning.values import AttemptView, PastAttempt, PublishedQuiz, Shelf

_MINE = text(
    """
    SELECT a.quiz, max(a.id::text) FILTER (WHERE a.finished_at IS NULL) AS open_attempt,
           count(*) FILTER (WHERE a.finished_at IS NOT NULL) AS attempts,
           max(a.score_ppm) AS best_ppm,
           coalesce(sum((SELECT count(*) FROM learning_answers n
                         WHERE n.attempt_id = a.id AND n.answered_at IS NOT NULL))
                    FILTER (WHERE a.finished_at IS NULL), 0)::int AS answered
    FROM learning_attempts a WHERE a.member = :member GROUP BY a.quiz
    """
)
_NOTHING: Mapping[str, Any] = {}


def published(
    session: Session, *, member: UUID | None = None, search: str = "", topic: str = ""
) -> list[PublishedQuiz]:
    """Return the quizzes on the page, the newest first, with the state of ``member`` in each.

    ``search`` is looked for in titles and introductions of both languages, ``topic`` is a topic's
    id; empty: all.
    """
    standing = session.scalars(
        select(Publication)
        .where(Publication.withdrawn_at.is_(None))
        .order_by(Publication.published_at.desc(), Publication.quiz)
    )
    mine = _mine(session, member)
    found = []
    for row in standing:
        quiz = catalogue.quiz(row.quiz)
        if quiz is not None and _matches(quiz, search, topic):
            found.append(_published(quiz, row, mine.get(row.quiz, _NOTHING)))
    return found


def published_quiz(session: Session, slug: str, *, member: UUID | None = None) -> PublishedQuiz:
    """Return a quiz on the page. Raises UnknownQuiz."""
    quiz = catalogue.quiz(slug)
    row = session.scalar(
        select(Publication).where(Publication.quiz == slug, Publication.withdrawn_at.is_(None))
    )
    if quiz is None or row is None:
        raise UnknownQuiz(_("There is no such quiz."), subject=slug)
    return _published(quiz, row, _mine(session, member).get(slug, _NOTHING))


def attempt_of(session: Session, member: UUID, attempt: UUID) -> AttemptView:
    """Return an attempt of ``member`` with the answers given. Raises UnknownAttempt."""
    row = session.scalar(select(Attempt).where(Attempt.id == attempt, Attempt.member == member))
    if row is None:
        raise UnknownAttempt(_("There is no such attempt."), subject=str(attempt))
    return attempt_view(session, row)


def past_attempts(session: Session, member: UUID, slug: str) -> list[PastAttempt]:
    """Return the finished attempts of ``member`` at a quiz, the newest first."""
    rows = session.scalars(
        select(Attempt)
        .where(Attempt.member == member, Attempt.quiz == slug, Attempt.finished_at.is_not(None))
        .order_by(Attempt.number.desc())
    )
    return [
        PastAttempt(
            id=row.id,
            number=row.number,
            finished_at=row.finished_at,
            score_ppm=row.score_ppm or 0,
        )
        for row in rows
        if row.finished_at is not None
    ]


def shelf(session: Session) -> list[Shelf]:
    """Return every quiz that could be published, with its publications: the editor's view."""
    rows: dict[str, list[Publication]] = {}
    for row in session.scalars(select(Publication).order_by(Publication.published_at.desc())):
        rows.setdefault(row.quiz, []).append(row)
    return [
        Shelf(quiz=quiz, history=tuple(rows.get(slug, ())))
        for slug, quiz in catalogue.pack().quizzes.items()
    ]


def quizzes_count(session: Session) -> int:
    """Return how many quizzes are on the page."""
    query = select(func.count()).where(Publication.withdrawn_at.is_(None))
    return session.scalar(query.select_from(Publication)) or 0


def answers_count(session: Session) -> int:
    """Return how many answers were ever given; walks over all of them."""
    query = select(func.count()).select_from(Answer).where(Answer.answered_at.is_not(None))
    return session.scalar(query) or 0


def question_texts(ids: Iterable[str]) -> dict[str, str]:
    """Return what each of the questions ``ids`` asks, without its key; unknown ones are absent."""
    known = catalogue.pack().questions
    return {one: known[one].text for one in ids if one in known}


def content_language() -> str:
    """Return the language in which questions are written, such as ``ru``."""
    return catalogue.pack().language


def _mine(session: Session, member: UUID | None) -> dict[str, Mapping[str, Any]]:
    if member is None:
        return {}
    rows = session.execute(_MINE, {"member": member}).mappings()
    return {row["quiz"]: dict(row) for row in rows}


def _published(quiz: Quiz, row: Publication, mine: Mapping[str, Any]) -> PublishedQuiz:
    open_attempt = mine.get("open_attempt")
    return PublishedQuiz(
        quiz=quiz,
        version=row.version,
        questions=tuple(row.questions),
        published_at=row.published_at,
        open_attempt=UUID(open_attempt) if open_attempt else None,
        answered=mine.get("answered", 0),
        attempts=mine.get("attempts", 0),
        best_ppm=mine.get("best_ppm"),
    )


def _matches(quiz: Quiz, search: str, topic: str) -> bool:
    if topic and quiz.topic != topic:
        return False
    words = search.casefold().split()
    names = (quiz.title.ru, quiz.title.en, quiz.intro.ru, quiz.intro.en)
    whole = " ".join(names).casefold()
    return all(word in whole for word in words)
