"""Rows of the community under their locks, and what the search has of them.

Whoever changes a question or one of its answers holds the lock of the question.
"""

from typing import Final
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from psot.community.errors import UnknownAnswer, UnknownThread
from psot.community.models import Answer, Thread
from psot.library import search

KIND: Final = "thread"
"""What questions of the community are called in the search."""
LANGUAGE: Final = "ru"
STEPS: Final = 10
"""Doubles followed at most: merging keeps every way one step long."""


def locked(session: Session, thread: UUID) -> Thread:
    """Return a question under its lock, whatever became of it. Raises UnknownThread."""
    row = session.get(Thread, thread, with_for_update=True, populate_existing=True)
    if row is None:
        raise UnknownThread(_("There is no such question."), subject=str(thread))
    return row


def thread_on_page(session: Session, thread: UUID) -> Thread:
    """Return a question on the page under its lock, for a double the one it leads to.

    Raises UnknownThread.
    """
    row = locked(session, thread)
    for _step in range(STEPS):
        if row.merged_into is None:
            break
        row = locked(session, row.merged_into)
    if row.down_at is not None:
        raise UnknownThread(_("There is no such question."), subject=str(thread))
    return row


def answer_on_page(session: Session, thread: UUID, answer: UUID) -> tuple[Thread, Answer]:
    """Return a question under its lock with an answer to it.

    Raises UnknownThread, UnknownAnswer.
    """
    asked = thread_on_page(session, thread)
    row = any_answer(session, asked, answer)
    if row.down_at is not None:
        raise UnknownAnswer(_("There is no such answer."), subject=str(answer))
    return asked, row


def any_answer(session: Session, asked: Thread, answer: UUID) -> Answer:
    """Return an answer to ``asked``, on the page or not. Raises UnknownAnswer."""
    row = session.get(Answer, answer, populate_existing=True)
    if row is None or row.thread != asked.id:
        raise UnknownAnswer(_("There is no such answer."), subject=str(answer))
    return row


def recount(session: Session, thread: Thread) -> None:
    """Bring what a question says of its answers up to them."""
    rows = answers_on_page(session, thread.id)
    others = [one.given_at for one in rows if one.author != thread.author]
    thread.answers = len(rows)
    thread.active_at = max([thread.asked_at, *(one.given_at for one in rows)])
    thread.answered_at = max(others, default=None)
    if thread.accepted not in {one.id for one in rows}:
        thread.accepted, thread.accepted_at, thread.expert = None, None, False


def answers_on_page(session: Session, thread: UUID) -> list[Answer]:
    """Return the answers on the page in the order they were given."""
    found = select(Answer).where(Answer.thread == thread, Answer.down_at.is_(None))
    return list(session.scalars(found.order_by(Answer.given_at, Answer.id)))


def index(session: Session, thread: Thread) -> None:
    """Let the search find a question and its answers, as far as they are on the page."""
    name = str(thread.id)
    search.remove(session, [(KIND, name)])
    if thread.down_at is not None or thread.merged_into is not None:
        return
    passages = [("", thread.title, thread.text)]
    passages += [
        (f"answer-{one.id}", thread.title, one.text) for one in answers_on_page(session, thread.id)
    ]
    search.index(session, KIND, name, LANGUAGE, thread.topic or None, passages)
