"""What study hands out: plain values, none of them tied to a session."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from content.quiz import Names, Question
from psot.study.walking import Walked

ENOUGH = 10
"""Fewer answers than these make no share worth saying."""


@dataclass(frozen=True, kw_only=True)
class MistakeView:
    """A question that was answered not quite right and is not known again yet.

    ``right_on`` is the day of a right answer since then; another one on another day lets it go.
    """

    question: Question
    answered_at: datetime
    score_ppm: int
    attempt: UUID
    right_on: date | None

    @property
    def partly(self) -> bool:
        """Whether something in the answer was right."""
        return self.score_ppm > 0


@dataclass(frozen=True, kw_only=True)
class Day:
    """A day of the forecast with the number of questions that come due on it."""

    on: date
    due: int


@dataclass(frozen=True, kw_only=True)
class Retention:
    """Of ``answers`` to questions that were due, ``right`` ones in full."""

    answers: int
    right: int

    @property
    def share(self) -> float | None:
        """The share of the right ones, None where there are too few answers."""
        return self.right / self.answers if self.answers >= ENOUGH else None


@dataclass(frozen=True, kw_only=True)
class Today:
    """A member's day: what is due, what is new, what is done, and what comes.

    ``due`` and ``fresh`` are what the next set asks, in this order (id, version); ``waiting`` is
    how many more are due than the day's ``limit`` lets in. ``attempt`` is a set of this day that
    is not finished. ``next_on`` is the day on which something is due again, where today is free.
    """

    on: date
    limit: int
    due: tuple[tuple[str, int], ...]
    fresh: tuple[tuple[str, int], ...]
    waiting: int
    answered: int
    attempt: UUID | None
    attempt_given: int
    attempt_of: int
    forecast: tuple[Day, ...]
    next_on: date | None
    retention: Retention
    streak_days: int
    cards: int

    @property
    def questions(self) -> tuple[tuple[str, int], ...]:
        """What the next set asks."""
        return (*self.due, *self.fresh)


@dataclass(frozen=True, kw_only=True)
class CourseView:
    """A member's way through a plan, under way."""

    id: UUID
    plan: str
    title: Names
    intro: Names
    round: int
    began_on: date
    renews_on: date | None
    paused_on: date | None
    steps: tuple[Walked, ...]
    offered: bool
    """Whether the plan is still published."""

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(one.done for one in self.steps)

    @property
    def next_step(self) -> Walked | None:
        """The first step that is not done."""
        return next((one for one in self.steps if one.is_next), None)


@dataclass(frozen=True, kw_only=True)
class PastStep:
    """A step of a course that is over: its topic, and what of it was done when."""

    topic: str
    deeds: tuple[tuple[str, datetime | None], ...]

    @property
    def done(self) -> bool:
        """Whether everything in it was done."""
        return all(moment is not None for _, moment in self.deeds)


@dataclass(frozen=True, kw_only=True)
class PastCourse:
    """A course that was left or renewed, as it stood that day."""

    id: UUID
    plan: str
    title: Names
    round: int
    began_on: date
    over_on: date
    renewed: bool
    steps: tuple[PastStep, ...]

    @property
    def done(self) -> int:
        """How many steps were done."""
        return sum(one.done for one in self.steps)
