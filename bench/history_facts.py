"""Older facts for `bench/history.py`: races of years ago, straight into the tables of the ledger.

Each older race has 1,000 racers of 30 facts; its log is written and its deliveries are marked as
done, so that nothing waits and nothing is folded anew.
"""

import time

from sqlalchemy import text

from psot.runtime import Runtime

AT_ONCE = 500_000
RACERS, FACTS_EACH = 1000, 30

# Older race 7 is the UUID 7 of `lpad`; a racer's facts are numbered as the course numbers its own.
_FACTS = text(
    """
    INSERT INTO ledger_facts (type, key, data, occurred_at, recorded_at)
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
    """
)
_DELIVERED = text(
    """
    INSERT INTO ledger_deliveries (projection, seq, delivered_at)
    SELECT 'standings', seq, recorded_at FROM ledger_facts
    WHERE seq > :after AND key LIKE '0e000000-%'
    """
)
_LOGGED = text(
    """
    INSERT INTO race_log (seq, race, type, fact)
    SELECT seq, CAST(data ->> 'race' AS uuid), type, data FROM ledger_facts
    WHERE seq > :after AND key LIKE '0e000000-%'
    """
)
# Who wrote them is not asked for every row: both tables are filled from the same statement.
_UNCHECKED = text("SET LOCAL session_replication_role = replica")
_NEWEST = text("SELECT coalesce(max(seq), 0) FROM ledger_facts")
_TABLES = ("ledger_facts", "ledger_deliveries", "race_log")


def older(made: Runtime, facts: int) -> float:
    """Put so many older facts onto the ledger; returns the seconds it took."""
    began_s = time.monotonic()
    for first in range(0, facts, AT_ONCE):
        with made.database.begin() as session:
            session.execute(_UNCHECKED)
            after = session.execute(_NEWEST).scalar_one()
            last = min(first + AT_ONCE, facts)
            told = {"first": first, "last": last, "each": FACTS_EACH, "racers": RACERS}
            session.execute(_FACTS, told)
            session.execute(_DELIVERED, {"after": after})
            session.execute(_LOGGED, {"after": after})
    with made.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as here:
        for table in _TABLES:
            here.execute(text(f"VACUUM (ANALYZE) {table}"))
        here.execute(text("CHECKPOINT"))
    return time.monotonic() - began_s
