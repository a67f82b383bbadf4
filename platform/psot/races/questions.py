"""A question as a race keeps it: frozen with its key on the day of zeroing, thawed for judging.

What is frozen never changes with the pack: a race is judged by the words its racers read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from content.quiz import (
    MultipleChoice,
    Option,
    Picture,
    Question,
    SingleChoice,
    Source,
    Verified,
)

_KINDS: Final[Mapping[str, type[Question]]] = {
    one.kind: one for one in (SingleChoice, MultipleChoice)
}


@dataclass(frozen=True, kw_only=True)
class FrozenQuestion:
    """A question of a race's set and the ``kind`` of task it serves: ``station``, ``P``, ``S``."""

    kind: str
    question: Question


def freeze(question: Question) -> dict[str, Any]:
    """Return ``question``, key and source included, as plain data for JSON.

    Sets are sorted, so that equal questions give equal data and equal hashes; what a question
    does not have leaves no trace, so that the hashes of older races stay what they were.
    """
    source = question.source
    picture = question.picture
    return {
        "kind": question.kind,
        "id": question.id,
        "version": question.version,
        "topic": question.topic,
        "difficulty": question.difficulty,
        "text": question.text,
        "options": [{"id": one.id, "text": one.text} for one in question.options],
        "correct": sorted(question.correct),
        "explanation": question.explanation,
        "source": {
            "act": source.act,
            "ref": source.ref,
            "urls": list(source.urls),
            "verified": source.verified.value,
            "as_of": source.as_of.isoformat(),
            "also_seen_on": list(source.also_seen_on),
        },
        **({"also": list(question.also)} if question.also else {}),
        **({"picture": {"file": picture.file, "alt": picture.alt}} if picture else {}),
        **({"why": dict(question.why)} if question.why else {}),
    }


def thaw(data: Mapping[str, Any]) -> Question:
    """Return the question that `freeze` made ``data`` of."""
    source = data["source"]
    return _KINDS[data["kind"]](
        id=data["id"],
        version=data["version"],
        topic=data["topic"],
        difficulty=data["difficulty"],
        text=data["text"],
        options=tuple(Option(id=one["id"], text=one["text"]) for one in data["options"]),
        correct=frozenset(data["correct"]),
        explanation=data["explanation"],
        source=Source(
            act=source["act"],
            ref=source["ref"],
            urls=tuple(source["urls"]),
            verified=Verified(source["verified"]),
            as_of=date.fromisoformat(source["as_of"]),
            also_seen_on=tuple(source["also_seen_on"]),
        ),
        also=tuple(data.get("also", ())),
        picture=Picture(**data["picture"]) if "picture" in data else None,
        why=dict(data.get("why", {})),
    )
