"""Questions as an editor has them, as a member sees them, and the key to them.

The three are separate types: what is shown before an answer is a :class:`PublicQuestion`, which
has no place for a key. A question never prints its key, so that none gets into a log.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import ClassVar


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
    """The law, order or standard."""
    ref: str
    """Place in it, such as article and paragraph."""
    urls: tuple[str, ...]
    verified: Verified
    as_of: date
    """Day on which the fact was last checked."""
    also_seen_on: tuple[str, ...] = ()
    """Confirming publishers whose full address was not kept."""


@dataclass(frozen=True, kw_only=True)
class PublicQuestion:
    """A question as it may leave the server before it is answered, options in shown order."""

    id: str
    version: int
    kind: str
    topic: str
    difficulty: int
    text: str
    options: tuple[Option, ...]


@dataclass(frozen=True, kw_only=True)
class Key:
    """What a member may see only after answering."""

    question: str
    version: int
    correct: frozenset[str] = field(repr=False)
    explanation: str = field(repr=False)
    source: Source = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question with its key; use :class:`SingleChoice` or :class:`MultipleChoice`."""

    kind: ClassVar[str]

    id: str
    version: int
    """Grows with every change that could change an answer."""
    topic: str
    difficulty: int
    """1 easy, 2 medium, 3 hard, as its author sees it."""
    text: str
    options: tuple[Option, ...]
    correct: frozenset[str] = field(repr=False)
    """Ids of the right options."""
    explanation: str = field(repr=False)
    source: Source = field(repr=False)

    @property
    def option_ids(self) -> frozenset[str]:
        """Ids of all options."""
        return frozenset(option.id for option in self.options)

    def public(self, seed: str) -> PublicQuestion:
        """Return what a member sees, options shuffled by ``seed``: the same seed, the same order.

        A digest orders them instead of a random generator, so the order is the same in every
        process and version of Python.
        """
        return PublicQuestion(
            id=self.id,
            version=self.version,
            kind=self.kind,
            topic=self.topic,
            difficulty=self.difficulty,
            text=self.text,
            options=tuple(sorted(self.options, key=lambda option: self._place(option, seed))),
        )

    def key(self) -> Key:
        """Return what may be shown after the answer."""
        return Key(
            question=self.id,
            version=self.version,
            correct=self.correct,
            explanation=self.explanation,
            source=self.source,
        )

    def _place(self, option: Option, seed: str) -> bytes:
        return sha256(f"{seed}\n{self.id}\n{option.id}".encode()).digest()


@dataclass(frozen=True, kw_only=True)
class SingleChoice(Question):
    """Exactly one option is right and exactly one is chosen."""

    kind: ClassVar[str] = "single"


@dataclass(frozen=True, kw_only=True)
class MultipleChoice(Question):
    """At least two options are right, not all of them, and one or more are chosen."""

    kind: ClassVar[str] = "multiple"
