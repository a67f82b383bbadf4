"""What reading hands out: plain values, none of them tied to a session."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from content.quiz import Names
from psot.library.values import TopicView


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading of a lesson; ``level`` is 2 or 3."""

    anchor: str
    title: str
    level: int


@dataclass(frozen=True, kw_only=True)
class LessonView:
    """A lesson as a page shows it; ``html`` is clean."""

    topic: str
    version: int
    title: Names
    summary: Names
    html: str
    headings: tuple[Heading, ...]
    minutes: int
    cites: tuple[str, ...]
    """Ids of the norms it cites, in the order of the text."""

    def heading(self, anchor: str) -> Heading | None:
        """Return the heading at ``anchor``, or None where this version has none there."""
        return next((one for one in self.headings if one.anchor == anchor), None)


@dataclass(frozen=True, kw_only=True)
class ProgressView:
    """How far a member came in a lesson."""

    topic: str
    anchor: str
    furthest_ppm: int
    seen_at: datetime
    version: int
    read_version: int | None
    read_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class BookmarkView:
    """A place a member marked; ``path`` is its address, "" where it is gone."""

    id: UUID
    kind: str
    name: str
    anchor: str
    title: str
    made_at: datetime
    path: str


@dataclass(frozen=True, kw_only=True)
class TopicCard:
    """A topic in the library with what the reader has to do with it.

    ``state`` is ``fresh``, ``begun``, ``read`` or ``changed`` (a newer version than the one read).
    """

    topic: TopicView
    minutes: int
    progress: ProgressView | None
    state: str
