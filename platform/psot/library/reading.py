"""From a stored row to its value; rows in the library have passed the check, so none refuses."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from content.quiz import Act, Lesson, Memo, Names, Norm, Plan, Quiz, Term, parts
from psot.library.rows import Row
from psot.library.values import PackView, ScenarioView, TopicView

MODES = ("practice", "check")
"""How a scenario may be played where its row does not say."""


def pack(row: Row, version: int) -> PackView:
    """Return what a manifest says."""
    return PackView(
        id=row["id"],
        language=row["language"],
        licence=row["licence"],
        as_of=date.fromisoformat(row["as_of"]),
        sources=tuple(row["sources"]),
        authors=tuple(row.get("authors", ())),
        topics=tuple(row["topics"]),
        version=version,
    )


def topic(row: Row, version: int, *, pack: str, has_lesson: bool, questions: int) -> TopicView:
    """Return a topic with what there is of it."""
    return TopicView(
        id=row["id"],
        name=Names(**row["name"]),
        intro=Names(**row["intro"]) if "intro" in row else None,
        minutes=row.get("minutes"),
        pack=pack,
        version=version,
        has_lesson=has_lesson,
        questions=questions,
    )


def act(row: Row) -> Act:
    """Return an act."""
    return parts.act(row)


def norm(row: Row, topic: str) -> Norm:
    """Return a legal statement of ``topic``."""
    return parts.norm(row, topic)


def memo(row: Row) -> Memo:
    """Return a memo."""
    return parts.memo(row)


def term(row: Row) -> Term:
    """Return a word of the glossary."""
    return parts.term(row)


def quiz(row: Row, version: int) -> Quiz:
    """Return a quiz in its ``version``."""
    return parts.quiz({**row, "version": version})


def plan(row: Row, version: int) -> Plan:
    """Return a plan of learning in its ``version``."""
    return parts.plan({**row, "version": version})


def scenario(row: Row, version: int) -> ScenarioView:
    """Return a scenario in its ``version``."""
    return ScenarioView(
        id=row["id"],
        version=version,
        title=Names(**row["title"]),
        intro=Names(**row["intro"]),
        topics=tuple(row["topics"]),
        minutes=row["minutes"],
        modes=tuple(row.get("modes", MODES)),
        row={**row, "version": version},
    )


def lesson(row: Mapping[str, Any], topic: str, version: int) -> Lesson:
    """Return the lesson of ``topic`` in its ``version``."""
    return Lesson(
        topic=topic,
        version=version,
        title=Names(**row["title"]),
        summary=Names(**row["summary"]),
        markdown=row["text"],
    )
