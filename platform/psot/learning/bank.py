"""What learning asks of the library: topics, quizzes, questions in the version wanted."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from content.quiz import Act, Question, Quiz
from psot.learning.errors import UnknownQuestion
from psot.library import queries as library
from psot.library.errors import UnknownDocument
from psot.library.values import FileView, TopicView

LANGUAGE = "ru"
"""Of questions, where no pack is loaded."""


def topics(session: Session) -> Mapping[str, TopicView]:
    """Return the topics by their ids, in their order."""
    return library.topics(session)


def quiz(session: Session, slug: str) -> Quiz | None:
    """Return the quiz called ``slug``, or None."""
    return library.quiz(session, slug)


def quizzes(session: Session) -> Mapping[str, Quiz]:
    """Return the quizzes by their slugs."""
    return library.quizzes(session)


def question(session: Session, id_: str, version: int | None = None) -> Question:
    """Return question ``id_``, its key included, as it was in ``version`` (None: now).

    Raises UnknownQuestion.
    """
    try:
        return library.question(session, id_, version)
    except UnknownDocument as error:
        raise UnknownQuestion(_("There is no such question."), subject=id_) from error


def published(session: Session) -> dict[str, Question]:
    """Return the questions that may be asked now, by id."""
    return {one.id: one for one in library.questions(session)}


def questions(
    session: Session,
    *,
    topics: Collection[str] = (),
    kinds: Collection[str] = (),
    difficulties: Collection[int] = (),
) -> list[Question]:
    """Return the questions that may be asked; an empty filter lets everything pass."""
    return library.questions(
        session, topics=list(topics), kinds=list(kinds), difficulties=list(difficulties)
    )


def picture(session: Session, name: str) -> FileView | None:
    """Return the picture called ``name``, or None."""
    return library.file(session, name)


def language(session: Session) -> str:
    """Return the language of the questions, such as ``ru``."""
    packs: Iterable[Any] = library.packs(session).values()
    return next((one.language for one in packs), LANGUAGE)


def past_act(session: Session, asked: Question, today: date) -> Act | None:
    """Return the act that ``asked`` rests on where it is past its date on ``today``."""
    acts = library.acts(session)
    named = acts.get(asked.source.act_id) or next(
        (one for one in acts.values() if one.title.ru == asked.source.act), None
    )
    return named if named is not None and named.is_past(today) else None
