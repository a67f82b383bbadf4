"""What the community hands out: plain values, none of them tied to a session."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from flask_babel import lazy_gettext as _

from psot.library.search import Parts

REASONS: Final[Mapping[str, object]] = {
    "off_topic": _("Not about occupational safety"),
    "wrong": _("Dangerous or wrong"),
    "rude": _("Insulting"),
    "advertising": _("Advertising"),
    "personal": _("Personal data of somebody"),
    "other": _("Something else"),
}
"""Why a post is reported or taken down; facts carry the word on the left."""

SHOWS: Final[Mapping[str, object]] = {
    "": _("All"),
    "open": _("Without answers"),
    "accepted": _("With an accepted answer"),
    "mine": _("My own"),
}
"""Which questions a list shows."""


@dataclass(frozen=True, kw_only=True)
class Author:
    """Who wrote a post, as its reader may know them; who erased the account has no name."""

    id: UUID
    name: str
    region: str
    expert: bool
    own: bool

    @property
    def gone(self) -> bool:
        """Whether the account was erased."""
        return not self.name


@dataclass(frozen=True, kw_only=True)
class Down:
    """Why and when editors took a post off the page."""

    at: datetime
    reason: str
    note: str


@dataclass(frozen=True, kw_only=True)
class WordingView:
    """What a post said until a moment."""

    title: str
    text: str
    until: datetime


@dataclass(frozen=True, kw_only=True)
class AnswerView:
    """An answer as a page shows it."""

    id: UUID
    author: Author
    text: str
    given_at: datetime
    changed_at: datetime | None
    thanks: int
    thanked: bool
    """Whether the reader thanked for it."""
    accepted: bool
    down: Down | None
    wordings: tuple[WordingView, ...]
    """Earlier ones, the newest first, for its author and the editors only."""


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A question in a list; ``news`` says that its author has not seen the newest answer."""

    id: UUID
    title: str
    text: str
    topic: str
    author: Author
    asked_at: datetime
    active_at: datetime
    answers: int
    accepted: bool
    expert: bool
    found: Parts = ()
    """The place that the search found, in pieces."""
    news: bool = False
    merged: bool = False
    down: Down | None = None


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """One page of a list; ``first`` is the number of its first question, ``more`` follow it."""

    threads: tuple[Listed, ...]
    total: int
    first: int
    more: bool


@dataclass(frozen=True, kw_only=True)
class ThreadView:
    """A question with its answers: the accepted one first, then by the time they were given."""

    id: UUID
    title: str
    text: str
    topic: str
    author: Author
    asked_at: datetime
    changed_at: datetime | None
    accepted_at: datetime | None
    expert: bool
    """Whether an expert accepted the accepted answer."""
    down: Down | None
    merged_into: UUID | None
    wordings: tuple[WordingView, ...]
    answers: tuple[AnswerView, ...]

    @property
    def count(self) -> int:
        """How many answers are on the page."""
        return sum(one.down is None for one in self.answers)


@dataclass(frozen=True, kw_only=True)
class Reported:
    """A post that members reported, or that is off the page: what the editors look at."""

    thread: UUID
    answer: UUID | None
    title: str
    text: str
    author: Author
    reports: int
    reasons: tuple[str, ...]
    notes: tuple[str, ...]
    since: datetime
    down: Down | None = None
