"""Builders of facts, and a database in which they are folded."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import text

from events import Fact
from events.community import AnswerAccepted, PostRestored, PostTakenDown
from events.competition import ParticipationCredited, RaceQuestionAnswered
from events.learning import QuestionAnswered
from events.library import VersionPublished
from events.member import MemberMoved, MemberRegistered
from events.rating import RulesPublished, SeasonCalibrated, SeasonOpened
from events.recording import TimeCredited
from events.workplace import RunFinished
from psot.database import Database
from psot.ledger import Catalogue, Ledger, append_many
from psot.ledger.consumers import enrol
from psot.ledger.delivery import deliver
from psot.ratings.projections import RATINGS
from scoring.rating import figures_of, parameters_from

Entry = tuple[Fact, str, datetime]

SEASON = "2026-Q4"
SUMMER = datetime(2026, 7, 1, tzinfo=UTC)
AUTUMN = datetime(2026, 10, 5, 9, tzinfo=UTC)


REVIEWER = UUID(int=92)


def member(number: int) -> UUID:
    """Return the id of the test's member ``number``."""
    return UUID(int=0xA << 124 | number)


def registered(who: UUID, region: str = "RU-TYU", at: datetime = SUMMER) -> Entry:
    return MemberRegistered(member=who, region=region), str(who), at


def moved(who: UUID, region: str, at: datetime) -> Entry:
    return MemberMoved(member=who, region=region), f"{who}:{at.isoformat()}", at


def answered(
    who: UUID,
    question: str = "ppe-01",
    *,
    nth: int = 1,
    version: int = 1,
    score_ppm: int = 1_000_000,
    response_ms: int = 20_000,
    at: datetime = AUTUMN,
) -> Entry:
    attempt = uuid5(who, f"{question}:{nth}")
    fact = QuestionAnswered(
        member=who,
        attempt=attempt,
        quiz="ppe",
        mode="practice",
        question=question,
        question_version=version,
        nth=nth,
        score_ppm=score_ppm,
        response=None,
        response_ms=response_ms,
    )
    return fact, f"{who}:{question}:{nth}", at


def opened(season: str = SEASON, starts_on: date = date(2026, 10, 1), *, rules: int = 1) -> Entry:
    fact = SeasonOpened(season=season, starts_on=starts_on, weeks=13, rules=rules, mean_ppm=620_000)
    return fact, season, AUTUMN


def calibrated(
    number: int = 1,
    *,
    season: str = SEASON,
    weeks_elapsed: int = 1,
    mean_ppm: int = 600_000,
    facility_ppm: dict[str, int] | None = None,
    median_ms: dict[str, int] | None = None,
    left_out: dict[str, str] | None = None,
) -> Entry:
    out = left_out or {}
    fact = SeasonCalibrated(
        season=season,
        number=number,
        weeks_elapsed=weeks_elapsed,
        mean_ppm=mean_ppm,
        facility_ppm=facility_ppm or {},
        median_ms=median_ms or {},
        left_out=out,
        left_out_at=dict.fromkeys(out, AUTUMN),
    )
    return fact, f"{season}:{number}", AUTUMN + timedelta(hours=number)


@contextmanager
def listening(database: Database) -> Iterator[Database]:
    """Give ``database`` a ledger to which the ratings listen."""
    catalogue = Catalogue((RATINGS,))
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
        done = deliver(database, RATINGS, batch=batch)
        assert (done.failed, done.stopped, done.locked) == (0, False, False)
        if not done.done:
            return


def tell(database: Database, entries: Sequence[Entry], *, batch: int = 1000) -> None:
    """Append and fold."""
    happen(database, *entries)
    drain(database, batch=batch)


def start_over(database: Database) -> None:
    """Empty the ledger and the ratings, as no product code may."""
    tables = ", ".join(one.name for one in RATINGS.owned())
    with database.begin() as session:
        session.execute(text("ALTER TABLE ledger_facts DISABLE TRIGGER ALL"))
        session.execute(
            text(f"TRUNCATE ledger_facts, ledger_deliveries, ledger_dead_letters, {tables}")
        )


def raced(who: UUID, race: int = 1, *, minutes: int = 20, at: datetime = AUTUMN) -> Entry:
    """A member finished the test's race number ``race``."""
    told = UUID(int=0xB << 124 | race)
    return ParticipationCredited(race=told, member=who, minutes=minutes), f"{told}:{who}", at


def watched(
    who: UUID, recording: str = "r1", number: int = 1, *, ms: int = 60_000, at: datetime = AUTUMN
) -> Entry:
    """A member was credited a stretch of a recording, for the ``number``-th time."""
    check = uuid5(who, f"{recording}:{number}")
    fact = TimeCredited(
        member=who,
        recording=recording,
        viewing=uuid5(who, recording),
        check=check,
        season=SEASON,
        ms=ms,
        parts=((0, ms),),
    )
    return fact, str(check), at


def answered_in_race(
    who: UUID,
    question: str = "ppe-01",
    race: int = 1,
    *,
    score_ppm: int = 1_000_000,
    response_ms: int = 20_000,
    at: datetime = AUTUMN,
) -> Entry:
    """A member answered a question in the test's race number ``race``."""
    told = UUID(int=0xB << 124 | race)
    fact = RaceQuestionAnswered(
        race=told,
        member=who,
        question=question,
        question_version=1,
        score_ppm=score_ppm,
        response_ms=response_ms,
    )
    return fact, f"{told}:{who}:{question}", at


def practised(
    who: UUID,
    scenario: str = "roof",
    number: int = 1,
    *,
    score_ppm: int = 800_000,
    minutes: int = 9,
    at: datetime = AUTUMN,
) -> Entry:
    """A member ended the ``number``-th run of a scenario; without minutes it was not finished."""
    run = uuid5(who, f"{scenario}:{number}")
    fact = RunFinished(
        member=who,
        run=run,
        scenario=scenario,
        version=1,
        mode="practice",
        number=number,
        how="finished" if minutes else "stopped",
        score_ppm=score_ppm,
        duration_ms=500_000,
        minutes=minutes,
    )
    return fact, str(run), at


def accepted(
    who: UUID,
    answer: int = 1,
    *,
    by: int = 90,
    by_expert: bool = True,
    at: datetime = AUTUMN,
) -> Entry:
    """The test's answer number ``answer``, which ``who`` gave, was accepted."""
    thread, given = UUID(int=0xC << 124), uuid5(who, f"answer:{answer}")
    fact = AnswerAccepted(
        member=who, thread=thread, answer=given, by=member(by), by_expert=by_expert
    )
    return fact, f"{thread}:{given}:{by}:{by_expert}", at


def decided(
    who: UUID, answer: int = 1, *, nth: int = 1, down: bool = True, at: datetime = AUTUMN
) -> Entry:
    """An editor took the answer down, or put it back."""
    thread, given = UUID(int=0xC << 124), uuid5(who, f"answer:{answer}")
    editor = member(91)
    fact: Fact
    if down:
        fact = PostTakenDown(editor=editor, thread=thread, answer=given, reason="wrong", nth=nth)
    else:
        fact = PostRestored(editor=editor, thread=thread, answer=given, nth=nth)
    return fact, f"{given}:{nth}", at


def approved(
    author: UUID | None,
    question: str = "own-01",
    *,
    version: int = 1,
    reviewer: UUID | None = REVIEWER,
    kind: str = "question",
    at: datetime = AUTUMN,
) -> Entry:
    """A version of a question was let pass by its reviewer."""
    fact = VersionPublished(
        kind=kind,
        name=question,
        pack="members",
        version=version,
        sha256="0" * 64,
        author=author,
        reviewer=reviewer,
    )
    return fact, f"{kind}:{question}:{version}", at


def ruled(version: int = 101, **figures: int | tuple[int, ...]) -> Entry:
    """A set of rules was published: the first one with ``figures`` changed."""
    plain = {name: one if isinstance(one, tuple) else (one,) for name, one in figures.items()}
    made = parameters_from(version, plain)
    fact = RulesPublished(version=version, parameters=figures_of(made), reason="a test")
    return fact, str(version), AUTUMN


def stored(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the ratings, without what comes from the sequence."""
    found = {}
    with database.begin() as session:
        for table in RATINGS.owned():
            names = (one.name for one in table.columns)
            columns = ", ".join(n for n in names if f"{table.name}.{n}" not in RATINGS.volatile)
            rows = session.execute(text(f"SELECT {columns} FROM {table.name}"))  # noqa: S608 - our own tables
            found[table.name] = sorted((tuple(row) for row in rows), key=repr)
    return found
