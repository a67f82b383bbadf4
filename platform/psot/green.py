"""A connection to PostgreSQL for a process of greenlets: while one waits, the others go on.

psycopg itself waits there by gevent's `poll`, which makes a watcher and a timer for every wait and
gives the turn away even to ask whether the kernel takes more: once for every statement of a trip,
and in a busy process each turn comes back only after everybody else's.
"""

import select
from selectors import EVENT_READ, EVENT_WRITE
from typing import Any, TypeVar

import gevent
import psycopg
from gevent.monkey import get_original
from psycopg.abc import PQGen

_Told = TypeVar("_Told")


class Connection(psycopg.Connection[Any]):
    """Gives the turn away only where there is nothing to do, and keeps what it waits by."""

    _kernel: Any = None
    _watcher: Any = None

    def wait(self, gen: PQGen[_Told], interval: float = 0.1, timeout: float | None = None) -> _Told:
        """Return what ``gen`` ends with; this greenlet alone waits for what it waits for.

        With a ``timeout``, in seconds, which psycopg alone gives, in psycopg's own manner.
        """
        if timeout is not None:
            return super().wait(gen, interval, timeout)
        try:
            wanted = next(gen)
            while True:
                wanted = gen.send(self._ready(wanted))
        except StopIteration as end:
            told: _Told = end.value
            return told

    def close(self) -> None:
        """Close the connection."""
        super().close()
        if self._watcher is not None:
            self._watcher.close()
            self._watcher = None

    def _ready(self, wanted: int) -> int:
        """Return what of ``wanted`` can be done, after waiting where nothing can."""
        # An answer is never there at once: to look for it would be in vain.
        ready = 0 if wanted == EVENT_READ else self._at_once() & wanted
        if ready:
            return ready
        try:
            self._until(wanted)
        except BaseException:
            self.pgconn.finish()  # whoever waited was stopped: the answer would be the next one's
            raise
        return EVENT_READ if wanted == EVENT_READ else self._at_once() & wanted

    def _at_once(self) -> int:
        """Return what the kernel says can be done at once."""
        if self._kernel is None:
            self._kernel = get_original("select", "poll")()
            self._kernel.register(self.pgconn.socket, select.POLLIN | select.POLLOUT)
        ready = 0
        for _, said in self._kernel.poll(0):
            if said & select.POLLOUT:
                ready |= EVENT_WRITE
            if said & ~select.POLLOUT:  # an error too is told to whoever reads
                ready |= EVENT_READ
        return ready

    def _until(self, wanted: int) -> None:
        hub = gevent.get_hub()
        if self._watcher is None:
            self._watcher = hub.loop.io(self.pgconn.socket, wanted)
        self._watcher.events = wanted
        hub.wait(self._watcher)
