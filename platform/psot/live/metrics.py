"""What the live part counts, on a registry of its own that the operators' page collects."""

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

LATENCY_BUCKETS_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)


class Metrics:
    """The figures of one web process; ``registry`` holds them all."""

    def __init__(self, connected: Callable[[], int]) -> None:
        self.registry = CollectorRegistry()
        gauge = Gauge("psot_sockets_connected", "Sockets with a ticket", registry=self.registry)
        gauge.set_function(connected)
        self._events = Histogram(
            "psot_socket_event_seconds",
            "Time to answer a socket event",
            ["event", "outcome"],
            buckets=LATENCY_BUCKETS_S,
            registry=self.registry,
        )
        self._cuts = Counter(
            "psot_sockets_cut", "Sockets ended by the server", ["reason"], registry=self.registry
        )
        self._sent = Counter(
            "psot_board_messages", "Board messages, one per board", ["kind"], registry=self.registry
        )

    def answered(self, event: str, outcome: str, seconds: float) -> None:
        """Count an answered event; ``outcome`` is "ok" or the code of its error."""
        self._events.labels(event, outcome).observe(seconds)

    def cut(self, reason: str) -> None:
        """Count a socket that was cut."""
        self._cuts.labels(reason).inc()

    def sent(self, kind: str) -> None:
        """Count a message to everybody who watches a board: "snapshot" or "delta"."""
        self._sent.labels(kind).inc()
