"""What happened while somebody learned."""

from uuid import UUID

from events.base import Fact, fact


@fact("psot.learning.quiz.published.v1")
class QuizPublished(Fact):
    """An editor published ``version`` of a quiz; ``questions`` are the ids it asks, in order."""

    editor: UUID | None
    quiz: str
    version: int
    questions: tuple[str, ...]


@fact("psot.learning.quiz.withdrawn.v1")
class QuizWithdrawn(Fact):
    """An editor took ``version`` of a quiz off the page; attempts made stay as they are."""

    editor: UUID | None
    quiz: str
    version: int


@fact("psot.learning.attempt.started.v1")
class AttemptStarted(Fact):
    """A member began the ``number``-th attempt (from 1) at a quiz."""

    member: UUID
    attempt: UUID
    quiz: str
    quiz_version: int
    number: int


@fact(
    "psot.learning.question.answered.v1",
    successor="psot.learning.question.answered.v2",
    upcast=lambda data: {**data, "mode": "practice", "response": None},
)
class QuestionAnsweredV1(Fact):
    """A member answered a question of a quiz; what was answered had no place in it yet."""

    member: UUID
    attempt: UUID
    quiz: str
    question: str
    question_version: int
    nth: int
    score_ppm: int
    response_ms: int


@fact("psot.learning.question.answered.v2")
class QuestionAnswered(Fact):
    """A member answered a question in an attempt.

    ``mode`` is that of the attempt (practice, check, placement, mistakes, daily). ``nth`` counts
    this member's answers to the question over all attempts, from 1; ``score_ppm`` is 0..1,000,000;
    ``response`` is what was answered as canonical JSON of the question's kind, None where it was
    not kept; ``response_ms`` is the server's time from showing to receiving.
    """

    member: UUID
    attempt: UUID
    quiz: str
    mode: str
    question: str
    question_version: int
    nth: int
    score_ppm: int
    response: str | None
    response_ms: int


@fact(
    "psot.learning.attempt.finished.v1",
    successor="psot.learning.attempt.finished.v2",
    upcast=lambda data: {**data, "unanswered": []},
)
class AttemptFinishedV1(Fact):
    """An attempt ended; what was left without an answer had no place in it yet."""

    member: UUID
    attempt: UUID
    quiz: str
    score_ppm: int


@fact("psot.learning.attempt.finished.v2")
class AttemptFinished(Fact):
    """An attempt ended: its last question answered, its time up, or the member stopped.

    ``score_ppm`` is the mean of its answers; in a check or a placement a question without an
    answer counts as 0. Those are ``unanswered``, each as ``id@version``; other attempts name none.
    """

    member: UUID
    attempt: UUID
    quiz: str
    score_ppm: int
    unanswered: tuple[str, ...]
