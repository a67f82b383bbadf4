"""Nothing is lost and nothing is doubled, whatever is killed: `docs` promise, this counts.

The short form runs with every test run; ``make chaos`` runs the long one (PSOT_CHAOS=long).
"""

import os
import random
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest
from redis import Redis
from sqlalchemy import text

from events.rating import RostersFrozen
from psot.database import Database
from psot.ledger import append
from psot.ledger.consumers import start_over
from psot.ledger.stats import lags
from psot.ledger.verify import verify
from psot.projections import CATALOGUE
from psot.ratings.ranks import look
from psot.runtime import Runtime
from tests.chaos.house import House, insist, opened
from tests.chaos.story import MEMBERS, SEASON, Told, expected, member_id, story
from tests.services import wait_until

PUBLISHERS = 4


@dataclass(frozen=True, kw_only=True)
class Form:
    """How much is told and what is broken meanwhile."""

    facts: int
    worker_kills: int
    horse_kills: int
    redis_kills: int
    redis_flushes: int
    crashes: int
    limit_s: float


FORMS = {
    "short": Form(
        facts=2_000,
        worker_kills=10,
        horse_kills=10,
        redis_kills=2,
        redis_flushes=1,
        crashes=1,
        limit_s=150,
    ),
    "long": Form(
        facts=20_000,
        worker_kills=100,
        horse_kills=100,
        redis_kills=8,
        redis_flushes=5,
        crashes=4,
        limit_s=3_000,
    ),
}


class Publishers:
    """Clients that append every fact twice, and every tenth ten times, until each is accepted."""

    def __init__(self, database: Database, told: Sequence[Told], faults: int) -> None:
        self.database = database
        self.accepted: set[str] = set()
        self.pause_s = 0.0
        self.repeats = [one for n, one in enumerate(told) for _ in range(10 if n % 10 == 0 else 2)]
        random.Random(faults).shuffle(self.repeats)  # noqa: S311 - a story, not a secret
        self.threads = [
            threading.Thread(target=self._publish, args=(self.repeats[n::PUBLISHERS],))
            for n in range(PUBLISHERS)
        ]

    def start(self) -> None:
        for thread in self.threads:
            thread.start()

    def join(self) -> None:
        for thread in self.threads:
            thread.join()

    @property
    def busy(self) -> bool:
        return any(thread.is_alive() for thread in self.threads)

    def _publish(self, share: Sequence[Told]) -> None:
        for one in share:
            insist(lambda one=one: self._append(one))  # type: ignore[misc]  # bound now
            time.sleep(self.pause_s)

    def _append(self, one: Told) -> None:
        with self.database.begin() as session:
            append(session, one.fact, key=one.key, occurred_at=one.at)
        self.accepted.add(f"{one.fact.type} {one.key}")


def breakages(house: House, form: Form) -> list[Callable[[], None]]:
    """Return what will be broken, in a drawn order."""
    acts = (
        [house.kill_worker] * form.worker_kills
        + [house.kill_horse] * form.horse_kills
        + [house.kill_redis] * form.redis_kills
        + [house.flush_redis] * form.redis_flushes
        + [house.crash_postgres] * form.crashes
    )
    random.Random(len(acts)).shuffle(acts)  # noqa: S311 - a story, not a secret
    return acts


def waiting(database: Database) -> int:
    with database.begin() as session:
        return sum(lag.waiting for lag in lags(session))


def settled(database: Database) -> bool:
    left: list[int] = []
    insist(lambda: left.append(waiting(database)))
    return left[-1] == 0


def on_the_ledger(database: Database) -> list[str]:
    """What was published; a house that has stood for a minute freezes the season's rosters too."""
    with database.begin() as session:
        rows = session.execute(text("SELECT type, key FROM ledger_facts"))
        return [f"{row.type} {row.key}" for row in rows if row.type != RostersFrozen.type]


def stored_figures(database: Database) -> dict[uuid.UUID, tuple[int, int, int]]:
    with database.begin() as session:
        rows = session.execute(
            text("SELECT member, activity_ppb, effectiveness_ppb, rating_milli FROM rating_members")
        )
        return {row[0]: (row[1], row[2], row[3]) for row in rows}


def ranked(redis: Redis) -> dict[uuid.UUID, int]:
    members = [member_id(n) for n in range(MEMBERS)]
    seen = look(redis, SEASON.name, members)
    places = {member: seen.place_of(member) for member in members}
    return {member: place.rating_milli for member, place in places.items() if place}


def break_things(house: House, form: Form, publishers: Publishers) -> None:
    """Break everything planned while facts are being told."""
    acts = breakages(house, form)
    publishers.pause_s = 0.01
    publishers.start()
    for act in acts:
        time.sleep(0.15)
        insist(act)
    publishers.pause_s = 0.0
    publishers.join()


def _replay_everything(database: Database) -> None:
    with database.begin() as session:
        start_over(session, CATALOGUE["ratings"])


def check(made: Runtime, told: Sequence[Told], form: Form) -> None:
    """Hold the settled house against the oracles: a plain recount, a fold anew, and the ranks."""
    wait_until(lambda: settled(made.database), form.limit_s)
    counted = expected(list(told))
    figures = {member: rating for member, (_, _, rating) in counted.items()}
    wait_until(lambda: ranked(made.redis) == figures, 10)

    assert stored_figures(made.database) == counted
    verdicts = verify(made.database, CATALOGUE["ratings"])
    assert [(one.table, one.drifted) for one in verdicts if one.drifted] == []
    assert all(one.stored_sha256 == one.recomputed_sha256 for one in verdicts)


@pytest.mark.timeout(3_600)
def test_nothing_is_lost_or_doubled_under_fire(capsys: pytest.CaptureFixture[str]) -> None:
    form = FORMS[os.environ.get("PSOT_CHAOS", "short")]
    told = story(form.facts, seed=7)

    with opened(House) as (house, made):
        publishers = Publishers(made.database, told, faults=form.facts)
        break_things(house, form, publishers)

        check(made, told, form)
        assert sorted(on_the_ledger(made.database)) == sorted(
            f"{one.fact.type} {one.key}" for one in told
        )
        assert publishers.accepted == set(on_the_ledger(made.database))
        assert house.faults == {
            "worker killed": form.worker_kills,
            "work-horse killed": form.horse_kills,
            "redis killed": form.redis_kills,
            "redis flushed": form.redis_flushes,
            "postgres crashed": form.crashes,
        }

        insist(lambda: _replay_everything(made.database))
        check(made, told, form)
    with capsys.disabled():
        print(f"\n{len(told)} facts, {len(publishers.repeats)} appended, faults: {house.faults}")  # noqa: T201 - the run's own figures
