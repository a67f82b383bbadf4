"""What the room's readers and operations hand out: plain values, none of them tied to a session."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from content.quiz import Key, Names, PublicQuestion, Question, Quiz, Response
from psot.learning.models import Publication
from psot.learning.modes import RULES, Mode

PPM = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Pool:
    """Questions (id, version), of which ``count`` are drawn; None: all."""

    questions: tuple[tuple[str, int], ...]
    count: int | None = None

    @property
    def size(self) -> int:
        """How many questions come of it."""
        return len(self.questions) if self.count is None else min(self.count, len(self.questions))


@dataclass(frozen=True, kw_only=True)
class QuestionSet:
    """What can be taken: a published quiz, the practice or check of a topic, the placement.

    ``slug`` is its name in addresses and on the ledger. Of an ``ordered`` set the questions are
    asked as they stand.
    """

    slug: str
    version: int
    mode: Mode
    topic: str | None
    title: Names
    intro: Names
    pools: tuple[Pool, ...]
    ordered: bool = False
    time_limit_s: int | None = None
    pass_ppm: int | None = None
    published_at: datetime | None = None
    """Where it is a quiz that an editor put on the page."""

    @property
    def size(self) -> int:
        """How many questions an attempt has at most."""
        return sum(pool.size for pool in self.pools)

    @property
    def stock(self) -> int:
        """Of how many questions it is drawn."""
        return len({id_ for pool in self.pools for id_, _ in pool.questions})


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What a member has to do with a set."""

    open_attempt: UUID | None = None
    answered: int = 0
    """Questions answered in the open attempt."""
    attempts: int = 0
    """Attempts finished."""
    best_ppm: int | None = None
    """Best score of the finished attempts."""


@dataclass(frozen=True, kw_only=True)
class OfferedSet:
    """A set with what the member asking has to do with it."""

    set: QuestionSet
    standing: Standing = field(default_factory=Standing)

    @property
    def passed(self) -> bool:
        """Whether a finished attempt reached the mark; without a mark, whether there is one."""
        best = self.standing.best_ppm
        return best is not None and best >= (self.set.pass_ppm or 0)

    @property
    def state(self) -> str:
        """``open``, ``passed``, ``taken`` or ``fresh``."""
        if self.standing.open_attempt:
            return "open"
        if not self.standing.attempts:
            return "fresh"
        return "passed" if self.passed else "taken"


@dataclass(frozen=True, kw_only=True)
class Given:
    """An answer as it stands, of which nothing is told yet: it has no place for score or key.

    ``sealed`` says that the attempt tells nothing before its end, ``repeated`` that the same answer
    had been given before this call.
    """

    attempt: UUID
    position: int
    of: int
    question: PublicQuestion
    response: Response
    response_ms: int
    answered_at: datetime
    sealed: bool = False
    repeated: bool = False

    @property
    def last(self) -> bool:
        """Whether it was the last question of the attempt."""
        return self.position == self.of

    @property
    def chosen(self) -> tuple[str, ...]:
        """Ids of the options chosen, for the kinds that are answered by choosing."""
        return tuple(self.response) if isinstance(self.response, list) else ()


@dataclass(frozen=True, kw_only=True)
class Answered(Given):
    """An answer with its key: it exists only once the answer is stored and may be judged."""

    asked: Question = field(repr=False)
    """The question with everything that is known of it."""
    score_ppm: int
    nth: int
    parts: dict[str, int] = field(default_factory=dict)
    """Score of each part in millionths, for the kinds that have parts."""

    @property
    def key(self) -> Key:
        """What is right, why, and where that is written."""
        return self.asked.key()

    @property
    def right(self) -> bool:
        """Whether it is right in full."""
        return self.score_ppm == PPM


@dataclass(frozen=True, kw_only=True)
class AttemptView:
    """An attempt as its member may see it."""

    id: UUID
    quiz: str
    quiz_version: int
    number: int
    mode: Mode
    asked: tuple[tuple[str, int], ...]
    """Id and version of each question, in order."""
    started_at: datetime
    given: tuple[Given, ...]
    """What was answered, in the order of the questions; sealed answers without a judgement."""
    ends_at: datetime | None = None
    pass_ppm: int | None = None
    finished_at: datetime | None = None
    score_ppm: int | None = None

    @property
    def questions(self) -> tuple[str, ...]:
        """Ids of the questions, in order."""
        return tuple(id_ for id_, _ in self.asked)

    @property
    def answers(self) -> tuple[Answered, ...]:
        """The answers that are judged: none of a sealed attempt before its end."""
        return tuple(one for one in self.given if isinstance(one, Answered))

    @property
    def position(self) -> int:
        """The question that is next, from 1; one more than there are when all are answered."""
        return len(self.given) + 1

    @property
    def finished(self) -> bool:
        """Whether the last question is answered, the time is up, or the member stopped."""
        return self.finished_at is not None

    @property
    def sealed(self) -> bool:
        """Whether nothing is told of its answers before its end."""
        return RULES[self.mode].sealed

    @property
    def passed(self) -> bool | None:
        """Whether the mark was reached; None where there is no mark, or no result yet."""
        if self.pass_ppm is None or self.score_ppm is None:
            return None
        return self.score_ppm >= self.pass_ppm

    @property
    def to_repeat(self) -> tuple[tuple[str, int], ...]:
        """Questions answered not quite right, or not at all in a sealed attempt that is over."""
        judged = {one.position: one.right for one in self.answers}
        missed = self.sealed and self.finished
        return tuple(
            one for place, one in enumerate(self.asked, 1) if not judged.get(place, not missed)
        )


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A question as it stands before its member, without its key."""

    attempt: UUID
    position: int
    of: int
    question: PublicQuestion
    shown_at: datetime


@dataclass(frozen=True, kw_only=True)
class TopicResult:
    """What an attempt came to in one topic."""

    topic: str
    asked: int
    score_ppm: int
    """Mean over its questions."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """A finished attempt, topic by topic: the topic in need of most work first."""

    attempt: AttemptView
    topics: tuple[TopicResult, ...]
    unanswered: tuple[PublicQuestion, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PastAttempt:
    """A finished attempt in a list."""

    id: UUID
    number: int
    finished_at: datetime
    score_ppm: int
    quiz: str = ""
    mode: Mode = Mode.PRACTICE
    pass_ppm: int | None = None
    asked: int = 0
    answered: int = 0

    @property
    def passed(self) -> bool | None:
        """Whether the mark was reached; None where there is no mark."""
        return None if self.pass_ppm is None else self.score_ppm >= self.pass_ppm


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
