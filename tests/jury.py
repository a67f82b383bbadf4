"""Races for the jury's tests: run on the real course, folded, and locked where that is wanted."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from psot.course import operations as course
from psot.database import Database
from psot.jury import queries
from psot.jury.results import snapshot
from psot.ledger import Catalogue, Ledger
from psot.ledger.consumers import enrol
from psot.ledger.delivery import deliver
from psot.races import queries as races
from psot.races.stages import Stage
from psot.races.values import RaceView
from psot.ratings.projections import RATINGS
from psot.standings.projections import STANDINGS
from tests.course import Racer
from tests.races import NOW, a_race, racer

START = NOW + timedelta(seconds=10)
JUDGE = UUID(int=0xD << 124)
FIELD: Mapping[int, tuple[int, ...]] = {1: (), 2: (2,), 3: (3, 8), 4: ()}
"""Bibs, and which of their ten shots miss."""
OVER = datetime(2026, 11, 22, 11, tzinfo=UTC)
"""Long after the last racer came in."""


def attach(database: Database) -> Database:
    """Give ``database`` a ledger to which standings and ratings listen."""
    catalogue = Catalogue((STANDINGS, RATINGS))
    Ledger(catalogue=catalogue, ring=lambda: None).attach(database)
    enrol(database, catalogue)
    return database


def settle(database: Database) -> None:
    """Fold everything that happened, as workers do."""
    for projection in (STANDINGS, RATINGS):
        while deliver(database, projection).done:
            pass


def a_run_race(
    database: Database,
    misses: Mapping[int, Sequence[int]] = FIELD,
    *,
    stage: Stage = Stage.LOCKED,
    racing: Sequence[int] | None = None,
    think_s: float = 2,
    **fields: Any,
) -> RaceView:
    """A race run by racers with ``misses``; those not in ``racing`` never come."""
    with database.begin() as session:
        view = a_race(session, stage=Stage.RUNNING, racers=len(misses), **fields)
        who = {bib: racer(session, view.id, bib) for bib in misses}
    for bib in racing if racing is not None else misses:
        one = Racer(database=database, race=view.id, member=who[bib], now=START)
        one.enter()
        one.look()
        one.race_on(misses=tuple(misses[bib]), think_s=think_s + bib / 10)
    if stage is Stage.LOCKED:
        with database.begin() as session:
            course.close(session, view.id, OVER)
    settle(database)
    with database.begin() as session:
        return races.race(session, view.id)


def now_in(database: Database, race: UUID) -> str:
    """The results as they stand, as a decision would keep them."""
    with database.begin() as session:
        return snapshot(queries.current(session, race))


def asked(database: Database, race: UUID, bib: int, *, outcome: str = "wrong") -> str:
    """A question that ``bib`` answered so."""
    from psot.course.queries import tasks  # noqa: PLC0415

    with database.begin() as session:
        found = tasks(session, race, bib)
    return next(one.question for one in found if one.outcome == outcome)
