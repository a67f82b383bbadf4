"""What happened while somebody read."""

from uuid import UUID

from events.base import Fact, fact


@fact("psot.reading.lesson.read.v1")
class LessonRead(Fact):
    """A member read ``version`` of the lesson of a topic to its end, or said so."""

    member: UUID
    topic: str
    version: int
