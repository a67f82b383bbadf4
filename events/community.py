"""What happened in the community: who asked, answered, accepted, thanked, and what editors did.

Ids only: what was written stays in the room. A ``post`` is a thread, or an answer where one is
named. ``nth`` counts the changes, or the decisions, of one post from 1; the highest one stands.
"""

from uuid import UUID

from events.base import Fact, fact


@fact("psot.community.thread.asked.v1")
class ThreadAsked(Fact):
    """A member asked the community about a topic; ``topic`` is "" for a question of no topic."""

    member: UUID
    thread: UUID
    topic: str


@fact("psot.community.thread.answered.v1")
class ThreadAnswered(Fact):
    """A member answered a question of the community."""

    member: UUID
    thread: UUID
    answer: UUID


@fact("psot.community.post.changed.v1")
class PostChanged(Fact):
    """A member changed what they had written so late that others had read it before."""

    member: UUID
    thread: UUID
    answer: UUID | None
    nth: int


@fact("psot.community.answer.accepted.v1")
class AnswerAccepted(Fact):
    """The answer that ``member`` gave was accepted by the asker or by an expert.

    ``by_expert`` is set where whoever accepted it held the role of an expert then; nobody accepts
    an answer of their own as an expert.
    """

    member: UUID
    thread: UUID
    answer: UUID
    by: UUID
    by_expert: bool


@fact("psot.community.answer.thanked.v1")
class AnswerThanked(Fact):
    """``member`` thanked for an answer that ``author`` gave, once for ever."""

    member: UUID
    thread: UUID
    answer: UUID
    author: UUID


@fact("psot.community.post.reported.v1")
class PostReported(Fact):
    """A member asked the editors to look at a post; ``reason`` is a word of the room's table."""

    member: UUID
    thread: UUID
    answer: UUID | None
    reason: str


@fact("psot.community.reports.dismissed.v1")
class ReportsDismissed(Fact):
    """An editor looked at a reported post and left it where it is."""

    editor: UUID
    thread: UUID
    answer: UUID | None
    nth: int


@fact("psot.community.post.taken.down.v1")
class PostTakenDown(Fact):
    """An editor took a post off the page; ``reason`` is a word of the room's table."""

    editor: UUID
    thread: UUID
    answer: UUID | None
    reason: str
    nth: int


@fact("psot.community.post.restored.v1")
class PostRestored(Fact):
    """An editor put a post back on the page."""

    editor: UUID
    thread: UUID
    answer: UUID | None
    nth: int


@fact("psot.community.threads.merged.v1")
class ThreadsMerged(Fact):
    """An editor found a double: its answers stand under ``into``, its address leads there."""

    editor: UUID
    thread: UUID
    into: UUID
