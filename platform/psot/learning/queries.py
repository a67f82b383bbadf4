"""What others may read of learning."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, func, or_, select, text
from sqlalchemy.orm import Session

from content.quiz import PublicQuestion
from psot.learning import bank, sets
from psot.learning.errors import NotShown, UnknownAttempt
from psot.learning.models import Answer, Attempt, Publication
from psot.learning.modes import Mode
from psot.learning.reading import attempt_view
from psot.learning.values import (
    AttemptView,
    OfferedSet,
    PastAttempt,
    QuestionSet,
    Result,
    Shelf,
    Standing,
    TopicResult,
)
from psot.library import queries as library

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


def offered(
    session: Session,
    *,
    member: UUID | None = None,
    search: str = "",
    topic: str = "",
    mode: str = "",
    state: str = "",
) -> list[OfferedSet]:
    """Return what can be taken: quizzes on the page, the newest first, then sets of topics.

    ``search`` is looked for in titles and introductions of both languages; ``topic``, ``mode`` and
    ``state`` (see `OfferedSet.state`) narrow further; empty: all.
    """
    mine = _mine(session, member)
    found = [
        OfferedSet(set=one, standing=mine.get(one.slug, Standing()))
        for one in (*sets.published(session), *sets.of_topics(session, topic))
        if (not topic or one.topic == topic)
        and (not mode or one.mode == mode)
        and _matches(one, search)
    ]
    return [one for one in found if not state or one.state == state]


def published(
    session: Session, *, member: UUID | None = None, search: str = "", topic: str = ""
) -> list[OfferedSet]:
    """Return the quizzes on the page, the newest first, with the state of ``member`` in each."""
    mine = _mine(session, member)
    return [
        OfferedSet(set=one, standing=mine.get(one.slug, Standing()))
        for one in sets.published(session)
        if (not topic or one.topic == topic) and _matches(one, search)
    ]


def one_offered(session: Session, slug: str, *, member: UUID | None = None) -> OfferedSet:
    """Return a set that can be taken. Raises UnknownQuiz."""
    found = sets.find(session, slug)
    return OfferedSet(set=found, standing=_mine(session, member).get(slug, Standing()))


def attempt_of(session: Session, member: UUID, attempt: UUID) -> AttemptView:
    """Return an attempt of ``member`` with the answers given. Raises UnknownAttempt."""
    return attempt_view(session, _attempt(session, member, attempt))


def question_shown(session: Session, member: UUID, attempt: UUID, question: str) -> PublicQuestion:
    """Return a question of an attempt as it was shown, without its key.

    Raises UnknownAttempt, NotShown.
    """
    row = _attempt(session, member, attempt)
    stored = session.scalar(
        select(Answer).where(Answer.attempt_id == row.id, Answer.question == question)
    )
    if stored is None:
        raise NotShown(_("This question is not on your screen now."), subject=question)
    return bank.question(session, question, stored.question_version).public(row.seed)


def past_attempts(session: Session, member: UUID, slug: str) -> list[PastAttempt]:
    """Return the finished attempts of ``member`` at a set, the newest first."""
    query = select(Attempt).where(
        Attempt.member == member, Attempt.quiz == slug, Attempt.finished_at.is_not(None)
    )
    return _past(session, query.order_by(Attempt.number.desc()))


def history(
    session: Session, member: UUID, *, mode: str = "", limit: int = 25, offset: int = 0
) -> list[PastAttempt]:
    """Return the finished attempts of ``member`` in which something was answered, newest first."""
    query = select(Attempt).where(Attempt.member == member, Attempt.finished_at.is_not(None))
    if mode:
        query = query.where(Attempt.mode == mode)
    return _past(session, query.order_by(Attempt.started_at.desc()).limit(limit).offset(offset))


def open_attempts(session: Session, member: UUID, now: datetime) -> list[AttemptView]:
    """Return the attempts of ``member`` that can be gone on with, the newest first."""
    rows = session.scalars(
        select(Attempt)
        .where(
            Attempt.member == member,
            Attempt.finished_at.is_(None),
            or_(Attempt.ends_at.is_(None), Attempt.ends_at > now),
        )
        .order_by(Attempt.started_at.desc())
    )
    return [attempt_view(session, row) for row in rows]


def result_of(session: Session, member: UUID, attempt: UUID) -> Result:
    """Return what an attempt came to, topic by topic. Raises UnknownAttempt."""
    row = _attempt(session, member, attempt)
    view = attempt_view(session, row)
    judged = {one.question.id: one for one in view.answers}
    asked = [bank.question(session, id_, version) for id_, version in view.asked]
    counted = [one for one in asked if one.id in judged or view.sealed]
    scores: dict[str, list[int]] = {}
    for one in counted:
        given = judged.get(one.id)
        scores.setdefault(one.topic, []).append(given.score_ppm if given else 0)
    order = list(bank.topics(session))
    topics = [
        TopicResult(topic=topic, asked=len(each), score_ppm=sum(each) // len(each))
        for topic, each in scores.items()
    ]
    topics.sort(key=lambda one: (one.score_ppm, order.index(one.topic)))
    left = [one.public(row.seed) for one in counted if one.id not in judged]
    return Result(attempt=view, topics=tuple(topics), unanswered=tuple(left))


def shelf(session: Session) -> list[Shelf]:
    """Return every quiz that could be published, with its publications: the editor's view."""
    rows: dict[str, list[Publication]] = {}
    for row in session.scalars(select(Publication).order_by(Publication.published_at.desc())):
        rows.setdefault(row.quiz, []).append(row)
    return [
        Shelf(quiz=quiz, history=tuple(rows.get(slug, ())))
        for slug, quiz in bank.quizzes(session).items()
    ]


def quizzes_on_page(session: Session) -> set[str]:
    """Return the slugs of the quizzes on the page."""
    query = select(Publication.quiz).where(Publication.withdrawn_at.is_(None))
    return set(session.scalars(query))


def question_texts(session: Session, ids: Iterable[str]) -> dict[str, str]:
    """Return what each of the questions ``ids`` asks, without its key; unknown ones are absent."""
    return library.question_texts(session, list(ids))


def content_language(session: Session) -> str:
    """Return the language in which questions are written, such as ``ru``."""
    return bank.language(session)


def _attempt(session: Session, member: UUID, attempt: UUID) -> Attempt:
    row = session.scalar(select(Attempt).where(Attempt.id == attempt, Attempt.member == member))
    if row is None:
        raise UnknownAttempt(_("There is no such attempt."), subject=str(attempt))
    return row


def _past(session: Session, query: Select[Any]) -> list[PastAttempt]:
    rows: list[Attempt] = list(session.scalars(query))
    counted = session.execute(
        select(Answer.attempt_id, func.count().label("number"))
        .where(Answer.attempt_id.in_([row.id for row in rows]), Answer.answered_at.is_not(None))
        .group_by(Answer.attempt_id)
    )
    answered = {row.attempt_id: row.number for row in counted}
    return [
        PastAttempt(
            id=row.id,
            number=row.number,
            finished_at=row.finished_at,
            score_ppm=row.score_ppm or 0,
            quiz=row.quiz,
            mode=Mode(row.mode),
            pass_ppm=row.pass_ppm,
            asked=len(row.questions),
            answered=answered.get(row.id, 0),
        )
        for row in rows
        if row.finished_at is not None
    ]


def _mine(session: Session, member: UUID | None) -> dict[str, Standing]:
    if member is None:
        return {}
    rows = session.execute(_MINE, {"member": member}).mappings()
    return {
        row["quiz"]: Standing(
            open_attempt=UUID(row["open_attempt"]) if row["open_attempt"] else None,
            answered=row["answered"],
            attempts=row["attempts"],
            best_ppm=row["best_ppm"],
        )
        for row in rows
    }


def _matches(one: QuestionSet, search: str) -> bool:
    words = search.casefold().split()
    names = (one.title.ru, one.title.en, one.intro.ru, one.intro.en)
    whole = " ".join(names).casefold()
    return all(word in whole for word in words)
