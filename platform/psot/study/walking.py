"""How far somebody came in a plan: pure, from the plan, what may be asked, and what was done.

* A lesson is done when it was read to its end.
* Practice is done when every question of the step's quiz, or every question of the topic, was
  answered once, rightly or not, in whatever set; of a quiz whose questions are drawn, when as many
  were answered in one attempt as it draws.
* A check is done when the check of the topic, or the step's quiz where it is one, reached its mark.

What was done up to `COUNTS_BEFORE` before a course began counts: who has just learned something
need not do it again, neither in the first round nor after a renewal.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo

from content.quiz import PlanStep, Quiz, QuizMode, Step

COUNTS_BEFORE = timedelta(days=60)
PPM_OF_A_PERCENT = 10_000


@dataclass(frozen=True, kw_only=True)
class Finished:
    """An attempt that is over: at which set, with which result, with how many answers."""

    quiz: str
    score_ppm: int
    answers: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Done:
    """What a member did in the time that counts; the first time of each."""

    lessons: Mapping[str, datetime] = field(default_factory=dict)
    answered: Mapping[str, datetime] = field(default_factory=dict)
    finished: Sequence[Finished] = ()


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """What may be asked now: the questions of each topic, and the quizzes.

    ``lessons`` are the topics that have one; ``pass_ppm`` is the mark of a check without its own.
    """

    questions: Mapping[str, Sequence[str]]
    quizzes: Mapping[str, Quiz]
    lessons: Collection[str]
    pass_ppm: int
    published: Collection[str]
    """All questions that may be asked."""


@dataclass(frozen=True, kw_only=True)
class Deed:
    """One thing to do in a step: how much of it is done, and when it was done whole."""

    kind: Step
    got: int
    of: int
    done_at: datetime | None

    @property
    def done(self) -> bool:
        """Whether nothing of it is left."""
        return self.done_at is not None


@dataclass(frozen=True, kw_only=True)
class Walked:
    """A step of a plan with how far its member came; ``due_on`` is its last day in their zone."""

    step: PlanStep
    number: int
    deeds: tuple[Deed, ...]
    due_on: date | None
    is_next: bool = False

    @property
    def done(self) -> bool:
        """Whether everything in it is done."""
        return all(one.done for one in self.deeds)

    @property
    def done_at(self) -> datetime | None:
        """When the last thing in it was done, None while something is left."""
        moments = [one.done_at for one in self.deeds if one.done_at is not None]
        return max(moments, default=None) if self.done else None

    def state(self, today: date) -> str:
        """Return ``done``, ``late``, ``next`` or ``ahead``."""
        if self.done:
            return "done"
        if self.due_on is not None and self.due_on < today:
            return "late"
        return "next" if self.is_next else "ahead"


def walk(
    steps: Sequence[PlanStep], done: Done, shelf: Shelf, *, first_day: date, paused_days: int = 0
) -> tuple[Walked, ...]:
    """Return the steps of a plan as they stand; the first one that is not done is the next.

    What cannot be done, since nothing of it is published, is not asked for.
    """
    walked = []
    for number, step in enumerate(steps, 1):
        deeds = tuple(deed for kind in step.do if (deed := _deed(kind, step, done, shelf)))
        days = step.within_days
        due_on = None if days is None else first_day + timedelta(days=days + paused_days)
        walked.append(Walked(step=step, number=number, deeds=deeds, due_on=due_on))
    left = next((one.number for one in walked if not one.done), None)
    return tuple(
        Walked(
            step=one.step,
            number=one.number,
            deeds=one.deeds,
            due_on=one.due_on,
            is_next=one.number == left,
        )
        for one in walked
    )


def day_of(moment: datetime, zone: tzinfo) -> date:
    """Return the calendar day of ``moment`` in ``zone``."""
    return moment.astimezone(zone).date()


def months_after(moment: datetime, months: int) -> datetime:
    """Return the same day of a later month, or that month's last day where it has no such day.

    >>> months_after(datetime(2026, 1, 31), 1)
    datetime.datetime(2026, 2, 28, 0, 0)
    """
    year, month = divmod(moment.month - 1 + months, 12)
    year, month = moment.year + year, month + 1
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    last = (first_of_next - timedelta(days=1)).day
    return moment.replace(year=year, month=month, day=min(moment.day, last))


def _deed(kind: Step, step: PlanStep, done: Done, shelf: Shelf) -> Deed | None:
    if kind is Step.LESSON:
        if step.topic not in shelf.lessons:
            return None
        read_at = done.lessons.get(step.topic)
        return Deed(kind=kind, got=int(read_at is not None), of=1, done_at=read_at)
    if not shelf.questions.get(step.topic):
        return None
    return _practice(step, done, shelf) if kind is Step.PRACTICE else _check(step, done, shelf)


def _practice(step: PlanStep, done: Done, shelf: Shelf) -> Deed:
    ways = [_answered(shelf.questions[step.topic], done)]
    quiz = shelf.quizzes.get(step.quiz or "")
    if quiz is not None and quiz.draw:
        ways.insert(0, _drawn(quiz, done))
    elif quiz is not None:
        asked = [one for one in quiz.questions if one in shelf.published]
        if asked:
            ways.insert(0, _answered(asked, done))
    whole = [(one.done_at, place) for place, one in enumerate(ways) if one.done_at is not None]
    return ways[min(whole)[1]] if whole else ways[0]


def _answered(asked: Sequence[str], done: Done) -> Deed:
    moments = [done.answered[one] for one in asked if one in done.answered]
    whole = len(moments) == len(asked)
    return Deed(
        kind=Step.PRACTICE,
        got=len(moments),
        of=len(asked),
        done_at=max(moments) if whole else None,
    )


def _drawn(quiz: Quiz, done: Done) -> Deed:
    size = sum(one.count for one in quiz.draw)
    taken = [one for one in done.finished if one.quiz == quiz.slug]
    whole = [one.at for one in taken if one.answers >= size]
    got = max((min(one.answers, size) for one in taken), default=0)
    return Deed(kind=Step.PRACTICE, got=got, of=size, done_at=min(whole, default=None))


def _check(step: PlanStep, done: Done, shelf: Shelf) -> Deed:
    marks = {f"{step.topic}.{QuizMode.CHECK}": shelf.pass_ppm}
    quiz = shelf.quizzes.get(step.quiz or "")
    if quiz is not None and quiz.mode is QuizMode.CHECK:
        percent = quiz.pass_percent
        marks[quiz.slug] = shelf.pass_ppm if percent is None else percent * PPM_OF_A_PERCENT
    passed = [
        one.at for one in done.finished if one.quiz in marks and one.score_ppm >= marks[one.quiz]
    ]
    return Deed(kind=Step.CHECK, got=int(bool(passed)), of=1, done_at=min(passed, default=None))
