"""Builders of facts of learning, and a database in which study folds them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from sqlalchemy import text

from events import Fact
from events.learning import AttemptFinished, QuestionAnswered
from events.reading import LessonRead
from psot.database import Database
from psot.ledger import Catalogue, Ledger, append_many
from psot.ledger.consumers import enrol
from psot.ledger.delivery import deliver
from psot.study.projections import STUDY

Entry = tuple[Fact, str, datetime]

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
DAY = timedelta(days=1)
RIGHT, HALF, WRONG = 1_000_000, 500_000, 0


def member(number: int) -> UUID:
    """Return the id of the test's member ``number``."""
    return UUID(int=0xC << 124 | number)


def attempt_of(who: UUID, quiz: str = "ppe", number: int = 1) -> UUID:
    """Return the id of the test's attempt ``number`` of a member at a quiz."""
    return uuid5(who, f"{quiz}:{number}")


def answered(
    who: UUID,
    question: str = "ppe-01",
    score_ppm: int = RIGHT,
    *,
    at: datetime = NOW,
    nth: int = 1,
    quiz: str = "ppe",
    mode: str = "practice",
    response_ms: int = 20_000,
) -> Entry:
    """An answer; every ``nth`` belongs to an attempt of its own."""
    attempt = attempt_of(who, quiz, nth)
    fact = QuestionAnswered(
        member=who,
        attempt=attempt,
        quiz=quiz,
        mode=mode,
        question=question,
        question_version=1,
        nth=nth,
        score_ppm=score_ppm,
        response=None,
        response_ms=response_ms,
    )
    return fact, f"{attempt}:{question}", at


def finished(
    who: UUID, quiz: str = "ppe", score_ppm: int = RIGHT, *, number: int = 1, at: datetime = NOW
) -> Entry:
    attempt = attempt_of(who, quiz, number)
    return (
        AttemptFinished(member=who, attempt=attempt, quiz=quiz, score_ppm=score_ppm, unanswered=()),
        str(attempt),
        at,
    )


def read(who: UUID, topic: str = "ppe", *, version: int = 1, at: datetime = NOW) -> Entry:
    fact = LessonRead(member=who, topic=topic, version=version)
    return fact, f"{who}:{topic}:{version}", at


@contextmanager
def listening(database: Database) -> Iterator[Database]:
    """Give ``database`` a ledger to which study listens."""
    catalogue = Catalogue((STUDY,))
    Ledger(catalogue=catalogue, ring=lambda: None).attach(database)
    enrol(database, catalogue)
    yield database


def happen(database: Database, *entries: Entry) -> None:
    """Append what happened, in this order."""
    with database.begin() as session:
        append_many(session, entries)


def drain(database: Database, *, batch: int = 1000) -> None:
    """Fold until nothing is open; fails on a fact that cannot be folded."""
    while True:
        done = deliver(database, STUDY, batch=batch)
        assert (done.failed, done.stopped, done.locked) == (0, False, False)
        if not done.done:
            return


def tell(database: Database, *entries: Entry, batch: int = 1000) -> None:
    """Append and fold."""
    happen(database, *entries)
    drain(database, batch=batch)


def start_over(database: Database) -> None:
    """Empty the ledger and what was folded, as no product code may."""
    tables = ", ".join(one.name for one in STUDY.owned())
    with database.begin() as session:
        session.execute(text("ALTER TABLE ledger_facts DISABLE TRIGGER ALL"))
        session.execute(
            text(f"TRUNCATE ledger_facts, ledger_deliveries, ledger_dead_letters, {tables}")
        )


def rows(database: Database, table: str, columns: str = "*") -> list[tuple[object, ...]]:
    """Return what stands in one of our tables, sorted."""
    with database.begin() as session:
        found = session.execute(text(f"SELECT {columns} FROM {table}"))  # noqa: S608 - our own table
        return sorted((tuple(row) for row in found), key=repr)


def stored(database: Database) -> dict[str, Sequence[tuple[object, ...]]]:
    """Return everything that was folded."""
    return {table.name: rows(database, table.name) for table in STUDY.owned()}
