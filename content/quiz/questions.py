"""Questions as an editor has them, as a member sees them, and the key to them.

The three are separate types: what is shown before an answer is a :class:`PublicQuestion`, which
has no place for a key. A question never prints its key, so that none gets into a log. The kinds
with other fields than options are in `content.quiz.kinds`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any, ClassVar

from content.quiz.responses import Response

UNKNOWN_DAY = date.min
"""Stands for a day that nobody wrote down."""


@dataclass(frozen=True, kw_only=True)
class Option:
    """One possible answer; ``id`` is unique within its question and tells nothing about it."""

    id: str
    text: str


class Verified(StrEnum):
    """How many independent publishers confirm the fact behind a question."""

    ONE = "one"
    TWO = "two"


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where the right answer comes from."""

    act: str
    """The law, order or standard, by its title."""
    ref: str
    """Place in it, such as article and paragraph."""
    urls: tuple[str, ...]
    verified: Verified
    as_of: date
    """Day on which the fact was last checked."""
    also_seen_on: tuple[str, ...] = ()
    """Confirming publishers whose full address was not kept."""
    act_id: str = field(default="", compare=False)
    """Its name in ``acts.yaml``; empty for an act that is not listed there."""
    norm: str = field(default="", compare=False)
    """The legal statement that all of this was taken from; empty for a source of its own."""
    own_day: bool = field(default=True, compare=False, repr=False)
    """Whether ``as_of`` was written at the question, not taken from its act."""


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture of the pack and what it shows, in words."""

    file: str
    alt: str


@dataclass(frozen=True, kw_only=True)
class PublicQuestion:
    """A question as it may leave the server before it is answered, options in shown order."""

    id: str
    version: int
    kind: str
    topic: str
    difficulty: int
    text: str
    options: tuple[Option, ...] = ()
    """Of the kinds with options: single, multiple, truefalse."""
    picture: Picture | None = None
    form: dict[str, Any] = field(default_factory=dict, hash=False)
    """Everything a page needs to ask, as JSON: its shape depends on the kind (see the README)."""


@dataclass(frozen=True, kw_only=True)
class Key:
    """What a member may see only after answering."""

    question: str
    version: int
    correct: frozenset[str] = field(repr=False)
    """Ids of the right options; empty for kinds without."""
    explanation: str = field(repr=False)
    source: Source = field(repr=False)
    solution: Response = field(default=None, repr=False, hash=False)
    """A response that earns everything."""
    solution_text: tuple[str, ...] = field(default=(), repr=False)
    """The right answer for people, in lines."""
    why: dict[str, str] = field(default_factory=dict, repr=False, hash=False)
    """Explanations of single options, by their ids."""
    parts: dict[str, "Key"] = field(default_factory=dict, repr=False, hash=False)
    """The keys of the parts of a case; empty for other kinds."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question with its key, of one of ten kinds."""

    kind: ClassVar[str]

    id: str
    version: int
    """Grows with every change that could change an answer."""
    topic: str
    difficulty: int
    """1 easy, 2 medium, 3 hard, as its author sees it."""
    text: str
    options: tuple[Option, ...] = ()
    """Of the kinds with options; empty for others."""
    correct: frozenset[str] = field(default=frozenset(), repr=False)
    """Ids of the right options or areas; empty for the kinds without."""
    explanation: str = field(repr=False)
    source: Source = field(repr=False)
    also: tuple[str, ...] = ()
    """Other topics that it belongs to."""
    picture: Picture | None = None
    why: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)
    """Explanations of single options, by their ids."""

    @property
    def topics(self) -> tuple[str, ...]:
        """All topics, its own first."""
        return (self.topic, *self.also)

    @property
    def option_ids(self) -> frozenset[str]:
        """Ids of all options."""
        return frozenset(option.id for option in self.options)

    @property
    def solution(self) -> Response:
        """A response that earns everything."""
        return sorted(self.correct)

    @property
    def solution_text(self) -> tuple[str, ...]:
        """The right answer for people, in lines."""
        return tuple(option.text for option in self.options if option.id in self.correct)

    def shown(self, seed: str) -> tuple[Option, ...]:
        """Return the options in the order for ``seed``."""
        return self.shuffled(self.options, seed)

    def form(self, seed: str) -> dict[str, Any]:
        """Return what a page needs to ask, without a key."""
        return {"options": told(self.shown(seed))}

    def public(self, seed: str) -> PublicQuestion:
        """Return what a member sees, shuffled by ``seed``: the same seed, the same order.

        A digest orders the options instead of a random generator, so the order is the same in
        every process and version of Python.
        """
        return PublicQuestion(
            id=self.id,
            version=self.version,
            kind=self.kind,
            topic=self.topic,
            difficulty=self.difficulty,
            text=self.text,
            options=self.shown(seed),
            picture=self.picture,
            form=self.form(seed),
        )

    def key(self) -> Key:
        """Return what may be shown after the answer."""
        return Key(
            question=self.id,
            version=self.version,
            correct=self.correct,
            explanation=self.explanation,
            source=self.source,
            solution=self.solution,
            solution_text=self.solution_text,
            why=dict(self.why),
        )

    def shuffled(
        self, options: Iterable[Option], seed: str, *, part: str = ""
    ) -> tuple[Option, ...]:
        """Return ``options`` in the order for ``seed``; ``part`` tells several lists apart."""
        place = f"{seed}\n{self.id}\n{part}\n" if part else f"{seed}\n{self.id}\n"
        return tuple(
            sorted(options, key=lambda option: sha256(f"{place}{option.id}".encode()).digest())
        )


def told(options: Iterable[Option]) -> list[dict[str, str]]:
    """Return options as JSON."""
    return [{"id": option.id, "text": option.text} for option in options]


@dataclass(frozen=True, kw_only=True)
class SingleChoice(Question):
    """Exactly one option is right and exactly one is chosen."""

    kind: ClassVar[str] = "single"


@dataclass(frozen=True, kw_only=True)
class MultipleChoice(Question):
    """At least two options are right, not all of them, and one or more are chosen."""

    kind: ClassVar[str] = "multiple"
