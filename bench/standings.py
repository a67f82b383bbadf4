"""A tick of the standings at growing fields: reading new facts, folding, publishing to Redis.

    python -m bench.standings [--racers 200 1000 3000 10211] [--ticks 10] [--facts 30]

A race is brought half-way by the product's own course rules; then each tick brings so many facts.
Ratios, in the same run: a tick to its 250 ms budget, and to counting the whole field anew (fold and
board of every fact, nothing written). "quiet" is a tick without news; "split" a race whose public
is delayed, so that two sides are kept; "begin" the first tick of a new process; "windows" what a
web process asks once a second for 200 racers at once.
"""

import argparse
import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from random import Random
from statistics import median
from uuid import UUID, uuid4

from redis import Redis
from sqlalchemy import text

import events
from events import race as happened
from psot import clock, garbage, migrations
from psot.database import Database
from psot.races import queries as races
from psot.races.values import RaceView
from psot.standings.around import windows
from psot.standings.publishing import Publisher
from scoring.biathlon import Entry, Format, RaceFact, Racer, awaited, board, course_of, replay
from scoring.biathlon.fold import fold
from tests.biathlon import made
from tests.services import postgres_running, valkey_running

BUDGET_MS = 250.0
WATCHERS = 200
ZERO = datetime.fromisoformat("2026-11-22T09:00:00+00:00")

_RACE = text(
    """
    INSERT INTO races (id, title, format, options, stage, spectator_delay_s, zero_at, created_at,
                       secret)
    VALUES (:race, 'Bench', 'sprint', '{}', 'running', :delay_s, :zero, :zero,
            decode(repeat('00', 32), 'hex'))
    """
)
_ENTRIES = text(
    """
    INSERT INTO race_entries (race, member, registered_at, region, bib)
    SELECT :race, lpad(to_hex(n), 32, '0')::uuid, :zero, 'RU-' || chr(65 + n % 26) || 'X', n
    FROM generate_series(1, CAST(:racers AS int)) AS n
    """
)
_STARTS = text(
    "INSERT INTO race_starts (race, bib, leg, start_ms)"
    " SELECT :race, n, 1, n * 500 FROM generate_series(1, CAST(:racers AS int)) AS n"
)
_LOG = text(
    "INSERT INTO race_log (seq, race, type, fact)"
    " SELECT * FROM unnest(CAST(:seq AS bigint[]), CAST(:race AS uuid[]), CAST(:type AS text[]),"
    " CAST(:fact AS jsonb[]))"
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """Medians in ms of one size."""

    racers: int
    facts: int
    tick_ms: float
    split_tick_ms: float
    quiet_ms: float
    whole_ms: float
    begin_ms: float
    windows_ms: float

    @property
    def of_budget(self) -> float:
        """A tick to its budget."""
        return self.tick_ms / BUDGET_MS

    @property
    def of_whole(self) -> float:
        """A tick to counting everything anew."""
        return self.tick_ms / self.whole_ms


def course(format_: Format, entries: Sequence[Entry], seed: int) -> list[RaceFact]:
    """Every fact of a race in which a fifth of the shots miss, in the order of time."""
    chance = Random(seed)  # noqa: S311 - a race for measuring
    facts: list[RaceFact] = []
    for entry in entries:
        way = course_of(format_, leg=1, bib=entry.bib)
        racer = fold(Racer(entry=entry, course=way, start_ms=entry.start_ms), (), ())
        t_ms = entry.start_ms
        while choices := awaited(racer) - {happened.RacerFell}:
            missed = chance.random() < 0.2  # noqa: PLR2004 - a fifth
            shot = happened.TargetMissed if missed else happened.TargetHit
            kind = shot if shot in choices else min(choices, key=lambda one: one.type)
            t_ms += chance.randint(2_000, 20_000)
            facts.append(made(kind, entry.bib, t_ms))
            fold(racer, facts[-1:], ())  # type: ignore[arg-type]  # all are the racer's own
    return sorted(facts, key=lambda one: one.t_ms)


def tell(database: Database, race: UUID, facts: Sequence[RaceFact], first: int) -> None:
    """Write facts into the log, as the projection does."""
    with database.begin() as session:
        session.execute(
            _LOG,
            {
                "seq": list(range(first, first + len(facts))),
                "race": [race] * len(facts),
                "type": [one.type for one in facts],
                "fact": [json.dumps(events.dump(one)) for one in facts],
            },
        )


def a_race(database: Database, racers: int, delay_s: int) -> RaceView:
    """A running race with a start list."""
    race = uuid4()
    values = {"race": race, "racers": racers, "zero": ZERO, "delay_s": delay_s}
    with database.begin() as session:
        session.execute(text("DELETE FROM race_log"))
        session.execute(text("DELETE FROM races"))
        for one in (_RACE, _ENTRIES, _STARTS):
            session.execute(one, values)
        return races.race(session, race)


def timed_ms(act: Callable[..., object], *given: object) -> float:
    """Processor time of ``act`` in ms: what other processes of a busy machine do is not counted."""
    began = time.process_time()
    act(*given)
    return (time.process_time() - began) * 1000


def measure(database: Database, redis: Redis, racers: int, ticks: int, count: int) -> Line:
    """Measure one size."""
    figures: dict[str, list[float]] = {}
    for name, delay_s in (("split", 20), ("tick", 0)):
        redis.flushall()
        view = a_race(database, racers, delay_s)
        with database.begin() as session:
            entries = races.field(session, view.id)
        facts = course(view.rules, entries, racers)
        half = len(facts) // 2
        tell(database, view.id, facts[:half], 1)
        publisher = Publisher()
        now = ZERO + timedelta(milliseconds=facts[half].t_ms)
        with clock.fixed(now):
            figures["begin"] = [timed_ms(publisher.publish, database, redis)]
        for number in range(ticks):
            here = half + number * count
            tell(database, view.id, facts[here : here + count], here + 1)
            now += timedelta(milliseconds=250)
            with clock.fixed(now):
                took = timed_ms(publisher.publish, database, redis)
                quiet = timed_ms(publisher.publish, database, redis)
            figures.setdefault(name, []).append(took)
            figures.setdefault("quiet", []).append(quiet)
    told = facts[: half + ticks * count]
    whole = [timed_ms(lambda: board(replay(view.rules, entries, told))) for _ in range(3)]
    asked = [UUID(int=bib) for bib in range(1, min(racers, WATCHERS) + 1)]
    look = [timed_ms(lambda: windows(redis, f"race:{view.id.hex}", asked)) for _ in range(5)]
    return Line(
        racers=racers,
        facts=len(facts),
        tick_ms=median(figures["tick"]),
        split_tick_ms=median(figures["split"]),
        quiet_ms=median(figures["quiet"]),
        whole_ms=median(whole),
        begin_ms=figures["begin"][0],
        windows_ms=median(look),
    )


@contextmanager
def services() -> Iterator[tuple[Database, Redis]]:
    """A database with our tables and a Redis, thrown away afterwards."""
    with postgres_running() as postgres, valkey_running() as valkey:
        with postgres.connect("postgres") as session:
            session.execute("CREATE DATABASE bench")
        url = postgres.url("bench")
        migrations.upgrade(url)
        database = Database(url)
        try:
            with Redis.from_url(valkey.url()) as redis:
                yield database, redis
        finally:
            database.close()


def main() -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--racers", type=int, nargs="+", default=[200, 1000, 3000, 10_211])
    parser.add_argument("--ticks", type=int, default=10)
    parser.add_argument("--facts", type=int, default=30, help="new facts a tick")
    given = parser.parse_args()
    garbage.settle()
    with services() as (database, redis):
        for racers in given.racers:
            line = measure(database, redis, racers, given.ticks, given.facts)
            told = {name: round(value, 1) for name, value in asdict(line).items()}
            ratios = {"of_budget": round(line.of_budget, 2), "of_whole": round(line.of_whole, 3)}
            print(json.dumps(told | ratios))


if __name__ == "__main__":
    main()
