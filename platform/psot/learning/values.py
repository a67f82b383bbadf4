"""What the room's readers and operations hand out: plain values, none of them tied to a session."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from content.quiz import Key, PublicQuestion, Quiz
from psot.learning.models import Publication


@dataclass(frozen=True, kw_only=True)
class PublishedQuiz:
    """A quiz on the page, with what the member asking has to do with it."""

    quiz: Quiz
    version: int
    questions: tuple[str, ...]
    published_at: datetime
    open_attempt: UUID | None = None
    answered: int = 0
    """Questions answered in the open attempt."""
    attempts: int = 0
    """Attempts finished."""
    best_ppm: int | None = None
    """Best score of the finished attempts."""


@dataclass(frozen=True, kw_only=True)
class AttemptView:
    """An attempt as its member may see it."""

    id: UUID
    quiz: str
    quiz_version: int
    number: int
    questions: tuple[str, ...]
    started_at: datetime
    answers: tuple["Answered", ...]
    """Answers given, in the order of the questions."""
    finished_at: datetime | None = None
    score_ppm: int | None = None

    @property
    def position(self) -> int:
        """The question that is next, from 1; one more than there are when all are answered."""
        return len(self.answers) + 1

    @property
    def finished(self) -> bool:
        """Whether the last question is answered."""
        return self.finished_at is not None


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A question as it stands before its member, without its key."""

    attempt: UUID
    position: int
    of: int
    question: PublicQuestion
    shown_at: datetime


@dataclass(frozen=True, kw_only=True)
class Answered:
    """An answer as it stands, with the key: it exists only once the answer is stored.

    ``repeated`` says that the same answer had been given before this call.
    """

    attempt: UUID
    position: int
    of: int
    question: PublicQuestion
    chosen: tuple[str, ...]
    key: Key
    score_ppm: int
    response_ms: int
    nth: int
    answered_at: datetime
    repeated: bool = False

    @property
    def last(self) -> bool:
        """Whether it was the last question of the attempt."""
        return self.position == self.of


@dataclass(frozen=True, kw_only=True)
class PastAttempt:
    """A finished attempt in a list."""

    id: UUID
    number: int
    finished_at: datetime
    score_ppm: int


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """A quiz as its editor sees it: with its publications, the newest first."""

    quiz: Quiz
    history: tuple[Publication, ...]

    @property
    def published(self) -> Publication | None:
        """The publication that is on the page, if any."""
        return next((one for one in self.history if one.withdrawn_at is None), None)

    @property
    def outdated(self) -> bool:
        """Whether an older version than the present one is on the page."""
        return self.published is not None and self.published.version != self.quiz.version
