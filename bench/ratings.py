"""The ratings in full: facts a second, a rebuild of a season, reads of a board as members grow.

    python -m bench.ratings [--facts 1000000] [--members 10211] [--calibrations 91] [--quick]

Rebuild: a season of every kind of fact is folded from nothing, as `psot ledger rebuild ratings`
does; its peer is COPY of the same finished rows into tables of the same shape. Live: facts that
come now, a hundred to a batch; the peer is COPY of them onto the ledger. Board: a page's question
(own place, three neighbours to both sides, ten leaders) through the product; its peer is a plain
ZREVRANGE of as many rows on the same connection.
"""

import argparse
import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from random import Random
from statistics import median
from typing import Any
from uuid import UUID

from redis import Redis
from sqlalchemy import Table, text

from bench.measured import checked_out
from bench.ratings_history import SEASON, history, load
from psot import migrations
from psot.database import Database
from psot.ledger import Catalogue
from psot.ledger.consumers import analyze, enrol, start_over
from psot.ledger.delivery import deliver
from psot.ledger.drain import REBUILD
from psot.ratings import ranks
from psot.ratings.projections import RATINGS
from tests.services import postgres_running, valkey_running

AIM_S = 300.0
LIVE_FACTS = 5_000
LIVE_BATCH = 100
LEADERS = 10
ROWS = LEADERS + 7
"""Rows of a page: the leaders, the own place, three to both sides."""


@dataclass(frozen=True, kw_only=True)
class Fold:
    """How long ``facts`` facts took, in s, and what COPY took for the rows they became."""

    what: str
    facts: int
    took_s: float
    peer_s: float

    @property
    def facts_per_s(self) -> float:
        """Facts a second."""
        return self.facts / self.took_s


@dataclass(frozen=True, kw_only=True)
class Read:
    """Medians in ms of a page's question and of a plain ZREVRANGE, at so many members."""

    members: int
    look_ms: float
    plain_ms: float

    @property
    def ratio(self) -> float:
        """The question in plain reads."""
        return self.look_ms / self.plain_ms


@contextmanager
def a_database() -> Iterator[Database]:
    """Give a new, durable PostgreSQL with our tables."""
    with postgres_running(extra={"max_wal_size": "4GB"}) as postgres:
        migrations.upgrade(postgres.url("psot"))
        database = Database(postgres.url("psot"))
        try:
            yield database
        finally:
            database.close()


def drained(database: Database, batch: int = REBUILD) -> int:
    """Fold until nothing is open; returns how many were folded."""
    folded = 0
    while True:
        done = deliver(database, RATINGS, batch=batch)
        if done.failed or done.stopped:
            raise SystemExit("a fact could not be folded")
        if not done.done:
            return folded
        folded += done.done


def folds(facts: int, members: int, calibrations: int) -> list[Fold]:
    """Measure the rebuild and the live fold of one history."""
    with a_database() as database:
        enrol(database, Catalogue((RATINGS,)))
        told = load(database, history(facts, members, calibrations))
        with database.begin() as session:
            start_over(session, RATINGS)
        start = time.perf_counter()
        rebuilt = drained(database)
        with database.begin() as session:
            analyze(session, RATINGS)
        took_s = time.perf_counter() - start
        if rebuilt != told:
            raise SystemExit(f"{rebuilt:,} of {told:,} facts were folded")
        copied = sum(copy_s(database, one) for one in RATINGS.owned())
        whole = Fold(what="rebuild", facts=told, took_s=took_s, peer_s=copied)
        return [whole, live(database, members)]


def live(database: Database, members: int) -> Fold:
    """Measure facts that come now, a hundred to a batch, with the whole season standing."""
    rows = list(history(LIVE_FACTS + members + 1, members, 0, seed=2))[members + 1 :]
    fresh = [(kind, f"live-{key}", who, data, at) for kind, key, who, data, at in rows]
    with database.begin() as session:
        session.execute(text("DELETE FROM ledger_deliveries"))
    with database.engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        with raw.cursor() as cursor:
            names = "type, key, member, data, occurred_at"
            start = time.perf_counter()
            with cursor.copy(f"COPY ledger_facts ({names}) FROM STDIN") as copy:
                for kind, key, who, data, at in fresh:
                    copy.write_row((kind, key, who, json.dumps(data), at))
            raw.commit()
            peer_s = time.perf_counter() - start
            cursor.execute(
                "INSERT INTO ledger_deliveries (projection, seq)"
                " SELECT 'ratings', seq FROM ledger_facts WHERE key LIKE 'live-%'"
            )
        raw.commit()
    start = time.perf_counter()
    done = drained(database, batch=LIVE_BATCH)
    took_s = time.perf_counter() - start
    return Fold(what=f"live, by {LIVE_BATCH}", facts=done, took_s=took_s, peer_s=peer_s)


def copy_s(database: Database, table: Table) -> float:
    """Copy the rows of ``table`` into an empty one of its shape; returns the seconds it took."""
    with database.engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        with raw.cursor() as cursor:
            cursor.execute(f"CREATE TABLE peer (LIKE {table.name} INCLUDING ALL)")
            with cursor.copy(f"COPY {table.name} TO STDOUT") as copy:
                parts = [bytes(part) for part in copy]
            start = time.perf_counter()
            with cursor.copy("COPY peer FROM STDIN") as copy:
                for part in parts:
                    copy.write(part)
            raw.commit()
            took_s = time.perf_counter() - start
            cursor.execute("DROP TABLE peer")
        raw.commit()
    return took_s


def reads(redis: Redis, sizes: Sequence[int], rounds: int) -> list[Read]:
    """Measure a page's question at each size."""
    random = Random(7)  # noqa: S311 - whom to ask about is no secret
    key = f"psot:ratings:{SEASON.name}:scores"
    found, filled = [], 0
    for size in sorted(sizes):
        while filled < size:
            upto = min(size, filled + 50_000)
            some = range(filled + 1, upto + 1)
            ratings = {
                UUID(int=one).bytes: random.randrange(500_000) + random.randrange(500_000)
                for one in some
            }
            redis.zadd(key, ratings)
            filled = upto

        def look(size: int = size) -> object:
            somebody = UUID(int=random.randint(1, size))
            return ranks.look(redis, SEASON.name, [somebody], leaders=LEADERS)

        def plain() -> object:
            return redis.zrevrange(key, 0, ROWS - 1, withscores=True)

        found.append(
            Read(members=size, look_ms=timed_ms(look, rounds), plain_ms=timed_ms(plain, rounds))
        )
    return found


def timed_ms(ask: Callable[[], object], rounds: int) -> float:
    """Return the median of ``rounds`` calls in ms, after some that are not counted."""
    times = []
    for number in range(rounds + rounds // 10):
        start = time.perf_counter()
        ask()
        if number >= rounds // 10:
            times.append((time.perf_counter() - start) * 1000)
    return median(times)


def report(folded: Sequence[Fold], read: Sequence[Read]) -> None:
    """Print the tables, and everything as JSON."""
    print(f"{'':<14}{'facts':>10}{'s':>9}{'facts/s':>10}{'COPY s':>9}{'ratio':>8}")
    for one in folded:
        print(
            f"{one.what:<14}{one.facts:>10,}{one.took_s:>9.1f}{one.facts_per_s:>10,.0f}"
            f"{one.peer_s:>9.2f}{one.took_s / one.peer_s:>8.1f}"
        )
    print(f"{'members':<14}{'look ms':>10}{'ZREVRANGE ms':>14}{'ratio':>8}")
    for size in read:
        print(f"{size.members:<14,}{size.look_ms:>10.3f}{size.plain_ms:>14.3f}{size.ratio:>8.2f}")
    flat = read[-1].look_ms / read[0].look_ms
    commit = checked_out()
    print(f"rebuild aim {AIM_S:.0f} s; the largest board reads in {flat:.2f} of the smallest")
    figures = {
        "commit": commit,
        "aim_s": AIM_S,
        "folds": [{**asdict(one), "facts_per_s": one.facts_per_s} for one in folded],
        "reads": [{**asdict(one), "ratio": one.ratio} for one in read],
        "flat": flat,
    }
    print(json.dumps(figures))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--facts", type=int, default=1_000_000)
    parser.add_argument("--members", type=int, default=10_211)
    parser.add_argument("--calibrations", type=int, default=91, help="spread over the season")
    parser.add_argument("--board", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=2000)
    parser.add_argument("--quick", action="store_true", help="30,000 facts, 1,000 members")
    given = parser.parse_args()
    if given.quick:
        given.facts, given.members, given.calibrations = 30_000, 1_000, 13
        given.board, given.rounds = [10_000, 100_000], 300
    folded = folds(given.facts, given.members, given.calibrations)
    with valkey_running() as valkey, Redis.from_url(valkey.url()) as redis:
        read = reads(redis, given.board, given.rounds)
    report(folded, read)


if __name__ == "__main__":
    main()
