"""A race goes on whatever is killed, and no answer that was acknowledged is lost.

Three accounts have to agree: the jury's protocol, the ledger folded anew, and what the bots wrote
down themselves. The short form runs with every test run; ``make chaos`` runs the long one.
"""

import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from psot.bots import exhibition
from psot.bots.account import read
from tests.chaos import race_story as story
from tests.chaos.house import insist, opened
from tests.chaos.race_house import RaceHouse
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
    crashes: int
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
        crashes=2,
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
        crashes=4,
        pause_s=5,
        limit_s=1_200,
    ),
}


def break_things(house: RaceHouse, form: Form) -> None:
    acts: list[Callable[[], None]] = (
        [house.kill_worker] * form.worker_kills
        + [house.kill_redis] * form.redis_kills
        + [house.kill_web] * form.web_kills
        + [house.restart_web] * form.web_restarts
        + [house.crash_postgres] * form.crashes
    )
    random.Random(len(acts)).shuffle(acts)  # noqa: S311 - a story, not a secret
    for act in acts:
        time.sleep(form.pause_s)
        insist(act)
        wait_until(house.answers)


@pytest.mark.timeout(3_600)
def test_no_acknowledged_answer_is_lost_under_fire(capsys: pytest.CaptureFixture[str]) -> None:
    form = FORMS[os.environ.get("PSOT_CHAOS", "short")]
    with opened(RaceHouse) as (house, made):
        race = story.open_race(made.database, form.options)
        written_down = house.folder / "account"
        with story.bots(
            house.environment, race, racers=BOTS, speed=form.speed, account=written_down
        ) as crowd:
            story.gather(made.database, race, BOTS, form.limit_s)
            story.seat(made.database, race, BOTS, form.limit_s)
            story.start(made.database, race)
            break_things(house, form)
            said, _ = crowd.communicate(timeout=form.limit_s)
        assert f"finished {BOTS}" in said, said
        kept = story.end(made.database, race, form.limit_s)
        account = read(written_down)

        assert crowd.returncode == 0, said
        story.check(made.database, race, kept, account)
        assert house.faults["web killed"] == form.web_kills
        assert house.faults["postgres crashed"] == form.crashes
    with capsys.disabled():
        print(f"\n{len(account)} answers, {dict(house.faults)}; {said.splitlines()[-1]}")  # noqa: T201 - the run's own figures
