"""What is wrong with a row before it is stored: its schema, its sense, what it names in vain."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import scenarios
from content.quiz import Problem, row_problems
from content.quiz.checks import quiz_problems
from content.quiz.documents import schema_problems
from psot.library.concerns import NORM_LINK
from psot.library.models import Document
from psot.library.rows import Row
from psot.library.shelf import Shelf, shelf

LISTED = {
    "act": ("acts", "acts"),
    "norm": ("norms", "norms"),
    "memo": ("memos", "memos"),
    "term": ("glossary", "glossary"),
    "quiz": ("quizzes", "quizzes"),
    "plan": ("plans", "plans"),
}
"""Kind -> the schema of its file and the field that holds the rows."""
VERSIONED = frozenset({"quiz", "plan"})
LARGEST_LESSON = 200_000


def problems(
    session: Session, kind: str, name: str, row: Row, *, draft: bool = False
) -> list[Problem]:
    """Find everything that is wrong with a row; a draft of a question may lack its reasons."""
    known = shelf(session)
    found = [*_of_form(kind, name, row, draft=draft)]
    return found or [*_of_names(session, kind, name, row, known)]


def _of_form(kind: str, name: str, row: Row, *, draft: bool) -> Iterator[Problem]:
    if kind == "question":
        yield from row_problems("", {**row, "version": 1}, draft=draft)
    elif kind in LISTED:
        schema, key = LISTED[kind]
        body = {**row, "version": 1} if kind in VERSIONED else row
        yield from schema_problems("", {key: [body]}, schema)
    elif kind == "lesson":
        head = {field: value for field, value in row.items() if field != "text"}
        yield from schema_problems("", {**head, "version": 1}, "lesson")
        if not str(row.get("text", "")).strip():
            yield _problem(name, "text", "must not be empty")
        elif len(row["text"]) > LARGEST_LESSON:
            yield _problem(name, "text", f"is longer than {LARGEST_LESSON} characters")
    elif kind == "topic":
        yield from _inside("topics", schema_problems("", _manifest([row]), "pack"))
    elif kind == "pack":
        manifest = {field: value for field, value in row.items() if field != "checks"}
        topics = [{"id": one, "name": {"ru": one, "en": one}} for one in row.get("topics", ())]
        yield from schema_problems("", {**manifest, "version": 1, "topics": topics}, "pack")


def _manifest(topics: list[Row]) -> Row:
    return {
        "id": "some",
        "version": 1,
        "language": "ru",
        "licence": "some",
        "as_of": "2026-01-01",
        "sources": ["some"],
        "topics": topics,
    }


def _inside(field: str, found: Iterator[Problem]) -> Iterator[Problem]:
    for one in found:
        yield one if not one.field.startswith(field) else _problem(one.subject, "", one.message)


def _of_names(session: Session, kind: str, name: str, row: Row, known: Shelf) -> Iterator[Problem]:
    named = NAMES.get(kind)
    for field, what, ids, known_ids in named(row, known) if named else ():
        for one in ids:
            if one not in known_ids:
                yield _problem(name, field, f"there is no {what} {one}")
    if kind == "quiz":
        asked = row.get("questions", [])
        there = _there(session, "question", asked)
        yield from quiz_problems("", row, set(known.topics), there)
    if kind == "scenario":
        yield from _of_scenario(name, row, known)
    if kind == "question":
        pictures = [row["picture"]["file"]] if row.get("picture") else []
        for one in set(pictures) - _there(session, "file", pictures):
            yield _problem(name, "picture", f"there is no picture {one}")


def _of_scenario(name: str, row: Row, known: Shelf) -> Iterator[Problem]:
    if row.get("id") != name:
        yield _problem(name, "id", f"must be {name}")
    whole = {**row, "version": 1}
    yield from scenarios.problems("", whole, norms=known.norms, topics=known.topics)


def _there(session: Session, kind: str, names: list[str]) -> set[str]:
    query = select(Document.name).where(
        Document.kind == kind,
        Document.name.in_(names),
        Document.retired_at.is_(None),
        Document.published.is_not(None),
    )
    return set(session.scalars(query))


Named = tuple[str, str, list[str], Mapping[str, Any]]


def _question_names(row: Row, known: Shelf) -> Iterator[Named]:
    yield "also", "topic", row.get("also", []), known.topics
    source = row.get("source", {})
    if source.get("norm"):
        yield "source", "norm", [source["norm"]], known.norms


NAMES: dict[str, Callable[[Row, Shelf], Any]] = {
    "norm": lambda row, known: [("act", "act", [row["act"]], known.acts)],
    "term": lambda row, known: [
        ("norm", "norm", [row["norm"]] if row.get("norm") else [], known.norms)
    ],
    "lesson": lambda row, known: [("text", "norm", NORM_LINK.findall(row["text"]), known.norms)],
    "plan": lambda row, known: [
        ("steps", "topic", [one["topic"] for one in row["steps"]], known.topics),
        ("steps", "quiz", [one["quiz"] for one in row["steps"] if "quiz" in one], known.quizzes),
    ],
    "question": _question_names,
}
"""Kind -> what its row names: (field, what it is, the names, where they have to be)."""


def _problem(subject: str, field: str, message: str) -> Problem:
    return Problem(file="", subject=subject, field=field, message=message)
