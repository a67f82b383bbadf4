"""Rank, neighbours and top 50 of a season at growing numbers of members: the cost has to stay flat.

    python -m bench.board [--members 10000 100000 1000000] [--rounds 2000]

Each question is one round trip to Redis through the product's `ranks.look`. Beside it, in the same
run: a bare PING over the same connection, and the same rank from PostgreSQL with `rank()`.
"""

import argparse
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from random import Random
from statistics import quantiles
from uuid import UUID

from redis import Redis
from sqlalchemy import text

from bench.measured import checked_out
from psot import migrations
from psot.database import Database
from psot.ratings import ranks
from tests.services import postgres_running, valkey_running

SEASON = "2026-Q4"
LIMIT_MS = 1.0
LEADERS = 50
SQL_ROUNDS = 5

_SEASON = text(
    "INSERT INTO rating_seasons VALUES ('2026-Q4', '2026-10-01', 13, 1, 620000,"
    " nextval('rating_versions'))"
)
# Ratings spread like those of people: many in the middle, few at the ends, many of them equal.
_FILL = text(
    """
    INSERT INTO rating_members (season, member, region, on_roster, activity_ppb, effectiveness_ppb,
                                rating_milli, minutes, first_attempts, efforts, weight_ppm,
                                weighted_ppm2, version)
    SELECT '2026-Q4', lpad(to_hex(n), 32, '0')::uuid, 'RU-TYU', true, 0, 0,
           (500000 * (random() + random()))::int, 0, 0, '{}', 0, 0,
           nextval('rating_versions')
    FROM generate_series(CAST(:first AS int), CAST(:last AS int)) AS n
    """
)
_RANK = text(
    """
    SELECT rank FROM (
        SELECT member, rank() OVER (ORDER BY rating_milli DESC) FROM rating_members
        WHERE season = '2026-Q4'
    ) AS ranked WHERE member = :member
    """
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """Times of one question at one size, in ms; ``pings`` is the median in bare round trips."""

    members: int
    question: str
    median_ms: float
    p95_ms: float
    pings: float
    sql_rank_ms: float


def measure(ask: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Return the median and the 95th percentile of ``rounds`` calls, in ms."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        ask()
        times.append((time.perf_counter() - start) * 1000)
    cuts = quantiles(times, n=100)
    return cuts[49], cuts[94]


def lines(database: Database, redis: Redis, members: int, rounds: int) -> list[Line]:
    """Measure every question among ``members``."""
    random = Random(7)  # noqa: S311 - whom to ask about is no secret

    def somebody() -> UUID:
        return UUID(int=random.randint(1, members))

    questions: dict[str, Callable[[], object]] = {
        "rank and 3 neighbours": lambda: ranks.look(redis, SEASON, [somebody()]),
        "top 50": lambda: ranks.look(redis, SEASON, leaders=LEADERS),
        "page: both": lambda: ranks.look(redis, SEASON, [somebody()], leaders=LEADERS),
    }

    def from_sql() -> None:
        with database.begin() as session:
            session.execute(_RANK, {"member": somebody()}).scalar_one()

    sql_ms, _ = measure(from_sql, SQL_ROUNDS)
    made = []
    for name, ask in questions.items():
        measure(ask, 50)
        ping_ms, _ = measure(redis.ping, rounds)
        median_ms, p95_ms = measure(ask, rounds)
        made.append(
            Line(
                members=members,
                question=name,
                median_ms=median_ms,
                p95_ms=p95_ms,
                pings=median_ms / ping_ms,
                sql_rank_ms=sql_ms,
            )
        )
    return made


def main() -> None:
    """Measure every size, print a table and JSON; ends with 1 where a median is over the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=2000)
    asked = parser.parse_args()
    found: list[Line] = []
    with postgres_running() as postgres, valkey_running() as valkey:
        migrations.upgrade(postgres.url("psot"))
        database = Database(postgres.url("psot"))
        redis = Redis.from_url(valkey.url())
        with database.begin() as session:
            session.execute(_SEASON)
        filled = 0
        for members in sorted(asked.members):
            with database.begin() as session:
                session.execute(_FILL, {"first": filled + 1, "last": members})
            start = time.perf_counter()
            ranks.sync(database, redis)
            print(f"{members - filled:,} ratings synced in {time.perf_counter() - start:.1f} s")
            filled = members
            with database.engine.connect() as connection:
                connection.execution_options(isolation_level="AUTOCOMMIT").execute(
                    text("VACUUM ANALYZE rating_members")
                )
            found += lines(database, redis, members, asked.rounds)
        redis.close()
        database.close()
    report(found)


def report(found: list[Line]) -> None:
    """Print the figures; ends with 1 where a median is over the limit."""
    print(
        f"{'members':>10}  {'question':<22}{'median ms':>10}{'p95 ms':>9}{'pings':>7}{'SQL ms':>9}"
    )
    for one in found:
        print(
            f"{one.members:>10,}  {one.question:<22}{one.median_ms:>10.3f}{one.p95_ms:>9.3f}"
            f"{one.pings:>7.1f}{one.sql_rank_ms:>9.1f}"
        )
    slowest = max(one.median_ms for one in found)
    commit = checked_out()
    print(f"limit {LIMIT_MS} ms, slowest median {slowest:.3f} ms, commit {commit}")
    figures = [asdict(one) for one in found]
    print(json.dumps({"commit": commit, "limit_ms": LIMIT_MS, "lines": figures}))
    if slowest > LIMIT_MS:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
