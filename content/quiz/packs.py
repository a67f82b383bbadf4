"""A pack: topics, questions and quizzes that belong together and are published together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from content.quiz.questions import Question


@dataclass(frozen=True, kw_only=True)
class Names:
    """A short text in the two languages of the product."""

    ru: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the English text for ``en``, the Russian one for everything else."""
        return self.en if language == "en" else self.ru


@dataclass(frozen=True, kw_only=True)
class Topic:
    """A field of knowledge that questions belong to."""

    id: str
    name: Names


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
    questions: tuple[str, ...]


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
