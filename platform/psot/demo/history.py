"""The learning of one member: attempts, answers and the facts they are told by.

The rows are what the operations of learning would have written at those moments; the answers are
judged by the one grader, so that recomputing the ledger gives what is stored.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from content.quiz import Question, Quiz, SingleChoice, canonical, grade
from events import Fact
from events.learning import AttemptFinished, AttemptStarted, QuestionAnswered
from psot.demo.people import Person
from scoring.rating import season_mean_ppm

Entry = tuple[Fact, str, datetime]

READING = timedelta(seconds=14)
"""Between an answer and the next question: the explanation is read."""
APART = timedelta(minutes=20)
"""A member begins at most one quiz in so much time."""


@dataclass(kw_only=True)
class History:
    """What one member did, as rows and as facts."""

    attempts: list[dict[str, Any]] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)
    facts: list[Entry] = field(default_factory=list)


@dataclass(kw_only=True)
class Learner:
    """A member of the demo community while the history is made."""

    member: UUID
    person: Person
    random: Random
    known: Mapping[str, Question]
    """The questions of the quizzes, by id."""
    history: History = field(default_factory=History)
    _answered: Counter[str] = field(default_factory=Counter)
    _taken: Counter[str] = field(default_factory=Counter)
    _before: Counter[str] = field(default_factory=Counter)

    def remember(self, answered: Counter[str], taken: Counter[str]) -> None:
        """Go on from so many answers by question, and attempts by quiz."""
        self._answered, self._taken = answered, taken

    def begin_season(self) -> None:
        """Let every quiz be one not taken yet: a season counts first answers anew."""
        self._before = Counter(self._taken)

    def learn(self, quizzes: Sequence[Quiz], start: datetime, now: datetime) -> None:
        """Take quizzes between ``start`` and ``now``, one not taken this season before others."""
        for moment in self._moments(max(start, self.person.joined_at), now):
            taken = {one.slug: self._taken[one.slug] - self._before[one.slug] for one in quizzes}
            fewest = min(taken.values())
            fresh = [one for one in quizzes if taken[one.slug] == fewest]
            if fewest > 0 and self.random.random() > 0.35:  # noqa: PLR2004 - practising is rarer
                continue
            self.take(self.random.choice(fresh), moment)

    def told(self) -> History:
        """Return what was done since this was asked last."""
        told, self.history = self.history, History()
        return told

    def take(self, quiz: Quiz, moment: datetime, *, only: int = 0) -> None:
        """Take ``quiz`` from ``moment`` on; with ``only``, stop after so many answers."""
        attempt = UUID(int=self.random.getrandbits(128), version=4)
        self._taken[quiz.slug] += 1
        number = self._taken[quiz.slug]
        started_at = moment
        scores: list[int] = []
        for position, id_ in enumerate(quiz.questions[: only or None], 1):
            shown_at = moment + READING * self.random.uniform(0.4, 1.2)
            moment, score_ppm = self._answer(attempt, quiz, position, id_, shown_at)
            scores.append(score_ppm)
        finished = len(scores) == len(quiz.questions)
        mean = season_mean_ppm(scores) if finished else None
        self.history.attempts.append(
            {
                "id": attempt,
                "member": self.member,
                "quiz": quiz.slug,
                "quiz_version": quiz.version,
                "number": number,
                "mode": "practice",
                "questions": [[one, self.known[one].version] for one in quiz.questions],
                "seed": f"{self.random.getrandbits(64):016x}",
                "started_at": started_at,
                "ends_at": None,
                "pass_ppm": None,
                "finished_at": moment if finished else None,
                "score_ppm": mean,
            }
        )
        self._tell(
            AttemptStarted(
                member=self.member,
                attempt=attempt,
                quiz=quiz.slug,
                quiz_version=quiz.version,
                number=number,
            ),
            str(attempt),
            started_at,
        )
        if finished:
            fact = AttemptFinished(
                member=self.member,
                attempt=attempt,
                quiz=quiz.slug,
                score_ppm=mean or 0,
                unanswered=(),
            )
            self._tell(fact, str(attempt), moment)

    def _answer(
        self, attempt: UUID, quiz: Quiz, position: int, id_: str, shown_at: datetime
    ) -> tuple[datetime, int]:
        question = self.known[id_]
        known = self._answered[id_] > 0
        chosen = self._choose(question, known=known)
        response_ms = int(1000 * max(1.5, self.random.gauss(self.person.pace_s, 6)))
        answered_at = shown_at + timedelta(milliseconds=response_ms)
        score_ppm = grade(question, chosen).score_ppm
        self._answered[id_] += 1
        self.history.answers.append(
            {
                "attempt_id": attempt,
                "position": position,
                "member": self.member,
                "question": id_,
                "question_version": question.version,
                "shown_at": shown_at,
                "answered_at": answered_at,
                "response": chosen,
                "nth": self._answered[id_],
                "score_ppm": score_ppm,
                "response_ms": response_ms,
            }
        )
        fact = QuestionAnswered(
            member=self.member,
            attempt=attempt,
            quiz=quiz.slug,
            mode="practice",
            question=id_,
            question_version=question.version,
            nth=self._answered[id_],
            score_ppm=score_ppm,
            response=canonical(chosen),
            response_ms=response_ms,
        )
        self._tell(fact, f"{attempt}:{id_}", answered_at)
        return answered_at, score_ppm

    def _choose(self, question: Question, *, known: bool) -> list[str]:
        right = sorted(question.correct)
        wrong = sorted(question.option_ids - question.correct)
        chance = self.person.skill - 0.13 * (question.difficulty - 2) + (0.15 if known else 0)
        if self.random.random() < chance:
            return right
        if isinstance(question, SingleChoice):
            return [self.random.choice(wrong)]
        kept = self.random.sample(right, max(1, len(right) - 1))
        return sorted({*kept, *([self.random.choice(wrong)] if self.random.getrandbits(1) else [])})

    def _moments(self, start: datetime, now: datetime) -> Iterator[datetime]:
        """Moments to learn at: some days of most weeks, in working hours, all of them past."""
        days = (now - start).days + 1
        wanted = sorted(
            start + timedelta(days=day, seconds=self.random.uniform(5 * 3600, 17 * 3600))
            for day in range(days)
            if self.random.random() < self.person.diligence * 0.16
        )
        last = start
        for moment in wanted:
            if last <= moment < now - APART:
                yield moment
                last = moment + APART

    def _tell(self, fact: Fact, key: str, occurred_at: datetime) -> None:
        self.history.facts.append((fact, key, occurred_at))
