"""What happened while somebody followed a plan of learning."""

from uuid import UUID

from events.base import Fact, fact


@fact("psot.study.plan.chosen.v1")
class PlanChosen(Fact):
    """A member began a plan; ``course`` is this one way through it."""

    member: UUID
    course: UUID
    plan: str
    plan_version: int


@fact("psot.study.plan.paused.v1")
class PlanPaused(Fact):
    """A member put a course aside: until it is resumed no day counts."""

    member: UUID
    course: UUID


@fact("psot.study.plan.resumed.v1")
class PlanResumed(Fact):
    """A member took a paused course up again; ``paused_s`` is how long this pause was."""

    member: UUID
    course: UUID
    paused_s: int


@fact("psot.study.plan.left.v1")
class PlanLeft(Fact):
    """A member left a course, or changed to another plan."""

    member: UUID
    course: UUID


@fact("psot.study.plan.returned.v1")
class PlanReturned(Fact):
    """A member came back to a course that had been left."""

    member: UUID
    course: UUID


@fact("psot.study.plan.renewed.v1")
class PlanRenewed(Fact):
    """A course came to the end of its time: ``course`` is the one that follows ``previous``.

    ``round`` counts the times the plan is walked without a break, from 2.
    """

    member: UUID
    course: UUID
    previous: UUID
    plan: str
    plan_version: int
    round: int


@fact("psot.study.lesson.refreshed.v1")
class LessonRefreshed(Fact):
    """A member read a lesson again that they had read before the course began."""

    member: UUID
    course: UUID
    topic: str
