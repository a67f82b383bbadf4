"""Questions asked while others are under way travel together next; one alone goes at once.

The first of those who come meanwhile takes all of them along. Nobody waits for others to come, and
each question leaves after it was asked, so an answer is never older than its question.

A service that takes a question and never answers it keeps whoever asked it, and nobody else.
"""

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any, Final, Generic, TypeVar

_Asked = TypeVar("_Asked")
_Told = TypeVar("_Told")

LONGEST_WAIT_S: Final = 5.0
"""So long those who came meanwhile wait for whoever is under way; then they go beside them."""


class _Trip(Generic[_Asked, _Told]):
    """Questions that leave together; ``told`` is None where no answers came."""

    __slots__ = ("asked", "back", "error", "told")

    def __init__(self, back: Any) -> None:
        self.asked: list[_Asked] = []
        self.told: Sequence[_Told] | None = None
        self.error: Exception | None = None
        self.back = back


class Company(Generic[_Asked, _Told]):
    """Asks by ``carry``, which takes questions and returns their answers in the same order.

    At most ``at_once`` are under way at one moment, but for those under way longer than
    ``longest_wait_s``. Where only greenlets ask, whether the standard
    library is gevent's or not, ``waits`` is `gevent.event.Event` and ``turns`` gevent's semaphore.
    """

    def __init__(
        self,
        carry: Callable[[Sequence[_Asked]], Sequence[_Told]],
        *,
        at_once: int = 1,
        waits: Callable[[], Any] = threading.Event,
        turns: Callable[[int], Any] = threading.Semaphore,
        longest_wait_s: float = LONGEST_WAIT_S,
    ) -> None:
        self._carry = carry
        self._turns = turns(at_once)
        self._waits = waits
        self._longest_wait_s = longest_wait_s
        self._lock = threading.Lock()
        self._next: _Trip[_Asked, _Told] | None = None

    def ask(self, question: _Asked) -> _Told:
        """Return the answer to ``question``. Raises what ``carry`` raised for those under way."""
        with self._lock:
            trip, leads = self._next, self._next is None
            if trip is None:
                trip = self._next = _Trip(self._waits())
            place = len(trip.asked)
            trip.asked.append(question)
        if leads:
            self._go(trip)
        else:
            trip.back.wait()
        if trip.error is not None:
            raise trip.error
        if trip.told is None:  # whoever led was stopped
            return self._carry([question])[0]
        return trip.told[place]

    def _go(self, trip: _Trip[_Asked, _Told]) -> None:
        mine = False
        try:
            mine = self._turns.acquire(timeout=self._longest_wait_s)
            time.sleep(0)  # whoever is about to ask comes along: a busy process has several
            self._close(trip)
            trip.told = self._carry(trip.asked)
        except Exception as error:  # noqa: BLE001 - each of them is told
            trip.error = error
        finally:
            if mine:
                self._turns.release()
            self._close(trip)  # where the turn never came
            trip.back.set()

    def _close(self, trip: _Trip[_Asked, _Told]) -> None:
        with self._lock:
            if self._next is trip:
                self._next = None
