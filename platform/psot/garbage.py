"""Garbage that refers to itself: the young is collected at once, the old in quiet moments.

Python's collector walks the objects of a process again and again while more are made. A web
process with 3,000 racers has some two million: walking them took one to two seconds every five to
ten, and nobody was answered meanwhile. What was there at the start never ends and is not walked at
all; young objects are walked once, in small portions; everything is walked only while the process
has little to do, or after a long time in any case.
"""

import gc
import time
from collections.abc import Callable
from typing import Final

YOUNG: Final = 1_000
"""So many more objects than before, and the young are walked. Where each answer replaces what the
last one left, the young are ten times as many by then: some ten milliseconds."""
NEVER: Final = 1_000_000_000
"""Python itself never walks those that survived, nor everything."""

WINDOW_S: Final = 1.0
QUIET: Final = 0.1
"""A process that used less of its time in the last window is quiet."""
EVERY_S: Final = 300.0
LONGEST_S: Final = 3_600.0
"""Then everything is walked in a busy moment too: what refers to itself must not fill a machine."""


class Walks:
    """When everything is walked. ``worked`` tells the process's CPU time in seconds."""

    def __init__(
        self,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        worked: Callable[[], float] = time.process_time,
        walk: Callable[[], object] = gc.collect,
    ) -> None:
        self._monotonic = monotonic
        self._worked = worked
        self._walk = walk
        self._looked_at_s = self._walked_at_s = monotonic()
        self._worked_s = worked()

    def look(self) -> None:
        """Walk everything if it is time; asked about once in a window."""
        now_s, worked_s = self._monotonic(), self._worked()
        busy = worked_s - self._worked_s >= QUIET * (now_s - self._looked_at_s)
        self._looked_at_s, self._worked_s = now_s, worked_s
        since_s = now_s - self._walked_at_s
        if since_s >= LONGEST_S or (since_s >= EVERY_S and not busy):
            self._walk()
            self._walked_at_s = self._monotonic()
            self._worked_s = self._worked()

    def run(self, sleep: Callable[[float], object]) -> None:
        """Look for ever, in a task of its own."""
        while True:
            sleep(WINDOW_S)
            self.look()


def settle() -> None:
    """Leave what is there out of every walk from now on, and walk the rest in small portions."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, NEVER, NEVER)
