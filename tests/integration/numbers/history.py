"""Facts of every kind that counts, and a database in which numbers fold them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from sqlalchemy import text

from events import Fact
from events.community import ThreadAnswered, ThreadAsked
from events.competition import ParticipationCredited
from events.learning import QuestionAnswered
from events.library import VersionPublished
from events.member import MemberMoved, MemberRegistered
from events.recording import TimeCredited
from events.workplace import RunFinished
from psot.database import Database
from psot.ledger import Catalogue, Ledger, append_many
from psot.ledger.consumers import enrol
from psot.ledger.delivery import deliver
from psot.numbers.projections import NUMBERS

Entry = tuple[Fact, str, datetime]

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
WEEK = timedelta(weeks=1)


def a_uuid(number: int, sort: str = "member") -> UUID:
    """Return the id of the test's ``number``-th of a ``sort``."""
    return uuid5(UUID(int=0xF), f"{sort}:{number}")


def registered(who: int = 1, region: str = "RU-TYU", *, at: datetime = NOW) -> Entry:
    return MemberRegistered(member=a_uuid(who), region=region), f"r:{who}", at


def moved(who: int = 1, region: str = "RU-ALT", *, at: datetime = NOW + WEEK) -> Entry:
    return MemberMoved(member=a_uuid(who), region=region), f"m:{who}:{at}", at


def answered(who: int = 1, question: str = "ppe-01", nth: int = 1, *, at: datetime = NOW) -> Entry:
    attempt = uuid5(a_uuid(who), f"{question}:{nth}")
    fact = QuestionAnswered(
        member=a_uuid(who),
        attempt=attempt,
        quiz="ppe",
        mode="practice",
        question=question,
        question_version=1,
        nth=nth,
        score_ppm=0,
        response=None,
        response_ms=9_000,
    )
    return fact, f"{attempt}:{question}", at


def watched(who: int = 1, ms: int = 90_000, *, number: int = 1, at: datetime = NOW) -> Entry:
    fact = TimeCredited(
        member=a_uuid(who),
        recording="five-briefings",
        viewing=a_uuid(number, "viewing"),
        check=a_uuid(number, f"check of {who}"),
        season="2026-Q4",
        ms=ms,
        parts=((0, ms),),
    )
    return fact, str(fact.check), at


def ran(who: int = 1, how: str = "finished", *, number: int = 1, at: datetime = NOW) -> Entry:
    fact = RunFinished(
        member=a_uuid(who),
        run=a_uuid(number, f"run of {who}"),
        scenario="workshop-walk",
        version=1,
        mode="practice",
        number=number,
        how=how,
        score_ppm=800_000,
        duration_ms=60_000,
        minutes=12 if how == "finished" else 0,
    )
    return fact, str(fact.run), at


def asked(thread: int = 1, *, at: datetime = NOW) -> Entry:
    fact = ThreadAsked(member=a_uuid(1), thread=a_uuid(thread, "thread"), topic="ppe")
    return fact, str(fact.thread), at


def replied(thread: int = 1, answer: int = 1, *, at: datetime = NOW) -> Entry:
    fact = ThreadAnswered(
        member=a_uuid(2),
        thread=a_uuid(thread, "thread"),
        answer=a_uuid(answer, f"answer in {thread}"),
    )
    return fact, str(fact.answer), at


def raced(who: int = 1, race: int = 1, *, at: datetime = NOW) -> Entry:
    fact = ParticipationCredited(race=a_uuid(race, "race"), member=a_uuid(who), minutes=30)
    return fact, f"{fact.race}:{who}", at


def published(name: str, kind: str = "question", version: int = 1, *, at: datetime = NOW) -> Entry:
    fact = VersionPublished(
        kind=kind,
        name=name,
        pack="start",
        version=version,
        sha256="0" * 64,
        author=None,
        reviewer=None,
    )
    return fact, f"{kind}:{name}:{version}", at


@contextmanager
def listening(database: Database) -> Iterator[Database]:
    """Give ``database`` an empty ledger to which numbers listen."""
    catalogue = Catalogue((NUMBERS,))
    Ledger(catalogue=catalogue, ring=lambda: None).attach(database)
    enrol(database, catalogue)
    start_over(database)
    yield database


def happen(database: Database, *entries: Entry) -> None:
    """Append what happened, in this order."""
    with database.begin() as session:
        append_many(session, entries)


def drain(database: Database, *, batch: int = 1000) -> None:
    """Fold until nothing is open; fails on a fact that cannot be folded."""
    while True:
        done = deliver(database, NUMBERS, batch=batch)
        assert (done.failed, done.stopped, done.locked) == (0, False, False)
        if not done.done:
            return


def tell(database: Database, *entries: Entry) -> None:
    """Append and fold."""
    happen(database, *entries)
    drain(database)


def start_over(database: Database) -> None:
    """Empty the ledger and what was folded, as no product code may."""
    tables = ", ".join(one.name for one in NUMBERS.owned())
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
    columns = {"numbers_totals": "kind, total, facts, last_at"}
    return {
        table.name: rows(database, table.name, columns.get(table.name, "*"))
        for table in NUMBERS.owned()
    }
