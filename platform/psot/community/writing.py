"""Asking, answering, and changing what one wrote."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from events.community import PostChanged, ThreadAnswered, ThreadAsked
from psot.community.errors import BadPost, NotYours, PostDiffers, TooManyAnswers, UnknownThread
from psot.community.models import Answer, Thread, Wording
from psot.community.prose import one_line, paragraphs
from psot.community.rows import answer_on_page, index, thread_on_page
from psot.ledger import append
from psot.library import queries as library

TITLE: Final = (10, 160)
QUESTION: Final = (20, 5_000)
ANSWER: Final = (10, 5_000)
"""Characters of a text, from and to."""
MOST_ANSWERS: Final = 200
FREELY: Final = timedelta(minutes=15)
"""How long a post is changed without a mark."""


def ask(
    session: Session,
    *,
    id_: UUID,
    member: UUID,
    topic: str,
    title: str,
    text: str,
    now: datetime,
) -> UUID:
    """Put a question on the page under ``id_``; sent twice it is asked once.

    ``topic`` is "" for none. Raises BadPost naming the fields, PostDiffers where ``id_`` was
    something else.
    """
    title, text = one_line(title), paragraphs(text)
    _check(title=(title, TITLE), text=(text, QUESTION))
    _check_topic(session, topic)
    made = insert(Thread).values(
        id=id_,
        author=member,
        topic=topic,
        title=title,
        text=text,
        asked_at=now,
        active_at=now,
        seen_at=now,
    )
    if session.scalar(made.on_conflict_do_nothing().returning(Thread.id)) is None:
        known = session.get_one(Thread, id_)
        if (known.author, known.title, known.text) != (member, title, text):
            raise PostDiffers(_("This question was sent before with other words."))
        return id_
    append(
        session, ThreadAsked(member=member, thread=id_, topic=topic), key=str(id_), occurred_at=now
    )
    index(session, session.get_one(Thread, id_))
    return id_


def answer(
    session: Session, *, id_: UUID, thread: UUID, member: UUID, text: str, now: datetime
) -> UUID:
    """Put an answer under a question, or under the one its double leads to; returns that one's id.

    Sent twice it is given once. Raises UnknownThread, BadPost, TooManyAnswers, PostDiffers.
    """
    text = paragraphs(text)
    _check(text=(text, ANSWER))
    asked = thread_on_page(session, thread)
    if asked.answers >= MOST_ANSWERS:
        raise TooManyAnswers(_("This question has answers enough: ask a new one."))
    made = insert(Answer).values(id=id_, thread=asked.id, author=member, text=text, given_at=now)
    if session.scalar(made.on_conflict_do_nothing().returning(Answer.id)) is None:
        known = session.get_one(Answer, id_)
        if (known.author, known.text) != (member, text):
            raise PostDiffers(_("This answer was sent before with other words."))
        return known.thread
    asked.answers += 1
    asked.active_at = max(asked.active_at, now)
    if member != asked.author:
        asked.answered_at = max(asked.answered_at or now, now)
    fact = ThreadAnswered(member=member, thread=asked.id, answer=id_)
    append(session, fact, key=str(id_), occurred_at=now)
    session.flush()
    index(session, asked)
    return asked.id


def change_thread(
    session: Session,
    *,
    thread: UUID,
    member: UUID,
    topic: str,
    title: str,
    text: str,
    now: datetime,
) -> None:
    """Change one's own question: marked, and the words before kept, once 15 minutes have passed.

    Another topic alone leaves no mark. Raises UnknownThread, NotYours, BadPost.
    """
    title, text = one_line(title), paragraphs(text)
    row = thread_on_page(session, thread)
    _own(row, member)
    _check(title=(title, TITLE), text=(text, QUESTION))
    if topic != row.topic:
        _check_topic(session, topic)
    changed = (row.title, row.text) != (title, text)
    if changed and now - row.asked_at >= FREELY:
        _keep_wording(session, row, row.title, now)
        fact = PostChanged(member=member, thread=row.id, answer=None, nth=row.changes)
        append(session, fact, key=f"{row.id}:{row.changes}", occurred_at=now)
    row.title, row.text, row.topic = title, text, topic
    session.flush()
    index(session, row)


def change_answer(
    session: Session, *, thread: UUID, answer: UUID, member: UUID, text: str, now: datetime
) -> None:
    """Change one's own answer, as `change_thread`. Raises UnknownAnswer, NotYours, BadPost."""
    text = paragraphs(text)
    asked, row = answer_on_page(session, thread, answer)
    _own(row, member)
    _check(text=(text, ANSWER))
    if row.text != text and now - row.given_at >= FREELY:
        _keep_wording(session, row, "", now)
        fact = PostChanged(member=member, thread=asked.id, answer=row.id, nth=row.changes)
        append(session, fact, key=f"{row.id}:{row.changes}", occurred_at=now)
    row.text = text
    session.flush()
    index(session, asked)


def look(session: Session, *, thread: UUID, member: UUID, now: datetime) -> None:
    """Note that its author has seen the answers to a question; anybody else's look is none."""
    row = session.get(Thread, thread)
    if row is None:
        raise UnknownThread(_("There is no such question."), subject=str(thread))
    if row.author == member and row.answered_at is not None and row.answered_at > row.seen_at:
        row.seen_at = now


def _keep_wording(session: Session, row: Thread | Answer, title: str, now: datetime) -> None:
    row.changes += 1
    row.changed_at = now
    session.add(Wording(post=row.id, nth=row.changes, title=title, text=row.text, until=now))


def _own(row: Thread | Answer, member: UUID) -> None:
    if row.author != member:
        raise NotYours(_("Only who wrote this may change it."))


def _check(**texts: tuple[str, tuple[int, int]]) -> None:
    """Raise BadPost for each text that is too short or too long."""
    wrong: dict[str, list[str]] = {}
    for name, (said, (fewest, most)) in texts.items():
        if len(said) < fewest:
            wrong[name] = [str(_("At least %(count)d characters.", count=fewest))]
        elif len(said) > most:
            wrong[name] = [str(_("At most %(count)d characters.", count=most))]
    if wrong:
        raise BadPost(_("This cannot be sent yet."), fields=wrong)


def _check_topic(session: Session, topic: str) -> None:
    if topic and topic not in library.topics(session):
        raise BadPost(_("This cannot be sent yet."), fields={"topic": [str(_("No such topic."))]})
