"""Deliver facts to one projection: a batch, its effect and its marks in one transaction.

Whatever is killed, and however often the bell is rung, each fact has one effect: a delivery is
open, or its effect is committed. A batch that raises is halved until the poison facts stand
alone; each is tried `TRIES` times, then it becomes a dead letter and the others go on.
`STOP_AFTER` facts that fail in a row, without a success between them, stop the projection: then
the rule is wrong, not the facts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from rq.timeouts import BaseTimeoutException
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from psot.database import Database
from psot.ledger.append import Recorded
from psot.ledger.projection import Projection

BATCH = 1000
TRIES = 5
STOP_AFTER = 20

_log = structlog.get_logger()

_LOCK = text("SELECT pg_try_advisory_xact_lock(hashtext('psot.ledger'), hashtext(:projection))")
_STATE = text(
    "SELECT version, failures_in_row, stopped_at IS NOT NULL AS stopped"
    " FROM ledger_consumers WHERE projection = :projection"
)
_OPEN = text(
    """
    SELECT f.seq, f.type, f.data, f.occurred_at, d.tries
    FROM ledger_deliveries d JOIN ledger_facts f USING (seq)
    WHERE d.projection = :projection AND d.delivered_at IS NULL AND NOT d.dead
      AND (d.retry_at IS NULL OR d.retry_at <= clock_timestamp())
    ORDER BY d.seq LIMIT :batch
    """
)
_MARK = text(
    "UPDATE ledger_deliveries SET delivered_at = clock_timestamp()"
    " WHERE projection = :projection AND seq = ANY(:seqs)"
)
_FAIL = text(
    """
    UPDATE ledger_deliveries
    SET tries = tries + 1, dead = tries + 1 >= :limit,
        retry_at = clock_timestamp() + interval '0.2 s' * power(2, tries)
    WHERE projection = :projection AND seq = :seq RETURNING dead
    """
)
_BURY = text(
    """
    INSERT INTO ledger_dead_letters (projection, seq, error) VALUES (:projection, :seq, :error)
    ON CONFLICT (projection, seq) DO UPDATE SET error = :error, died_at = clock_timestamp()
    """
)
_IN_ROW = text(
    """
    UPDATE ledger_consumers
    SET failures_in_row = :in_row,
        stopped_at = CASE WHEN :stop THEN clock_timestamp() END,
        stopped_because = CASE WHEN :stop THEN :error ELSE '' END
    WHERE projection = :projection
    """
)


@dataclass(kw_only=True)
class Pass:
    """What one transaction did: facts ``done``, tries ``failed``, ``more`` if the batch was full.

    ``locked`` says that another drainer holds the projection; ``stopped``, that it stands still.
    """

    done: int = 0
    failed: int = 0
    more: bool = False
    locked: bool = False
    stopped: bool = False


def deliver(database: Database, projection: Projection, *, batch: int = BATCH) -> Pass:
    """Fold one batch of open facts into ``projection``; raises only what the database raises."""
    with database.begin() as session:
        name = {"projection": projection.name}
        if not session.execute(_LOCK, name).scalar():
            return Pass(locked=True)
        state = session.execute(_STATE, name).one_or_none()
        # While releases change over, only the rule that the tables were started with may fold.
        if state is None or state.stopped or state.version != projection.version:
            return Pass(stopped=True)
        rows = session.execute(_OPEN, {**name, "batch": batch}).all()
        result = Pass(more=len(rows) == batch)
        if rows:
            _Attempt(session, projection, result, state.failures_in_row).run(rows)
        return result


class _Attempt:
    """One batch within its transaction: fold, halve, mark, count."""

    def __init__(self, session: Session, projection: Projection, result: Pass, in_row: int) -> None:
        self.session = session
        self.projection = projection
        self.result = result
        self.in_row = self.before = in_row
        self.error = ""

    def run(self, rows: Sequence[Any]) -> None:
        # A fact that failed before is tried alone, so that it costs the others nothing.
        fresh = [row for row in rows if not row.tries]
        if fresh:
            self._fold(fresh)
        for row in rows:
            if row.tries:
                self._fold([row])
        if self.in_row != self.before:
            self._count()

    def _fold(self, rows: Sequence[Any]) -> None:
        if self.in_row >= STOP_AFTER:
            return
        try:
            with self.session.begin_nested():
                self.projection.fold(self.session, [Recorded.of(row) for row in rows])
                self.session.flush()
        except BaseTimeoutException:
            raise
        except DBAPIError as error:
            if error.connection_invalidated or _outage(error):
                raise
            self._failed(rows, error)
        except Exception as error:  # noqa: BLE001 - a poison fact may raise anything
            self._failed(rows, error)
        else:
            self._mark([row.seq for row in rows])
            self.result.done += len(rows)
            self.in_row = 0

    def _mark(self, seqs: list[int]) -> None:
        self.session.execute(_MARK, {"projection": self.projection.name, "seqs": seqs})

    def _failed(self, rows: Sequence[Any], error: Exception) -> None:
        if len(rows) > 1:
            middle = len(rows) // 2
            self._fold(rows[:middle])
            self._fold(rows[middle:])
            return
        (row,) = rows
        self.result.failed += 1
        # Different facts are counted: one that fails five times says nothing about the rule.
        self.in_row += not row.tries
        self.error = f"{type(error).__name__}: {error}"[:2000]
        where = {"projection": self.projection.name, "seq": row.seq}
        dead = self.session.execute(_FAIL, {**where, "limit": TRIES}).scalar()
        _log.warning("fact_failed", **where, error=self.error, dead=dead)
        if dead:
            self.session.execute(_BURY, {**where, "error": self.error})

    def _count(self) -> None:
        stop = self.in_row >= STOP_AFTER
        if stop:
            _log.error("projection_stopped", projection=self.projection.name, error=self.error)
        self.session.execute(
            _IN_ROW,
            {
                "projection": self.projection.name,
                "in_row": self.in_row,
                "stop": stop,
                "error": self.error,
            },
        )


def _outage(error: DBAPIError) -> bool:
    """Tell trouble of the service (08 connection, 40 rollback, 53, 55, 57) from a fact's own."""
    state = str(getattr(error.orig, "sqlstate", "") or "08")
    return state[:2] in {"08", "40", "53", "55", "57", "58"}
