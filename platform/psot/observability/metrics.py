"""What /metrics tells: how fast requests are answered, and what the ledger and the queues hold.

Every process counts for itself; the collector adds them up. Nothing is made at import: each app has
its own registry, ``app.extensions["psot.metrics"]``.
"""

import gc
import time
from dataclasses import dataclass

import structlog
from flask import Flask, g, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.gc_collector import GCCollector
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector
from werkzeug.wrappers import Response

from psot.observability.collectors import LedgerCollector, LiveCollector, QueueCollector

EXTENSION = "psot.metrics"

BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

# Methods that may become a label; anything a caller invents would make the series grow for ever.
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

_log = structlog.get_logger("psot.requests")


@dataclass(frozen=True, kw_only=True)
class Metrics:
    """The registry of one app and the series that requests are counted in."""

    registry: CollectorRegistry
    request_seconds: Histogram
    in_flight: Gauge
    faults: Counter


def build() -> Metrics:
    """Return fresh series in a registry of their own."""
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    GCCollector(registry=registry)
    never_walked = Gauge(
        "psot_objects_never_walked", "Objects the garbage collector leaves out", registry=registry
    )
    never_walked.set_function(gc.get_freeze_count)
    PlatformCollector(registry=registry)
    return Metrics(
        registry=registry,
        request_seconds=Histogram(
            "psot_http_request_seconds",
            "Time from the first line of a request to its answer, by route, method and status",
            ("endpoint", "method", "status"),
            buckets=BUCKETS_S,
            registry=registry,
        ),
        in_flight=Gauge(
            "psot_http_requests_in_flight", "Requests being answered now", registry=registry
        ),
        faults=Counter(
            "psot_http_faults",
            "Requests that ended in an error nobody foresaw",
            ("endpoint",),
            registry=registry,
        ),
    )


def install(app: Flask) -> None:
    """Count and log every request of ``app``, and gather what its services hold when asked."""
    metrics = build()
    app.extensions[EXTENSION] = metrics
    metrics.registry.register(LedgerCollector(app))
    metrics.registry.register(QueueCollector(app))
    metrics.registry.register(LiveCollector(app))

    @app.before_request
    def start() -> None:
        g.psot_started = time.perf_counter()
        metrics.in_flight.inc()

    @app.after_request
    def finish(response: Response) -> Response:
        spent_s = time.perf_counter() - g.get("psot_started", time.perf_counter())
        tell(metrics, request.endpoint or "none", request.method, response.status_code, spent_s)
        return response

    @app.teardown_request
    def leave(_error: BaseException | None) -> None:
        if g.pop("psot_started", None) is not None:
            metrics.in_flight.dec()


def tell(
    metrics: Metrics, endpoint: str, method: str, status: int, spent_s: float, **more: str
) -> None:
    """Count and log one answer; ``more`` goes into the line alone."""
    method = label_of(method)
    metrics.request_seconds.labels(endpoint, method, str(status)).observe(spent_s)
    if status == 500:  # noqa: PLR2004 - HTTP's own number
        metrics.faults.labels(endpoint).inc()
    # The route, not the address: an address may hold a one-time link.
    ms = round(spent_s * 1000, 1)
    _log.info("request", method=method, endpoint=endpoint, status=status, ms=ms, **more)


def label_of(method: str) -> str:
    """Return ``method`` where it is one of HTTP's known ones, else ``OTHER``."""
    return method if method in METHODS else "OTHER"
