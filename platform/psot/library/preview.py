"""A row as readers will see it, before they do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_babel import get_locale
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RoutingException

from content.lessons import Rendered, render
from content.quiz import Key, PublicQuestion, Question, read_question
from psot.library.rows import Row
from psot.library.shelf import Shelf, shelf
from psot.library.validating import problems

SEED = "preview"

ADDRESSES = {
    "norm": "/library/norms/{}",
    "term": "/glossary#{}",
    "topic": "/topics/{}",
    "act": "/library/acts/{}",
    "practice": "/workplace/{}",
}
"""Where readers find what a lesson links to; the pages belong to the rooms above."""


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What there is to show of a row: a question with its key, a lesson, or the bare row."""

    kind: str
    row: Mapping[str, Any]
    question: PublicQuestion | None = None
    key: Key | None = None
    lesson: Rendered | None = None
    language: str = "ru"


def preview(session: Session, kind: str, name: str, topic: str | None, row: Row) -> Preview:
    """Return what readers would get of ``row``; the bare row where it is no good yet."""
    known = shelf(session)
    if kind == "lesson" and row.get("text"):
        return Preview(kind=kind, row=row, lesson=lesson(known, str(row["text"])))
    if kind == "question" and not problems(session, kind, name, row, draft=True):
        question = _question(known, topic, row)
        return Preview(kind=kind, row=row, question=question.public(SEED), key=question.key())
    return Preview(kind=kind, row=row)


def lesson(known: Shelf, markdown: str) -> Rendered:
    """Return a lesson's page with the links of this library."""
    locale = get_locale()
    language = locale.language if locale else "ru"
    return render(markdown, links=lambda target: address(known, target), language=language)


def address(known: Shelf, target: str) -> str | None:
    """Return the address that a lesson's link leads to, or None for what there is not."""
    scheme, _, name = target.partition(":")
    there: dict[str, Mapping[str, Any]] = {
        "norm": known.norms,
        "term": known.terms,
        "topic": known.topics,
        "act": known.acts,
        "practice": known.scenarios,
    }
    if scheme in there:
        return ADDRESSES[scheme].format(name) if name in there[scheme] else None
    if target.startswith("pictures/"):
        return _where("picture", target.removeprefix("pictures/"))
    return None


def _where(what: str, name: str) -> str | None:
    adapter = current_app.url_map.bind("")
    for endpoint in (f"reading.{what}", f"learning.{what}"):
        try:
            return adapter.build(endpoint, {"name": name})
        except (HTTPException, RoutingException):
            continue
    return None


def _question(known: Shelf, topic: str | None, row: Row) -> Question:
    return read_question(row, topic=topic or "", version=1, norms=known.norms, acts=known.acts)
