"""What a pack names and does not have."""

import re
from collections.abc import Iterator
from typing import Final

from content.quiz.kinds import Case
from content.quiz.packs import Pack
from content.quiz.problems import Problem
from content.quiz.questions import Question

_ID: Final = re.compile(r"[a-z0-9][a-z0-9_-]*")


def dangling(pack: Pack) -> Iterator[Problem]:
    """Find every reference in ``pack``, lessons aside, to what it does not have."""
    yield from _from_norms(pack)
    for question in pack.questions.values():
        yield from _from_question(pack, question)
    for term in pack.glossary.values():
        if term.norm and term.norm not in pack.norms:
            yield _missing("glossary.yaml", term.id, "norm", f"norm {term.norm}")
    yield from _from_plans(pack)
    for check in pack.self_checks:
        if check.question not in pack.questions:
            name = check.question
            yield _missing("checks.yaml", name, "question", f"question {name}")


def pictures_of(question: Question) -> list[str]:
    """Return the pictures that ``question`` shows, those of its parts included."""
    parts = [*question.parts.values()] if isinstance(question, Case) else []
    shown = [one.picture.file for one in (question, *parts) if one.picture]
    return list(dict.fromkeys(shown))


def _from_norms(pack: Pack) -> Iterator[Problem]:
    for norm in pack.norms.values():
        if norm.act not in pack.acts:
            yield _missing(f"norms/{norm.topic}.yaml", norm.id, "act", f"act {norm.act}")


def _from_question(pack: Pack, question: Question) -> Iterator[Problem]:
    file = f"questions/{question.topic}.yaml"
    source = question.source
    if source.norm and source.norm not in pack.norms:
        yield _missing(file, question.id, "source.norm", f"norm {source.norm}")
    if not source.act_id and _ID.fullmatch(source.act):
        yield _missing(file, question.id, "source.act", f"act {source.act}")
    for topic in question.also:
        if topic not in pack.topics:
            yield _missing(file, question.id, "also", f"topic {topic}")
    for picture in pictures_of(question):
        if picture not in pack.pictures:
            yield _missing(file, question.id, "picture", f"picture {picture}")


def _from_plans(pack: Pack) -> Iterator[Problem]:
    for plan in pack.plans.values():
        for number, step in enumerate(plan.steps):
            place = f"steps.{number}"
            if step.topic not in pack.topics:
                yield _missing("plans.yaml", plan.id, f"{place}.topic", f"topic {step.topic}")
            if step.quiz and step.quiz not in pack.quizzes:
                yield _missing("plans.yaml", plan.id, f"{place}.quiz", f"quiz {step.quiz}")


def _missing(file: str, subject: str, field: str, what: str) -> Problem:
    return Problem(file=file, subject=subject, field=field, message=f"there is no {what}")
