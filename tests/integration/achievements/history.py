"""Facts that are deeds, and a database in which achievements fold them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from sqlalchemy import text

from events import Fact
from events.community import AnswerAccepted
from events.competition import ParticipationCredited, ShootingCleaned
from events.learning import AttemptFinished, QuestionAnswered
from events.recording import TimeCredited
from events.workplace import RunFinished
from psot.achievements.projections import ACHIEVEMENTS
from psot.database import Database
from psot.ledger import Catalogue, Ledger, append_many
from psot.ledger.consumers import enrol
from psot.ledger.delivery import deliver

Entry = tuple[Fact, str, datetime]

NOW = datetime(2026, 10, 7, 9, tzinfo=UTC)
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)


def thing(number: int, sort: str = "member") -> UUID:
    """Return the id of the test's ``number``-th of a ``sort``."""
    return uuid5(UUID(int=0xA), f"{sort}:{number}")


def accepted(who: UUID, answer: int, *, by: int, at: datetime = NOW) -> Entry:
    fact = AnswerAccepted(
        member=who,
        thread=thing(answer, "thread"),
        answer=thing(answer, "answer"),
        by=thing(by, "asker"),
        by_expert=False,
    )
    return fact, f"{fact.answer}:{by}", at


def checked(who: UUID, score_ppm: int, number: int = 1, *, at: datetime = NOW) -> list[Entry]:
    """A check of a topic with ten questions, two of them without an answer."""
    attempt = thing(number, f"attempt of {who}")
    answers: list[Entry] = [
        (
            QuestionAnswered(
                member=who,
                attempt=attempt,
                quiz="ppe.check",
                mode="check",
                question=f"q{n}",
                question_version=1,
                nth=number,
                score_ppm=score_ppm,
                response=None,
                response_ms=9_000,
            ),
            f"{attempt}:q{n}",
            at - DAY,
        )
        for n in range(8)
    ]
    end = AttemptFinished(
        member=who,
        attempt=attempt,
        quiz="ppe.check",
        score_ppm=score_ppm,
        unanswered=("q8@1", "q9@1"),
    )
    return [*answers, (end, str(attempt), at)]


def raced(who: UUID, race: int, *, at: datetime = NOW) -> Entry:
    fact = ParticipationCredited(race=thing(race, "race"), member=who, minutes=45)
    return fact, f"{fact.race}:{who}", at


def cleaned(who: UUID, race: int = 1, bout: int = 1, *, at: datetime = NOW) -> Entry:
    fact = ShootingCleaned(race=thing(race, "race"), member=who, bout=bout)
    return fact, f"{fact.race}:{who}:{bout}", at


def watched(who: UUID, minutes: int, number: int, *, at: datetime = NOW) -> Entry:
    fact = TimeCredited(
        member=who,
        recording="five-briefings",
        viewing=thing(number, "viewing"),
        check=thing(number, f"check of {who}"),
        season="2026-Q4",
        ms=minutes * 60_000,
        parts=((0, 1),),
    )
    return fact, str(fact.check), at


def ran(who: UUID, how: str = "finished", number: int = 1, *, at: datetime = NOW) -> Entry:
    fact = RunFinished(
        member=who,
        run=thing(number, f"run of {who}"),
        scenario="workshop-walk",
        version=1,
        mode="check",
        number=number,
        how=how,
        score_ppm=800_000,
        duration_ms=60_000,
        minutes=12 if how == "finished" else 0,
    )
    return fact, str(fact.run), at


def attach(database: Database) -> Database:
    """Give ``database`` a ledger to which achievements listen."""
    catalogue = Catalogue((ACHIEVEMENTS,))
    Ledger(catalogue=catalogue, ring=lambda: None).attach(database)
    enrol(database, catalogue)
    return database


@contextmanager
def listening(database: Database) -> Iterator[Database]:
    """Give ``database`` an empty ledger to which achievements listen."""
    attach(database)
    start_over(database)
    yield database


def happen(database: Database, *entries: Entry) -> None:
    """Append what happened, in this order."""
    with database.begin() as session:
        append_many(session, entries)


def drain(database: Database, *, batch: int = 1000) -> None:
    """Fold until nothing is open; fails on a fact that cannot be folded."""
    while True:
        done = deliver(database, ACHIEVEMENTS, batch=batch)
        assert (done.failed, done.stopped, done.locked) == (0, False, False)
        if not done.done:
            return


def tell(database: Database, *entries: Entry) -> None:
    """Append and fold."""
    happen(database, *entries)
    drain(database)


def start_over(database: Database) -> None:
    """Empty the ledger and what was folded, as no product code may."""
    tables = ", ".join(one.name for one in ACHIEVEMENTS.owned())
    with database.begin() as session:
        session.execute(text("ALTER TABLE ledger_facts DISABLE TRIGGER ALL"))
        session.execute(
            text(
                "TRUNCATE ledger_facts, ledger_deliveries, ledger_dead_letters,"
                f" {tables} RESTART IDENTITY"
            )
        )


def rows(database: Database, table: str, columns: str = "*") -> list[tuple[object, ...]]:
    """Return what stands in one of our tables, sorted."""
    with database.begin() as session:
        found = session.execute(text(f"SELECT {columns} FROM {table}"))  # noqa: S608 - our own table
        return sorted((tuple(row) for row in found), key=repr)


def stored(database: Database) -> dict[str, Sequence[tuple[object, ...]]]:
    """Return everything that was folded, but for the numbers of facts."""
    return {
        "deeds": rows(
            database,
            "achievements_deeds",
            "member, award, subject, key, amount, score_ppm, at, by, place",
        ),
        "earned": rows(database, "achievements_earned", "member, award, subject, earned_at, place"),
    }
