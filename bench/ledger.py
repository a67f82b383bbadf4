"""Facts a second through publish, drain and rating, beside one RQ job per fact.

    python -m bench.ledger [--facts 20000] [--peer-facts 400]

Both sides append the same kind of facts with the product's `append`, to a durable PostgreSQL, and
write the same ratings with the product's fold; they differ in what carries a fact to the worker.
Ours: a bell and batches. The peer: a job per fact, in the faster of RQ's workers (no fork).
"""

import argparse
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

from redis import Redis
from rq import Queue, SimpleWorker
from rq.serializers import JSONSerializer
from sqlalchemy import text

from bench.measured import checked_out
from bench.one_job_per_fact import FOLD_ONE
from psot import migrations
from psot.config import Settings
from psot.ledger import append_many
from psot.ledger.consumers import enrol
from psot.ledger.drain import Drainer
from psot.projections import CATALOGUE
from psot.runtime import Runtime, connect, enter
from tests.chaos.story import story
from tests.services import postgres_running, throw_away_folder, valkey_running

AIM = 20.0
PUBLISH_AT_ONCE = 100


@dataclass(frozen=True, kw_only=True)
class Line:
    """One side: ``facts`` told, and how long publishing and folding them took, in s."""

    side: str
    facts: int
    publish_s: float
    fold_s: float

    @property
    def facts_per_s(self) -> float:
        """Return facts a second from the first append to the last rating."""
        return self.facts / (self.publish_s + self.fold_s)


@contextmanager
def empty_house() -> Iterator[Runtime]:
    """Give a connection to a new, durable PostgreSQL and a new Valkey."""
    with (
        throw_away_folder() as folder,
        postgres_running(extra={}) as database,
        valkey_running() as redis,
    ):
        migrations.upgrade(database.url())
        made = connect(
            Settings(database_url=database.url(), redis_url=redis.url(), data_dir=folder, demo=True)
        )
        enrol(made.database, CATALOGUE)
        enter(made)
        yield made
        made.database.close()


def publish(made: Runtime, facts: int) -> float:
    """Append ``facts`` facts, a hundred to a transaction; returns the seconds it took."""
    told = story(facts, seed=3, members=min(2_000, facts // 4))
    start = time.perf_counter()
    for first in range(0, len(told), PUBLISH_AT_ONCE):
        with made.database.begin() as session:
            part = told[first : first + PUBLISH_AT_ONCE]
            append_many(session, [(one.fact, one.key, one.at) for one in part])
    return time.perf_counter() - start


def ours(facts: int) -> Line:
    """Measure the bell, batches, ratings and ranks."""
    with empty_house() as made:
        published = publish(made, facts)
        start = time.perf_counter()
        done = Drainer(made.database, made.redis, CATALOGUE).run(linger_s=0)
        folded = time.perf_counter() - start
        if done < facts:
            raise SystemExit(f"only {done} of {facts} facts were folded")
    return Line(side="bell and batches", facts=facts, publish_s=published, fold_s=folded)


def peer(facts: int) -> Line:
    """Measure one RQ job per fact: enqueue as published, fold one fact per job."""
    with empty_house() as made:
        published = publish(made, facts)
        with made.database.begin() as session:
            seqs = (
                session.execute(text("SELECT seq FROM ledger_facts ORDER BY seq")).scalars().all()
            )
        connection = Redis.from_url(made.settings.redis_url)
        queue = Queue("peer", connection=connection, serializer=JSONSerializer)
        start = time.perf_counter()
        for seq in seqs:
            queue.enqueue(FOLD_ONE, seq, result_ttl=0)
        published += time.perf_counter() - start
        start = time.perf_counter()
        worker = SimpleWorker([queue], connection=connection, serializer=JSONSerializer)
        worker.work(burst=True, logging_level="ERROR")
        folded = time.perf_counter() - start
        with made.database.begin() as session:
            left = session.execute(
                text("SELECT count(*) FROM ledger_deliveries WHERE delivered_at IS NULL")
            ).scalar_one()
        if left:
            raise SystemExit(f"{left} of {facts} facts were not folded")
    return Line(side="one job per fact", facts=facts, publish_s=published, fold_s=folded)


def main() -> None:
    """Run both sides and print the figures with their ratio, as JSON and as a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, default=20_000)
    parser.add_argument("--peer-facts", type=int, default=400)
    asked = parser.parse_args()
    lines = [ours(asked.facts), peer(asked.peer_facts)]
    ratio = lines[0].facts_per_s / lines[1].facts_per_s
    commit = checked_out()
    print(f"{'':<18}{'facts':>8}{'publish s':>11}{'fold s':>9}{'facts/s':>10}")
    for one in lines:
        print(
            f"{one.side:<18}{one.facts:>8,}{one.publish_s:>11.2f}{one.fold_s:>9.2f}"
            f"{one.facts_per_s:>10,.0f}"
        )
    print(f"ratio {ratio:.1f}, aim {AIM:.0f}, commit {commit}")
    figures = [{**asdict(one), "facts_per_s": one.facts_per_s} for one in lines]
    print(json.dumps({"commit": commit, "ratio": ratio, "aim": AIM, "sides": figures}))


if __name__ == "__main__":
    main()
