"""Older facts for `bench/history.py`: races of years ago, straight into the tables of the ledger.

Each older race has 1,000 racers of 30 facts; its log is written and its deliveries are marked as
done, so that nothing waits and nothing is folded anew.
"""

import time
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import text

from psot.runtime import Runtime

AT_ONCE = 100_000
SIDE_BY_SIDE = 2
RACERS, FACTS_EACH = 1000, 30

# Older race 7 is the UUID 7 of `lpad`; a racer's facts are numbered as the course numbers its own.
_FACTS = text(
    """
    WITH told AS (INSERT INTO ledger_facts (type, key, data, occurred_at, recorded_at)
    SELECT kind, race || ':' || bib || ':' || nth,
           jsonb_build_object('race', race, 'bib', bib, 't_ms', nth * 15000 + bib,
                              'question', 'q' || n % 400 * 7919 % 400)
               || CASE WHEN kind LIKE '%target%'
                  THEN jsonb_build_object('shown_ms', nth * 15000 - 9000 + bib) ELSE '{}' END,
           moment, moment
    FROM (
        SELECT n, n % :each + 1 AS nth, n / :each % :racers + 1 AS bib,
               CAST('0e000000-0000-4000-8000-' || lpad(to_hex(n / :each / :racers), 12, '0')
                    AS uuid) AS race,
               (ARRAY['psot.race.station.passed.v1', 'psot.race.target.hit.v1',
                      'psot.race.target.missed.v1', 'psot.race.racer.fell.v1'])[n % 4 + 1] AS kind,
               now() - interval '3 years' + n * interval '1 second' AS moment
        FROM generate_series(:first, :last - 1) AS n
    ) AS older
    RETURNING seq, type, data, recorded_at),
    delivered AS (
        INSERT INTO ledger_deliveries (projection, seq, delivered_at)
        SELECT 'standings', seq, recorded_at FROM told
    )
    INSERT INTO race_log (seq, race, type, fact)
    SELECT seq, CAST(data ->> 'race' AS uuid), type, data FROM told
    """
)
# Who wrote them is not asked for every row: all tables are filled by the same statement.
_UNCHECKED = text("SET LOCAL session_replication_role = replica")
_TABLES = ("ledger_facts", "ledger_deliveries", "race_log")


def older(made: Runtime, facts: int) -> float:
    """Put so many older facts onto the ledger; returns the seconds it took."""
    began_s = time.monotonic()

    def tell(first: int) -> None:
        last = min(first + AT_ONCE, facts)
        with made.database.begin() as session:
            session.execute(_UNCHECKED)
            asked = {"first": first, "last": last, "each": FACTS_EACH, "racers": RACERS}
            session.execute(_FACTS, asked)

    with ThreadPoolExecutor(SIDE_BY_SIDE) as tellers:
        list(tellers.map(tell, range(0, facts, AT_ONCE)))
    with made.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as here:
        for table in _TABLES:
            here.execute(text(f"VACUUM (ANALYZE) {table}"))
        here.execute(text("CHECKPOINT"))
    return time.monotonic() - began_s
