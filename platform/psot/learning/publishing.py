"""Put quizzes on the page and take them off; every change is a fact."""

from datetime import datetime
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from events.learning import QuizPublished, QuizWithdrawn
from psot.learning import bank
from psot.learning.errors import AlreadyPublished, NotPublished, UnknownQuiz
from psot.learning.models import Publication
from psot.ledger import append


def publish_quiz(session: Session, *, slug: str, editor: UUID | None, now: datetime) -> Publication:
    """Put the quiz on the page in its present version; an older published one gives way to it.

    Raises UnknownQuiz, and AlreadyPublished where this very version is on the page.
    """
    quiz = bank.quiz(session, slug)
    if quiz is None:
        raise UnknownQuiz(_("There is no such quiz."), subject=slug)
    standing = _standing(session, slug)
    if standing is not None:
        if standing.version == quiz.version:
            raise AlreadyPublished(_("This quiz is published already."), subject=slug)
        _withdraw(session, standing, editor=editor, now=now)
    made = Publication(
        quiz=slug,
        version=quiz.version,
        questions=list(quiz.questions),
        published_at=now,
        published_by=editor,
    )
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError as error:  # another editor was a moment faster
        raise AlreadyPublished(_("This quiz is published already."), subject=slug) from error
    fact = QuizPublished(
        editor=editor, quiz=slug, version=quiz.version, questions=tuple(quiz.questions)
    )
    append(session, fact, key=f"{slug}:{made.id}", occurred_at=now)
    return made


def withdraw_quiz(
    session: Session, *, slug: str, editor: UUID | None, now: datetime
) -> Publication:
    """Take the quiz off the page; attempts begun can be finished. Raises NotPublished."""
    standing = _standing(session, slug)
    if standing is None:
        raise NotPublished(_("This quiz is not published."), subject=slug)
    _withdraw(session, standing, editor=editor, now=now)
    return standing


def _standing(session: Session, slug: str) -> Publication | None:
    return session.scalar(
        select(Publication)
        .where(Publication.quiz == slug, Publication.withdrawn_at.is_(None))
        .with_for_update()
    )


def _withdraw(
    session: Session, standing: Publication, *, editor: UUID | None, now: datetime
) -> None:
    standing.withdrawn_at = now
    standing.withdrawn_by = editor
    session.flush()
    fact = QuizWithdrawn(editor=editor, quiz=standing.quiz, version=standing.version)
    append(session, fact, key=f"{standing.quiz}:{standing.id}", occurred_at=now)
