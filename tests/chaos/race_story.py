"""A race of bots from its opening to its protocol, and the accounts of it that have to agree."""

import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import text

import events
from psot import clock
from psot.bots import exhibition
from psot.bots.account import Line
from psot.course import queries as course
from psot.database import Database
from psot.jury import queries as jury
from psot.jury.values import Published
from psot.ledger.verify import verify
from psot.projections import CATALOGUE
from psot.races import operations, queries
from psot.races.life import COUNTDOWN
from psot.races.stages import Stage
from psot.races.values import RaceView
from scoring.biathlon import protocol, replay, written
from tests.services import wait_until


def open_race(database: Database, options: dict[str, Any]) -> UUID:
    with database.begin() as session:
        made = exhibition.open_race(
            session, title="Под огнём", format_="sprint", options=options, now=clock.now()
        )
        return made.id


@contextmanager
def bots(
    environment: Mapping[str, str], race: UUID, *, racers: int, speed: float, account: Path
) -> Iterator["subprocess.Popen[str]"]:
    """``psot race simulate``, as anybody would call it."""
    words = ["race", "simulate", "--race", str(race), "--racers", str(racers), "--seed", "11"]
    words += ["--speed", str(speed), "--account", str(account)]
    with subprocess.Popen(
        [sys.executable, "-c", "from psot.cli import main; main()", *words],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def entries(database: Database, race: UUID) -> int:
    with database.begin() as session:
        counted = text("SELECT count(*) FROM race_entries WHERE race = :race")
        return int(session.execute(counted, {"race": race}).scalar_one())


def view(database: Database, race: UUID) -> RaceView:
    with database.begin() as session:
        return queries.race(session, race)


def enter_stage(
    database: Database, race: UUID, stage: Stage, *, ago: timedelta = timedelta()
) -> None:
    with database.begin() as session:
        operations.enter_stage(session, race, stage, now=clock.now() - ago, by=None)


def published(database: Database, race: UUID) -> Published | None:
    """The provisional protocol: the house locks the race and publishes it by itself."""
    with database.begin() as session:
        return jury.published(session, race, Stage.PROVISIONAL.value)


def seated(database: Database, race: UUID) -> int:
    with database.begin() as session:
        return course.entered(session, race)


def gather(database: Database, race: UUID, racers: int, limit_s: float) -> None:
    """Return when everybody has registered."""
    wait_until(lambda: entries(database, race) == racers, limit_s)


def seat(database: Database, race: UUID, racers: int, limit_s: float) -> None:
    """Open the zeroing; returns when everybody has entered the race."""
    if view(database, race).stage is not Stage.ZEROING:
        enter_stage(database, race, Stage.ZEROING)
    wait_until(lambda: seated(database, race) == racers, limit_s)


MOST_OF_THE_COUNTDOWN = COUNTDOWN - timedelta(seconds=2)
"""Nothing happens in it: whoever has to know of the zero does so in what is left."""


def start(database: Database, race: UUID) -> None:
    """Start the race; returns at its zero. Most of the countdown is skipped."""
    enter_stage(database, race, Stage.RUNNING, ago=MOST_OF_THE_COUNTDOWN)
    zero_at = view(database, race).zero_at
    assert zero_at is not None
    wait_until(lambda: clock.now() > zero_at, 60)


def end(database: Database, race: UUID, limit_s: float) -> Published:
    """Return the provisional protocol once the house has published it."""
    wait_until(lambda: published(database, race) is not None, limit_s)
    kept = published(database, race)
    assert kept is not None
    return kept


def check(database: Database, race: UUID, kept: Published, account: list[Line]) -> None:
    """Hold the protocol against the ledger folded anew and against what the bots wrote down.

    No acknowledged answer is lost, and none counts twice.
    """
    results = kept.body["results"]
    seen = view(database, race)
    recomputed = on_the_ledger(database, seen)
    by_bots = told_by_bots(account, seen)

    assert lost(database, race, account) == []
    assert [{name: one[name] for name in recomputed[0]} for one in results] == recomputed
    assert {one["bib"]: (one["misses"], one["falls"]) for one in results} == by_bots
    assert {one["irm"] for one in results} == {None}
    assert all(one.drifted == 0 for one in verify(database, CATALOGUE["standings"]))


def on_the_ledger(database: Database, race: RaceView) -> list[dict[str, Any]]:
    """The results that follow from the facts on the ledger, without any projection."""
    wanted = text("SELECT type, data FROM ledger_facts WHERE data ->> 'race' = :race ORDER BY seq")
    with database.begin() as session:
        rows = session.execute(wanted, {"race": str(race.id)}).all()
        field = queries.field(session, race.id)
    facts = [events.recall(row.type, row.data) for row in rows]
    raced = [one for one in facts if type(one).__module__ == "events.race"]
    return list(written(protocol(replay(race.rules, field, raced)))["results"])


def lost(database: Database, race: UUID, account: list[Line]) -> list[Line]:
    """Acknowledged answers that are not stored as they were acknowledged."""
    with database.begin() as session:
        stored = {(one.bib, one.number): one for one in course.tasks(session, race)}

    def stands(line: Line) -> bool:
        task = stored.get((line.bib, line.task))
        if task is None or task.outcome != line.outcome:
            return False
        chosen = task.late_chosen if line.outcome == "late" else task.chosen
        return dict(task.options)[line.option] == chosen

    return [line for line in account if not stands(line)]


def told_by_bots(account: list[Line], race: RaceView) -> dict[int, tuple[int, int]]:
    """Misses and falls of each bib, counted from the bots' own account alone."""
    shots = sum(race.rules.shots for _ in race.rules.legs[0].bouts)
    hits: Counter[int] = Counter()
    falls: dict[int, int] = defaultdict(int)
    for line in {(one.bib, one.task): one for one in account}.values():
        if line.kind == "station":
            falls[line.bib] += line.outcome == "wrong"
        else:
            hits[line.bib] += line.outcome == "right"
    bibs = {line.bib for line in account}
    return {bib: (shots - hits[bib], falls[bib]) for bib in bibs}
