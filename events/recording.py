"""What happened while recordings were watched. Times are whole milliseconds.

A stretch of a recording is ``(from_ms, to_ms)`` of media time. The session of the xAPI video
profile is a ``viewing`` here.
"""

from uuid import UUID

from events.base import Fact, fact


@fact("psot.recording.published.v1")
class RecordingPublished(Fact):
    """An editor put a recording on the page; ``source`` is file, hls or embed."""

    editor: UUID | None
    recording: str
    source: str
    length_ms: int
    topics: tuple[str, ...]


@fact("psot.recording.withdrawn.v1")
class RecordingWithdrawn(Fact):
    """An editor took a recording off the page; what was watched of it stands."""

    editor: UUID | None
    recording: str


@fact("psot.recording.viewing.initialized.v1")
class ViewingInitialized(Fact):
    """A member opened a recording in a player; the time of this viewing runs from now on."""

    member: UUID
    viewing: UUID
    recording: str
    length_ms: int


@fact("psot.recording.segments.played.v1")
class SegmentsPlayed(Fact):
    """A player told what was played, and this much of it was accepted.

    ``number`` counts the reports of the viewing, as the player numbers them; ``segments`` are the
    stretches accepted in the order played; ``cost_ms`` is the real time they took;
    ``refused_ms`` was told besides and cannot have been watched by then.
    """

    member: UUID
    viewing: UUID
    recording: str
    number: int
    segments: tuple[tuple[int, ...], ...]
    speed_permille: int
    cost_ms: int
    refused_ms: int


@fact("psot.recording.check.asked.v1")
class CheckAsked(Fact):
    """A check of attention was asked: at a moment drawn in secret, or (``closing``) at the end."""

    member: UUID
    viewing: UUID
    recording: str
    check: UUID
    closing: bool


@fact("psot.recording.check.answered.v1")
class CheckAnswered(Fact):
    """A member answered a check of attention in time."""

    member: UUID
    recording: str
    check: UUID
    response_ms: int


@fact("psot.recording.check.missed.v1")
class CheckMissed(Fact):
    """A check of attention was over before anybody answered it."""

    member: UUID
    recording: str
    check: UUID


@fact("psot.recording.time.credited.v1")
class TimeCredited(Fact):
    """A member is credited ``ms`` of a recording, never the same of it twice in a ``season``.

    ``parts`` are the stretches they are made of; ``check`` is the one whose answer did it, asked
    in ``viewing``.
    """

    member: UUID
    recording: str
    viewing: UUID
    check: UUID
    season: str
    ms: int
    parts: tuple[tuple[int, ...], ...]


@fact("psot.recording.completed.v1")
class RecordingCompleted(Fact):
    """A member has seen enough of a recording in a season for it to be completed."""

    member: UUID
    recording: str
    viewing: UUID
    season: str
    seen_permille: int
