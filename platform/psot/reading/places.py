"""Where everything of the library stands: the one table of its addresses."""

from collections.abc import Callable, Mapping
from typing import Final

from sqlalchemy.orm import Session

from psot.library import queries as library

ADDRESSES: Final[Mapping[str, str]] = {
    "act": "/library/acts/{}",
    "norm": "/library/norms/{}",
    "term": "/library/glossary#{}",
    "topic": "/topics/{}",
    "memo": "/topics/{}#memo",
    "lesson": "/topics/{}/lesson",
    "question": "/topics/{}/practice",
    "quiz": "/quizzes/{}",
    "recording": "/recordings/{}",
    "scenario": "/workplace/{}",
    "practice": "/workplace/{}",
}
"""By the kind of a document; a question leads to the practice of its topic, and a lesson calls a
scenario a practice."""
PICTURES: Final = "pictures/"


def address(kind: str, name: str, *, topic: str | None = None, anchor: str = "") -> str:
    """Return the address of a place, "" for a kind that has no page."""
    pattern = ADDRESSES.get(kind)
    if pattern is None or (kind == "question" and topic is None):
        return ""
    path = pattern.format(topic if kind == "question" else name)
    return f"{path}#{anchor}" if anchor and "#" not in path else path


def links(session: Session) -> Callable[[str], str | None]:
    """Return how a lesson's links are resolved: to what is published, else None."""
    known: dict[str, Mapping[str, object]] = {
        "norm": library.norms(session),
        "term": library.glossary(session),
        "topic": library.topics(session),
        "practice": library.scenarios(session),
    }

    def resolve(target: str) -> str | None:
        if target.startswith(PICTURES):
            return f"/library/{target}"
        scheme, _, name = target.partition(":")
        return address(scheme, name) if name in known.get(scheme, {}) else None

    return resolve
