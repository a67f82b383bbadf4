"""Figures that live in PostgreSQL, Redis and the socket server, gathered when /metrics is read.

A service that does not answer costs its own figures only: its ``psot_…_up`` says 0 and the rest
is told.
"""

from collections.abc import Callable, Iterable, Iterator

from flask import Flask
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from psot.database import Database
from psot.ledger.stats import Lag, lags
from psot.observability.queues import QueueState, queue_states

LIVE = "psot.live"

# Gauge, its help, and the figure it takes from the lag of one projection.
LAG_GAUGES: tuple[tuple[str, str, Callable[[Lag], float]], ...] = (
    ("psot_ledger_waiting_facts", "Facts a projection has not folded", lambda lag: lag.waiting),
    (
        "psot_ledger_oldest_waiting_seconds",
        "Age of the oldest fact a projection has not folded",
        lambda lag: lag.oldest_s,
    ),
    ("psot_ledger_dead_letters", "Facts that failed their last try", lambda lag: lag.dead),
    (
        "psot_ledger_stopped",
        "1 while a projection stands still after too many failures",
        lambda lag: float(lag.stopped_at is not None),
    ),
    ("psot_ledger_projection_version", "Version of a projection", lambda lag: lag.version),
)

QUEUE_GAUGES: tuple[tuple[str, str, Callable[[QueueState], float]], ...] = (
    ("psot_queue_jobs", "Jobs waiting for a worker", lambda one: one.waiting),
    ("psot_queue_oldest_seconds", "Age of the first waiting job", lambda one: one.oldest_s),
    ("psot_queue_failed_jobs", "Jobs that ended in an error", lambda one: one.failed),
    ("psot_queue_workers", "Workers listening to a queue", lambda one: one.workers),
)


class LedgerCollector(Collector):
    """The lag of every projection, from PostgreSQL."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def collect(self) -> Iterator[Metric]:
        """Yield one gauge for each row of `LAG_GAUGES`."""
        database: Database = self._app.extensions["psot.database"]
        found: Iterable[Lag] = ()
        try:
            with database.begin() as session:
                found = lags(session)
        except SQLAlchemyError:
            yield _up("database", answers=False)
        else:
            yield _up("database", answers=True)
        for name, meaning, read in LAG_GAUGES:
            gauge = GaugeMetricFamily(name, meaning, labels=("projection",))
            for lag in found:
                gauge.add_metric((lag.projection,), read(lag))
            yield gauge


class QueueCollector(Collector):
    """The length and age of every queue, from Redis."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def collect(self) -> Iterator[Metric]:
        """Yield one gauge for each row of `QUEUE_GAUGES`."""
        redis: Redis = self._app.extensions["psot.redis"]
        found: Iterable[QueueState] = ()
        try:
            found = queue_states(redis)
        except RedisError:
            yield _up("redis", answers=False)
        else:
            yield _up("redis", answers=True)
        for name, meaning, read in QUEUE_GAUGES:
            gauge = GaugeMetricFamily(name, meaning, labels=("queue",))
            for one in found:
                gauge.add_metric((one.name,), read(one))
            yield gauge


class LiveCollector(Collector):
    """Connected sockets and the time of their events: the live door's own series, passed on."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def collect(self) -> Iterable[Metric]:
        """Yield what the live door counts; nothing in an app without one."""
        live = self._app.extensions.get(LIVE)
        registry = getattr(getattr(live, "metrics", None), "registry", None)
        return registry.collect() if isinstance(registry, CollectorRegistry) else ()


def _up(service: str, *, answers: bool) -> Metric:
    return GaugeMetricFamily(
        f"psot_{service}_up", f"1 while {service} answers this process", value=float(answers)
    )
