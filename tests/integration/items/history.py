"""Builders of facts about answers, and a database in which items and ratings fold them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from sqlalchemy import text

from content.quiz import canonical
from events import Fact
from events.competition import RaceQuestionAnswered
from events.learning import AttemptFinished, QuestionAnswered
from psot.database import Database
from psot.items.projections import ITEMS
from psot.ledger import Catalogue, Ledger, append_many
from psot.ledger.consumers import enrol
from psot.ledger.delivery import deliver
from psot.ratings.projections import RATINGS
from tests.integration.ratings.history import AUTUMN, member

Entry = tuple[Fact, str, datetime]
PROJECTIONS = (ITEMS, RATINGS)
SECOND = timedelta(seconds=1)
RIGHT, WRONG = 1_000_000, 0


def attempt_of(who: UUID, quiz: str = "ppe", number: int = 1) -> UUID:
    """Return the id of the test's attempt ``number`` of a member at a quiz."""
    return uuid5(who, f"{quiz}:{number}")


def answered(
    who: UUID,
    question: str,
    *,
    quiz: str = "ppe",
    attempt: int = 1,
    mode: str = "practice",
    nth: int = 1,
    version: int = 1,
    score_ppm: int = RIGHT,
    chosen: Sequence[str] | None = ("a",),
    response_ms: int = 20_000,
    at: datetime = AUTUMN,
) -> Entry:
    told = attempt_of(who, quiz, attempt)
    fact = QuestionAnswered(
        member=who,
        attempt=told,
        quiz=quiz,
        mode=mode,
        question=question,
        question_version=version,
        nth=nth,
        score_ppm=score_ppm,
        response=None if chosen is None else canonical(list(chosen)),
        response_ms=response_ms,
    )
    return fact, f"{told}:{question}", at


def finished(
    who: UUID,
    *,
    quiz: str = "ppe",
    attempt: int = 1,
    unanswered: Sequence[str] = (),
    at: datetime = AUTUMN,
) -> Entry:
    told = attempt_of(who, quiz, attempt)
    fact = AttemptFinished(
        member=who, attempt=told, quiz=quiz, score_ppm=0, unanswered=tuple(unanswered)
    )
    return fact, str(told), at


def sat(
    who: UUID,
    marks: Sequence[int],
    *,
    quiz: str = "ppe",
    attempt: int = 1,
    versions: Sequence[int] | None = None,
    at: datetime = AUTUMN,
) -> list[Entry]:
    """A whole attempt: a mark for each of the questions q1, q2 ... and its end."""
    told = versions or [1] * len(marks)
    answers = [
        answered(
            who,
            f"q{position}",
            quiz=quiz,
            attempt=attempt,
            nth=attempt,
            version=version,
            score_ppm=mark,
            chosen=["a"] if mark == RIGHT else ["b"],
            at=at + position * SECOND,
        )
        for position, (mark, version) in enumerate(zip(marks, told, strict=True), 1)
    ]
    end = at + (len(marks) + 1) * SECOND
    return [*answers, finished(who, quiz=quiz, attempt=attempt, at=end)]


def answered_in_race(
    who: UUID, question: str, *, score_ppm: int = RIGHT, at: datetime = AUTUMN
) -> Entry:
    race = UUID(int=0xB << 124)
    fact = RaceQuestionAnswered(
        race=race,
        member=who,
        question=question,
        question_version=1,
        score_ppm=score_ppm,
        response_ms=8_000,
    )
    return fact, f"{race}:{who}:{question}", at


@contextmanager
def listening(database: Database) -> Iterator[Database]:
    """Give ``database`` a ledger to which items and ratings listen."""
    catalogue = Catalogue(PROJECTIONS)
    Ledger(catalogue=catalogue, ring=lambda: None).attach(database)
    enrol(database, catalogue)
    yield database


def happen(database: Database, *entries: Entry) -> None:
    """Append what happened, in this order."""
    with database.begin() as session:
        append_many(session, entries)


def drain(database: Database, *, batch: int = 1000) -> None:
    """Fold until nothing is open; fails on a fact that cannot be folded."""
    for projection in PROJECTIONS:
        while True:
            done = deliver(database, projection, batch=batch)
            assert (done.failed, done.stopped, done.locked) == (0, False, False)
            if not done.done:
                break


def tell(database: Database, entries: Sequence[Entry], *, batch: int = 1000) -> None:
    """Append and fold."""
    happen(database, *entries)
    drain(database, batch=batch)


def start_over(database: Database) -> None:
    """Empty the ledger and what was folded, as no product code may."""
    tables = ", ".join(one.name for each in PROJECTIONS for one in each.owned())
    with database.begin() as session:
        session.execute(text("ALTER TABLE ledger_facts DISABLE TRIGGER ALL"))
        session.execute(
            text(f"TRUNCATE ledger_facts, ledger_deliveries, ledger_dead_letters, {tables}")
        )


__all__ = ["AUTUMN", "member"]
