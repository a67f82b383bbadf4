"""A pack: topics, questions and quizzes that belong together and are published together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from content.quiz.acts import Act, Norm
from content.quiz.names import Names
from content.quiz.questions import Question
from content.quiz.responses import Response


class QuizMode(StrEnum):
    """What a quiz is for."""

    PRACTICE = "practice"
    """Explanations come at once."""
    CHECK = "check"
    """One sitting, explanations at the end."""
    PLACEMENT = "placement"
    """Shows what to begin with."""


@dataclass(frozen=True, kw_only=True)
class Topic:
    """A field of knowledge that questions belong to."""

    id: str
    name: Names
    minutes: int | None = None
    """How long its lesson takes, where its author says so."""
    intro: Names | None = None


@dataclass(frozen=True, kw_only=True)
class Draw:
    """So many questions out of a pool."""

    topics: tuple[str, ...]
    count: int
    kinds: tuple[str, ...] = ()
    """Empty for all kinds."""
    difficulties: tuple[int, ...] = ()
    """Empty for all difficulties."""

    def takes(self, question: Question) -> bool:
        """Tell whether ``question`` is in the pool."""
        return (
            not {*self.topics}.isdisjoint(question.topics)
            and (not self.kinds or question.kind in self.kinds)
            and (not self.difficulties or question.difficulty in self.difficulties)
        )


@dataclass(frozen=True, kw_only=True)
class Quiz:
    """A few questions asked together, in this order."""

    slug: str
    """Its place in addresses; never changes."""
    version: int
    """Grows with every change of its questions."""
    topic: str | None
    """None for a quiz over several topics."""
    title: Names
    intro: Names
    questions: tuple[str, ...] = ()
    """Empty where questions are drawn."""
    draw: tuple[Draw, ...] = ()
    mode: QuizMode = QuizMode.PRACTICE
    time_limit_s: int | None = None
    pass_percent: int | None = None


class Step(StrEnum):
    """What can be done with a topic of a plan."""

    LESSON = "lesson"
    PRACTICE = "practice"
    CHECK = "check"


@dataclass(frozen=True, kw_only=True)
class PlanStep:
    """A topic of a plan."""

    topic: str
    do: tuple[Step, ...] = (Step.LESSON, Step.PRACTICE)
    quiz: str | None = None
    """Quiz to practise or to be checked with; None for any of the topic."""
    within_days: int | None = None
    """Days from the beginning of the plan."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What somebody in a role learns, in order."""

    id: str
    version: int
    title: Names
    intro: Names
    steps: tuple[PlanStep, ...]
    renew_months: int | None = None
    """Months after which it is taken again; None for once."""


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """A text of 5 to 15 minutes about a topic."""

    topic: str
    version: int
    title: Names
    summary: Names
    markdown: str


@dataclass(frozen=True, kw_only=True)
class Term:
    """A word of the trade."""

    id: str
    term: Names
    text: Names
    norm: str = ""
    """Legal statement that defines it; empty for none."""


@dataclass(frozen=True, kw_only=True)
class PackFile:
    """A picture of a pack."""

    name: str
    """Its file name, such as ``ladder.svg``."""
    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class SelfCheck:
    """A test of a pack: what a response must earn."""

    question: str
    response: Response
    score_ppm: int


@dataclass(frozen=True, kw_only=True)
class Memo:
    """What a topic is about, read while a racer is held: it teaches and answers no question."""

    title: Names
    text: Names
    """Paragraphs parted by an empty line; plain text."""
    sources: tuple[str, ...]
    """Acts that every norm in it comes from."""

    def paragraphs(self, language: str) -> list[str]:
        """Return the paragraphs in ``language``, each on one line."""
        return [" ".join(one.split()) for one in self.text.in_language(language).split("\n\n")]


@dataclass(frozen=True, kw_only=True)
class Pack:
    """All content of one folder; mappings are by id or slug, in the order of the files."""

    id: str
    version: int
    language: str
    """Language of the questions, such as ``ru``."""
    licence: str
    """SPDX expression."""
    as_of: date
    """Day on which its facts were last checked."""
    sources: tuple[str, ...]
    """Where its facts come from, in words."""
    topics: Mapping[str, Topic]
    questions: Mapping[str, Question]
    quizzes: Mapping[str, Quiz]
    memos: Mapping[str, Memo] = field(default_factory=dict)
    """By topic; a pack without ``memos.yaml`` has none."""
    authors: tuple[str, ...] = ()
    acts: Mapping[str, Act] = field(default_factory=dict)
    norms: Mapping[str, Norm] = field(default_factory=dict)
    lessons: Mapping[str, Lesson] = field(default_factory=dict)
    """By topic."""
    glossary: Mapping[str, Term] = field(default_factory=dict)
    plans: Mapping[str, Plan] = field(default_factory=dict)
    pictures: Mapping[str, PackFile] = field(default_factory=dict)
    """By file name."""
    self_checks: tuple[SelfCheck, ...] = ()
    scenarios: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Rows of the virtual workplace's scenarios by id; `content.scenarios` reads them."""
