"""A running race rebuilt by a new process: log read, state made, everything published once.

    python -m bench.rebuild [--racers 10211] [--rounds 3]

A race is brought half-way by the product's own course rules, straight into its log; then a
publisher that knows nothing takes it. Peer, in the same run: a plain SELECT of the same rows, each
decoded with json. The limit is 5 s from the first statement to the last board.
"""

import argparse
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta

from redis import Redis
from sqlalchemy import text

from bench.measured import checked_out
from bench.standings import ZERO, a_race, course, services, tell
from psot import clock, garbage
from psot.database import Database
from psot.races import queries as races
from psot.standings import log as logs
from psot.standings.publishing import Publisher
from psot.standings.roster import roster

LIMIT_S = 5.0

_ROWS = text("SELECT type, fact::text FROM race_log WHERE race = :race ORDER BY n")


@dataclass(frozen=True, kw_only=True)
class Line:
    """Best of all rounds, in s."""

    what: str
    cpu_s: float
    wall_s: float


def timed(what: str, act: Callable[[], object], rounds: int) -> Line:
    """Return the least time ``act`` took; other programs of a busy machine only add to it."""
    cpu, wall = [], []
    for _ in range(rounds):
        at = time.process_time(), time.perf_counter()
        act()
        cpu.append(time.process_time() - at[0])
        wall.append(time.perf_counter() - at[1])
    return Line(what=what, cpu_s=min(cpu), wall_s=min(wall))


def lines(database: Database, redis: Redis, racers: int, rounds: int) -> tuple[int, list[Line]]:
    """Measure the peer, the parts and the whole; returns the number of facts as well."""
    view = a_race(database, racers, 0)
    with database.begin() as session:
        facts = course(view.rules, races.field(session, view.id), racers)
    half = len(facts) // 2
    tell(database, view.id, facts[:half], 1)

    def plain() -> None:
        with database.begin() as session:
            for _, fact in session.execute(_ROWS, {"race": view.id}):
                json.loads(fact)

    def field() -> None:
        with database.begin() as session:
            roster(session, view)

    def log() -> None:
        with database.begin() as session:
            logs.after(session, view.id)

    def whole() -> None:
        publisher = Publisher()
        with clock.fixed(ZERO + timedelta(milliseconds=facts[half].t_ms)):
            publisher.publish(database, redis)
        publisher.stop(database)

    return half, [
        timed("peer: SELECT and json", plain, rounds),
        timed("the start list", field, rounds),
        timed("the log, decoded", log, rounds),
        timed("whole", whole, rounds),
    ]


def main() -> None:
    """Print a table and JSON; ends with 1 where the whole takes more than its limit."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--racers", type=int, default=10_211)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    garbage.settle()
    with services() as (database, redis):
        facts, found = lines(database, redis, given.racers, given.rounds)
    commit = checked_out()
    print(f"{given.racers:,} racers, {facts:,} facts, commit {commit}")
    for one in found:
        print(f"{one.what:<24}{one.cpu_s:>8.2f} s CPU{one.wall_s:>8.2f} s")
    whole, peer = found[-1], found[0]
    ratios = {"of_limit": whole.wall_s / LIMIT_S, "of_peer": whole.cpu_s / peer.cpu_s}
    print(", ".join(f"{name} {value:.2f}" for name, value in ratios.items()))
    told = {"commit": commit, "racers": given.racers, "facts": facts, "limit_s": LIMIT_S}
    print(json.dumps(told | ratios | {"lines": [asdict(one) for one in found]}))
    if whole.wall_s > LIMIT_S:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
