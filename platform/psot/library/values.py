"""What readers get: plain values, made of the rows of published versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from content.quiz import Names


@dataclass(frozen=True, kw_only=True)
class PackView:
    """What a pack says of itself."""

    id: str
    language: str
    licence: str
    as_of: date
    sources: tuple[str, ...]
    authors: tuple[str, ...]
    topics: tuple[str, ...]
    """Its topics in their order."""
    version: int


@dataclass(frozen=True, kw_only=True)
class TopicView:
    """A field of knowledge; ``minutes`` is how long its authors mean learning it to take."""

    id: str
    name: Names
    intro: Names | None
    minutes: int | None
    pack: str
    version: int
    has_lesson: bool = False
    questions: int = 0
    """Published questions whose own topic it is."""


@dataclass(frozen=True, kw_only=True)
class ScenarioView:
    """A scenario of the virtual workplace in one of its versions; ``row`` holds the answers."""

    id: str
    version: int
    title: Names
    intro: Names
    topics: tuple[str, ...]
    """The first is its own."""
    minutes: int
    modes: tuple[str, ...]
    row: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class FileView:
    """A picture with its bytes; ``sha256`` makes a good ETag."""

    name: str
    media_type: str
    sha256: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Concern:
    """Something for the editors to look at.

    ``reason`` is a key of `psot.library.concerns.REASONS`; ``because`` names what is behind it,
    such as the act that is past its date, ``since`` the day from which it holds.
    """

    kind: str
    name: str
    reason: str
    because: str = ""
    since: date | None = None


@dataclass(frozen=True, kw_only=True)
class Concerns:
    """All concerns of a day, by (kind, name) of the document."""

    today: date
    found: Sequence[Concern]
    marks: Mapping[tuple[str, str], tuple[str, ...]]
    """Documents that rest on acts past their date: those acts' ids. The mark readers see."""

    def marked(self, kind: str, name: str) -> tuple[str, ...]:
        """Return the acts past their date that a document rests on."""
        return self.marks.get((kind, name), ())
