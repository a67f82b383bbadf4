"""Engine.IO's pings: the server asks every so often, a client that stays silent is gone.

One greenlet asks all clients. The rules are a function of what it is told and when; only `run`
looks at the clock.
"""

import time
from collections.abc import Callable, Hashable
from typing import Generic, Protocol, TypeVar

import gevent
import structlog

from psot.live.wire.wheel import STEP_S, Wheel

_log = structlog.get_logger()


class Pinged(Hashable, Protocol):
    """A connection as the pings see it."""

    @property
    def busy(self) -> bool:
        """Whether something that the client said is being dealt with: it was there just now."""

    def ping(self) -> None:
        """Ask whether the client is there."""

    def give_up(self) -> None:
        """The client did not answer in time."""


Who = TypeVar("Who", bound=Pinged)


class Pings(Generic[Who]):
    """Asks each client ``every_s`` after its last answer; ``patience_s`` is the time to answer."""

    def __init__(
        self,
        every_s: float,
        patience_s: float,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._every_s = every_s
        self._patience_s = patience_s
        self._monotonic = monotonic
        self._wheel: Wheel[Who] = Wheel()
        self._asked: set[Who] = set()

    def begin(self, who: Who) -> None:
        """Ask ``who`` from now on."""
        self._wheel.put(who, self._monotonic() + self._every_s)

    def answered(self, who: Who) -> None:
        """Hear the answer of ``who``; one that nobody asked for changes nothing."""
        if who in self._asked:
            self._asked.discard(who)
            self.begin(who)

    def end(self, who: Who) -> None:
        """Ask ``who`` no more."""
        self._asked.discard(who)
        self._wheel.drop(who)

    def step(self) -> None:
        """Ask everybody who is due, and give up those who did not answer."""
        now_s = self._monotonic()
        for who in self._wheel.due(now_s):
            if who in self._asked and who.busy:
                # Nothing of it is read meanwhile, the answer to the ping neither.
                self._wheel.put(who, now_s + self._patience_s)
            elif who in self._asked:
                self.end(who)
                who.give_up()
            else:
                self._asked.add(who)
                self._wheel.put(who, now_s + self._patience_s)
                who.ping()

    def run(self) -> None:
        """Do so for ever."""
        while True:
            gevent.sleep(STEP_S)
            try:
                self.step()
            except Exception:  # noqa: BLE001 - one client's fault must not leave the others unasked
                _log.exception("live_pings_failed")
