"""Everything that an editor should know about a pack before it is loaded, and on every day after.

An error keeps a pack from being used. A warning does not: most of them come with time.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from content.lessons import Rendered, render
from content.quiz import (
    InvalidChoice,
    Pack,
    PackError,
    Problem,
    Question,
    Severity,
    canonical,
    draw_questions,
    grade,
    load_pack,
)
from content.quiz.references import pictures_of
from content.scenarios import norms_of
from content.scenarios import problems as scenario_problems

FRESH: Final = timedelta(days=366)
"""How long a look at an act is good for."""
QUESTIONS_A_TOPIC: Final = 8
KINDS_A_TOPIC: Final = 4
LESSON_MINUTES: Final = range(5, 16)


@dataclass(kw_only=True)
class Resting:
    """What rests on an act, by name."""

    norms: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    lessons: list[str] = field(default_factory=list)
    terms: list[str] = field(default_factory=list)
    scenarios: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        told = (
            ("norms", self.norms),
            ("questions", self.questions),
            ("lessons", self.lessons),
            ("terms", self.terms),
            ("scenarios", self.scenarios),
        )
        return "; ".join(f"{kind} {', '.join(names)}" for kind, names in told if names)


def check(folder: Path, today: date) -> list[Problem]:
    """Return every problem of the pack in ``folder`` as seen on ``today``, errors first."""
    try:
        pack = load_pack(folder)
    except PackError as error:
        return list(error.problems)
    return check_pack(pack, today)


def check_pack(pack: Pack, today: date) -> list[Problem]:
    """Return every problem of a pack that loads, errors first."""
    lessons = rendered_lessons(pack)
    problems = [
        *_lesson_problems(pack, lessons),
        *_scenario_problems(pack, lessons),
        *_quiz_problems(pack),
        *_self_check_problems(pack),
        *_source_problems(pack),
        *_past_acts(pack, lessons, today),
        *_stale(pack, today),
        *_unused(pack, lessons),
        *_unfinished_topics(pack, lessons),
    ]
    return sorted(problems, key=lambda one: one.severity is not Severity.ERROR)


def rendered_lessons(pack: Pack) -> dict[str, Rendered]:
    """Return the lessons of ``pack`` by topic, with a link wherever there is something."""
    known = {
        *(f"norm:{one}" for one in pack.norms),
        *(f"term:{one}" for one in pack.glossary),
        *(f"topic:{one}" for one in pack.topics),
        *(f"pictures/{one}" for one in pack.pictures),
        *(f"practice:{one}" for one in pack.scenarios),
    }

    def address(target: str) -> str | None:
        return target if target in known else None

    return {
        topic: render(one.markdown, links=address, language=pack.language)
        for topic, one in pack.lessons.items()
    }


def resting_on_acts(pack: Pack, lessons: Mapping[str, Rendered]) -> dict[str, Resting]:
    """Return what rests on each act: its norms, and all that cites the act or one of them."""
    found: defaultdict[str, Resting] = defaultdict(Resting)
    for norm in pack.norms.values():
        found[norm.act].norms.append(norm.id)
    for question in pack.questions.values():
        found[question.source.act_id].questions.append(question.id)
    for topic, lesson in lessons.items():
        for act in dict.fromkeys(pack.norms[one].act for one in lesson.cites if one in pack.norms):
            found[act].lessons.append(topic)
    for term in pack.glossary.values():
        if term.norm:
            found[pack.norms[term.norm].act].terms.append(term.id)
    for name, row in pack.scenarios.items():
        norms = [one for one in norms_of(row) if one in pack.norms]
        for act in dict.fromkeys(pack.norms[one].act for one in norms):
            found[act].scenarios.append(name)
    return dict(found)


def _lesson_problems(pack: Pack, lessons: Mapping[str, Rendered]) -> Iterator[Problem]:
    for topic, lesson in lessons.items():
        file = f"lessons/{topic}.md"
        for target in lesson.broken:
            yield _error(file, topic, "", f"links to {target}, which there is not")
        if "&lt;" in lesson.html and _has_html(pack.lessons[topic].markdown):
            yield _error(file, topic, "", "has HTML, which is shown as text")
        if any(line.startswith("# ") for line in pack.lessons[topic].markdown.splitlines()):
            yield _error(file, topic, "", "has a heading with one #: that is its title")
        if not lesson.cites:
            yield _warning(file, topic, "", "links to no norm")
        if lesson.minutes not in LESSON_MINUTES:
            message = f"takes {lesson.minutes} minutes to read, not 5 to 15"
            yield _warning(file, topic, "", message)


def _scenario_problems(pack: Pack, lessons: Mapping[str, Rendered]) -> Iterator[Problem]:
    linked = {target for lesson in lessons.values() for target in lesson.targets}
    for name, row in pack.scenarios.items():
        file = f"scenarios/{name}.yaml"
        found = scenario_problems(file, row, norms=pack.norms, topics=pack.topics)
        yield from found
        if not found and f"practice:{name}" not in linked:
            yield _warning(file, name, "", "no lesson links to it")


def _has_html(markdown: str) -> bool:
    return any(f"<{start}" in markdown for start in "abcdefghijklmnopqrstuvwxyz/!")


def _quiz_problems(pack: Pack) -> Iterator[Problem]:
    for quiz in pack.quizzes.values():
        wanted = sum(draw.count for draw in quiz.draw)
        found = len(draw_questions(quiz, pack.questions.values(), ""))
        if quiz.draw and found < wanted:
            message = f"draws {wanted} questions, and there are {found}"
            yield _error("quizzes.yaml", quiz.slug, "draw", message)


def _self_check_problems(pack: Pack) -> Iterator[Problem]:
    for one in pack.self_checks:
        told = canonical(one.response)
        try:
            score_ppm = grade(pack.questions[one.question], one.response).score_ppm
        except InvalidChoice as error:
            message = f"{told} is no answer: {error}"
            yield _error("checks.yaml", one.question, "response", message)
            continue
        if score_ppm != one.score_ppm:
            message = f"{told} earns {score_ppm}, not {one.score_ppm}"
            yield _error("checks.yaml", one.question, "score_ppm", message)


def _source_problems(pack: Pack) -> Iterator[Problem]:
    for question in pack.questions.values():
        if not question.source.act_id:
            message = f"its act is not listed in acts.yaml: {question.source.act}"
            yield _warning(_file(question), question.id, "source.act", message)


def _past_acts(pack: Pack, lessons: Mapping[str, Rendered], today: date) -> Iterator[Problem]:
    resting = resting_on_acts(pack, lessons)
    for act in pack.acts.values():
        if act.is_past(today) and act.id in resting:
            message = f"is past its day, {act.valid_until}; on it rest {resting[act.id]}"
            yield _warning("acts.yaml", act.id, "valid_until", message)


def _stale(pack: Pack, today: date) -> Iterator[Problem]:
    for norm in pack.norms.values():
        if today - norm.checked > FRESH:
            message = f"was last checked on {norm.checked}"
            yield _warning(f"norms/{norm.topic}.yaml", norm.id, "checked", message)
    for question in pack.questions.values():
        if not question.source.norm and today - question.source.as_of > FRESH:
            message = f"was last checked on {question.source.as_of}"
            yield _warning(_file(question), question.id, "source.as_of", message)


def _unused(pack: Pack, lessons: Mapping[str, Rendered]) -> Iterator[Problem]:
    linked = {target for lesson in lessons.values() for target in lesson.targets}
    norms = {
        *(one.source.norm for one in pack.questions.values()),
        *(one.norm for one in pack.glossary.values()),
        *(norm for row in pack.scenarios.values() for norm in norms_of(row)),
    }
    pictures = {name for one in pack.questions.values() for name in pictures_of(one)}
    for norm in pack.norms.values():
        if f"norm:{norm.id}" not in linked and norm.id not in norms:
            yield _warning(f"norms/{norm.topic}.yaml", norm.id, "", "is used nowhere")
    for picture in pack.pictures:
        if f"pictures/{picture}" not in linked and picture not in pictures:
            yield _warning(f"pictures/{picture}", "", "", "is shown nowhere")


def _unfinished_topics(pack: Pack, lessons: Mapping[str, Rendered]) -> Iterator[Problem]:
    kinds: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for question in pack.questions.values():
        for topic in question.topics:
            kinds[topic][question.kind] += 1
    for topic in pack.topics:
        if topic not in lessons:
            yield _warning(f"lessons/{topic}.md", topic, "", "is missing")
        if topic not in pack.memos:
            yield _warning("memos.yaml", topic, "", "has no memo")
        number, different = kinds[topic].total(), len(kinds[topic])
        file = f"questions/{topic}.yaml"
        if number < QUESTIONS_A_TOPIC:
            message = f"has {number} questions, not {QUESTIONS_A_TOPIC}"
            yield _warning(file, topic, "", message)
        if different < KINDS_A_TOPIC:
            message = f"has questions of {different} kinds, not {KINDS_A_TOPIC}"
            yield _warning(file, topic, "", message)


def _file(question: Question) -> str:
    return f"questions/{question.topic}.yaml"


def _error(file: str, subject: str, place: str, message: str) -> Problem:
    return Problem(file=file, subject=subject, field=place, message=message)


def _warning(file: str, subject: str, place: str, message: str) -> Problem:
    return Problem(
        file=file, subject=subject, field=place, message=message, severity=Severity.WARNING
    )
