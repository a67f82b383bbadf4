"""What readers ask of the library. All of it is published, but for versions asked for by number."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from content.quiz import Act, Lesson, Memo, Norm, Plan, Question, Quiz, Term, read_question
from psot.library import concerns as looking
from psot.library import reading
from psot.library.errors import UnknownDocument
from psot.library.models import Document, File, Version
from psot.library.shelf import DAYS, REMEMBERED, Shelf, played, remembers, shelf
from psot.library.values import Concerns, FileView, PackView, ScenarioView, TopicView

Pinned = tuple[str, int]
"""A question's id and the number of its version."""


def stamp(session: Session) -> int:
    """Return a number that changes whenever anything that readers get does: for their caches."""
    return shelf(session).stamp


def packs(session: Session) -> Mapping[str, PackView]:
    """Return the packs by id."""
    return shelf(session).packs


def topics(session: Session) -> Mapping[str, TopicView]:
    """Return the topics by id, in the order of their packs."""
    return shelf(session).topics


def acts(session: Session) -> Mapping[str, Act]:
    """Return the acts by id."""
    return shelf(session).acts


def norms(session: Session) -> Mapping[str, Norm]:
    """Return the legal statements by id."""
    return shelf(session).norms


def memos(session: Session) -> Mapping[str, Memo]:
    """Return the memos by topic."""
    return shelf(session).memos


def glossary(session: Session) -> Mapping[str, Term]:
    """Return the words of the trade by id."""
    return shelf(session).terms


def quizzes(session: Session) -> Mapping[str, Quiz]:
    """Return the quizzes by slug."""
    return shelf(session).quizzes


def quiz(session: Session, slug: str) -> Quiz | None:
    """Return the quiz called ``slug``, or None."""
    return shelf(session).quizzes.get(slug)


def plans(session: Session) -> Mapping[str, Plan]:
    """Return the plans of learning by id."""
    return shelf(session).plans


def scenarios(session: Session) -> Mapping[str, ScenarioView]:
    """Return the scenarios of the virtual workplace by id, in the order of their packs."""
    return shelf(session).scenarios


def scenario(session: Session, id_: str, version: int | None = None) -> ScenarioView:
    """Return a scenario with its answers, published or in any version that ever was.

    Raises UnknownDocument.
    """
    known = None if version is None else played.get(session, id_, version)
    if known is not None:
        return known
    published = shelf(session).scenarios.get(id_)
    if published is not None and version in {None, published.version}:
        played.put(session, id_, published)
        return published
    body = None if version is None else _version(session, "scenario", id_, version)
    if body is None or version is None:
        raise UnknownDocument(_("There is no such scenario."), subject=id_)
    found = reading.scenario(body, version)
    played.put(session, id_, found)
    return found


def lesson(session: Session, topic: str) -> Lesson | None:
    """Return the lesson of a topic, or None."""
    return shelf(session).lessons.get(topic)


def question(session: Session, id_: str, version: int | None = None) -> Question:
    """Return a question with its key, published or in any version that ever was.

    Raises UnknownDocument. Versions are remembered by the process.
    """
    now = shelf(session)
    if version is None:
        version = session.scalar(
            select(Document.published).where(
                Document.kind == "question", Document.name == id_, Document.retired_at.is_(None)
            )
        )
        if version is None:
            raise UnknownDocument(_("There is no such question."), subject=id_)
    return pinned(session, [(id_, version)], now=now)[0]


def pinned(
    session: Session, wanted: Sequence[Pinned], *, now: Shelf | None = None
) -> list[Question]:
    """Return questions by id and version, in the order asked. Raises UnknownDocument."""
    now = now or shelf(session)
    known = {one: found for one in wanted if (found := now.questions.get(one)) is not None}
    missing = sorted({one for one in wanted if one not in known})
    if missing:
        known |= _read_questions(session, missing, now)
    absent = [one for one in missing if one not in known]
    if absent:
        raise UnknownDocument(_("There is no such question."), subject=absent[0][0])
    return [known[one] for one in wanted]


def questions(
    session: Session,
    *,
    topics: Sequence[str] = (),
    kinds: Sequence[str] = (),
    difficulties: Sequence[int] = (),
) -> list[Question]:
    """Return the published questions with their keys, in the order of their packs.

    Each filter left empty lets everything pass; a question passes by any of its topics.
    """
    found = pinned(session, shelf(session).asked)
    return [
        one
        for one in found
        if (not topics or not set(topics).isdisjoint(one.topics))
        and (not kinds or one.kind in kinds)
        and (not difficulties or one.difficulty in difficulties)
    ]


def question_topics(session: Session) -> dict[str, str]:
    """Return the topic of every question there ever was, by id: it never changes."""
    rows = session.execute(
        select(Document.name, Document.topic).where(
            Document.kind == "question", Document.topic.is_not(None)
        )
    )
    return {name: topic for name, topic in rows if topic is not None}


def question_texts(session: Session, ids: Sequence[str]) -> dict[str, str]:
    """Return what published questions ask, without their keys; unknown ones are absent."""
    rows = session.execute(
        select(Document.name, Version.body["text"].astext)
        .join(Version, Version.document_id == Document.id)
        .where(
            Document.kind == "question",
            Document.name.in_(set(ids)),
            Version.number == Document.published,
        )
    ).all()
    return {row[0]: row[1] for row in rows}


def file(session: Session, name: str) -> FileView | None:
    """Return a picture by its name in the pack (``x.svg`` or ``pictures/x.svg``), or None."""
    found = _published(session, "file", name.removeprefix("pictures/"))
    if found is None:
        return None
    document, version = found
    data = session.get_one(File, version.body["sha256"])
    return FileView(
        name=document.name, media_type=data.media_type, sha256=data.sha256, data=data.data
    )


def concerns(session: Session, *, today: date) -> Concerns:
    """Return what rests on acts past their date, and what else editors have to look at.

    A day's concerns are found once until the library changes.
    """
    now = shelf(session)
    found = now.concerns.get(today)
    if found is None:
        found = looking.look(session, now, today)
        if remembers(session):
            if len(now.concerns) >= DAYS:
                now.concerns.clear()
            now.concerns[today] = found
    return found


def _published(session: Session, kind: str, name: str) -> tuple[Document, Version] | None:
    row = session.execute(
        select(Document, Version)
        .join(Version, Version.document_id == Document.id)
        .where(
            Document.kind == kind,
            Document.name == name,
            Document.retired_at.is_(None),
            Version.number == Document.published,
        )
    ).one_or_none()
    return (row[0], row[1]) if row else None


def _version(session: Session, kind: str, name: str, number: int) -> dict[str, Any] | None:
    return session.scalar(
        select(Version.body)
        .join(Document, Document.id == Version.document_id)
        .where(
            Document.kind == kind,
            Document.name == name,
            Version.number == number,
            Version.state.in_(("published", "superseded")),
        )
    )


def _read_questions(
    session: Session, wanted: Sequence[Pinned], now: Shelf
) -> dict[Pinned, Question]:
    query = (
        select(Document.name, Document.topic, Document.pack, Version.number, Version.body)
        .join(Version, Version.document_id == Document.id)
        .where(Document.kind == "question", Version.state.in_(("published", "superseded")))
    )
    found: dict[Pinned, Question] = {}
    for start in range(0, len(wanted), 1_000):
        part = wanted[start : start + 1_000]
        for row in session.execute(query.where(tuple_(Document.name, Version.number).in_(part))):
            found[row.name, row.number] = _question(row, now)
    if remembers(session):
        if len(now.questions) + len(found) > REMEMBERED:
            now.questions.clear()
        now.questions.update(found)
    return found


def _question(row: Any, now: Shelf) -> Question:
    return read_question(
        row.body,
        topic=row.topic,
        version=row.number,
        norms=now.norms,
        acts=now.acts,
        as_of=now.as_of(row.pack),
    )
