"""A race goes on whatever is killed, and no answer that was acknowledged is lost.

Three accounts have to agree: the jury's protocol, the ledger folded anew, and what the bots wrote
down themselves. The short form runs with every test run; ``make chaos`` runs the long one.
"""

import os
import random
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

import events
from psot import clock
from psot.bots import exhibition
from psot.bots.account import Line, read
from psot.course import queries as course
from psot.database import Database
from psot.jury import queries as jury
from psot.jury.values import Published
from psot.ledger.verify import verify
from psot.projections import CATALOGUE
from psot.races import operations, queries
from psot.races.stages import Stage
from psot.races.values import RaceView
from scoring.biathlon import protocol, replay, written
from tests.chaos.house import insist
from tests.chaos.race_house import RaceHouse, open_race_house
from tests.services import wait_until

BOTS = 200


@dataclass(frozen=True, kw_only=True)
class Form:
    """How the race is run and what is broken meanwhile."""

    options: dict[str, Any]
    speed: float
    worker_kills: int
    redis_kills: int
    web_kills: int
    web_restarts: int
    pause_s: float
    limit_s: float


START = {"kind": "group", "group": 20, "interval_s": 1}
ONE_BOUT = {"laps": 2, "bouts": ["P"], "stations": 1, "falls": 1, "fall_s": 1, "loop_s": 2}
FORMS = {
    "short": Form(
        options={**ONE_BOUT, "start": START},
        speed=2,
        worker_kills=4,
        redis_kills=1,
        web_kills=1,
        web_restarts=1,
        pause_s=3,
        limit_s=400,
    ),
    "long": Form(
        options=exhibition.short_options() | {"prone_s": 30, "standing_s": 30},
        speed=1,
        worker_kills=20,
        redis_kills=4,
        web_kills=2,
        web_restarts=5,
        pause_s=5,
        limit_s=1_200,
    ),
}


def open_race(database: Database, form: Form) -> UUID:
    with database.begin() as session:
        made = exhibition.open_race(
            session, title="Под огнём", format_="sprint", options=form.options, now=clock.now()
        )
        return made.id


@contextmanager
def bots(house: RaceHouse, race: UUID, form: Form) -> Iterator["subprocess.Popen[str]"]:
    """``psot race simulate``, as anybody would call it."""
    words = ["race", "simulate", "--race", str(race), "--racers", str(BOTS), "--seed", "11"]
    words += ["--speed", str(form.speed), "--account", str(house.folder / "account")]
    with subprocess.Popen(
        [sys.executable, "-c", "from psot.cli import main; main()", *words],
        env=house.environment,
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


def enter_stage(database: Database, race: UUID, stage: Stage) -> None:
    with database.begin() as session:
        operations.enter_stage(session, race, stage, now=clock.now(), by=None)


def published(database: Database, race: UUID) -> Published | None:
    """The provisional protocol: the house locks the race and publishes it by itself."""
    with database.begin() as session:
        return jury.published(session, race, Stage.PROVISIONAL.value)


def seated(database: Database, race: UUID) -> int:
    with database.begin() as session:
        return course.entered(session, race)


def start(database: Database, race: UUID, limit_s: float) -> None:
    """Lead the race to its start; nothing is broken before everybody sits."""
    wait_until(lambda: entries(database, race) == BOTS, limit_s)
    enter_stage(database, race, Stage.ZEROING)
    wait_until(lambda: seated(database, race) == BOTS, limit_s)
    enter_stage(database, race, Stage.RUNNING)
    zero_at = view(database, race).zero_at
    assert zero_at is not None
    wait_until(lambda: clock.now() > zero_at, 60)


def break_things(house: RaceHouse, form: Form) -> None:
    acts: list[Callable[[], None]] = (
        [house.kill_worker] * form.worker_kills
        + [house.kill_redis] * form.redis_kills
        + [house.kill_web] * form.web_kills
        + [house.restart_web] * form.web_restarts
    )
    random.Random(len(acts)).shuffle(acts)  # noqa: S311 - a story, not a secret
    for act in acts:
        time.sleep(form.pause_s)
        insist(act)
        wait_until(house.answers)


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


@pytest.mark.timeout(3_600)
def test_no_acknowledged_answer_is_lost_under_fire(capsys: pytest.CaptureFixture[str]) -> None:
    form = FORMS[os.environ.get("PSOT_CHAOS", "short")]
    with open_race_house() as (house, made):
        race_id = open_race(made.database, form)
        with bots(house, race_id, form) as crowd:
            start(made.database, race_id, form.limit_s)
            break_things(house, form)
            said, _ = crowd.communicate(timeout=form.limit_s)
        assert f"finished {BOTS}" in said, said
        wait_until(lambda: published(made.database, race_id) is not None, form.limit_s)
        race = view(made.database, race_id)
        kept = published(made.database, race_id)
        assert kept is not None

        account = read(house.folder / "account")
        results = kept.body["results"]
        recomputed = on_the_ledger(made.database, race)
        by_bots = told_by_bots(account, race)

        assert crowd.returncode == 0, said
        assert lost(made.database, race_id, account) == []
        assert [{name: one[name] for name in recomputed[0]} for one in results] == recomputed
        assert {one["bib"]: (one["misses"], one["falls"]) for one in results} == by_bots
        assert {one["irm"] for one in results} == {None}
        assert all(one.drifted == 0 for one in verify(made.database, CATALOGUE["standings"]))
        assert house.faults["web killed"] == form.web_kills
    with capsys.disabled():
        print(f"\n{len(account)} answers, {dict(house.faults)}; {said.splitlines()[-1]}")  # noqa: T201 - the run's own figures
