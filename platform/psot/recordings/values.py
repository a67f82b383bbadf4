"""What the room's readers and operations hand out: plain values, none of them tied to a session."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from scoring.watch import Spans, length_ms


@dataclass(frozen=True, kw_only=True)
class Words:
    """A text in the languages it has."""

    texts: dict[str, str]

    def in_language(self, language: str) -> str:
        """Return the text in ``language``, else in Russian, else in any it has."""
        return (
            self.texts.get(language)
            or self.texts.get("ru")
            or next(filter(None, self.texts.values()), "")
        )


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """A part of a recording that begins at ``at_ms``."""

    at_ms: int
    title: Words


@dataclass(frozen=True, kw_only=True)
class RecordingView:
    """A recording as the pages show it; ``file`` is inside ``root``, or an address for an embed."""

    slug: str
    title: Words
    about: Words
    speaker: Words
    topics: tuple[str, ...]
    language: str
    recorded_on: date
    length_ms: int
    kind: str
    root: str
    file: str
    poster: str
    chapters: tuple[Chapter, ...]
    subtitles: tuple[str, ...]
    """Languages of the subtitles, the recording's own first."""
    changed_at: datetime
    published_at: datetime | None

    @property
    def counted(self) -> bool:
        """Whether watching it can be verified, and so counts."""
        return self.kind != "embed"

    @property
    def ready(self) -> bool:
        """Whether it has everything that publishing needs."""
        return bool(self.file and self.length_ms > 0 and self.title.texts.get("ru"))


@dataclass(frozen=True, kw_only=True)
class Progress:
    """What one member has to do with a recording.

    ``seen`` is of all seasons; ``credited`` and ``waiting`` are of the running one; ``lost_ms``
    waited when its season ended.
    """

    seen: Spans = ()
    credited: Spans = ()
    waiting: Spans = ()
    credited_ms: int = 0
    pending_ms: int = 0
    lost_ms: int = 0
    place_ms: int = 0
    answered: int = 0
    missed: int = 0
    completed: bool = False

    @property
    def seen_ms(self) -> int:
        """How much of it was seen."""
        return length_ms(self.seen)


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A recording in a list; ``seen_permille`` of it the reader has seen."""

    recording: RecordingView
    progress: Progress = field(default_factory=Progress)
    seen_permille: int = 0
    places: int = 0
    """Places of its transcript that hold the words searched for."""


@dataclass(frozen=True, kw_only=True)
class OpenCheck:
    """A check of attention that waits for its answer."""

    id: UUID
    recording: str
    closing: bool
    asked_at: datetime
    closes_at: datetime


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What became of a report: the same for ever, however often it is sent."""

    number: int
    accepted_ms: int
    refused_ms: int
    repeated: bool = False

    def outcome(self) -> dict[str, Any]:
        """Return what is kept with the report."""
        return {"accepted_ms": self.accepted_ms, "refused_ms": self.refused_ms}


@dataclass(frozen=True, kw_only=True)
class Cue:
    """A line of subtitles; the text is plain."""

    from_ms: int
    to_ms: int
    text: str
