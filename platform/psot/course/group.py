"""Calls that arrive together are dealt with together: one of the callers leads, the rest wait.

Whoever comes first waits a moment for others, longer where many come and not at all where enough
wait already, deals with everybody who is there by then, and hands the lead to the first of those
who came meanwhile, whose company is dealt with beside that one. No thread of its own, so nothing to
start or to stop; whoever is not served in company is told so and goes alone.
"""

import threading
import time
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

GATHER_S: Final = 0.008
"""So long the first of a company waits for others."""
CROWD_GATHER_S: Final = 0.025
"""So long where the company before was a crowd: what a company costs is shared by more then."""
CROWD: Final = 4
"""So many are a crowd: some two hundred calls a second."""
MOST: Final = 64
"""So many are dealt with at once."""
AT_WORK: Final = 2
"""So many companies at once: while one waits for the database, the next is dealt with."""

_C = TypeVar("_C")


class Alone:
    """What a caller gets who has to go alone."""


ALONE: Final = Alone()


@dataclass(kw_only=True, eq=False)
class _Caller(Generic[_C]):
    key: Hashable
    call: _C
    woken: threading.Event = field(default_factory=threading.Event)
    leads: bool = False
    result: Any = ALONE


class Group(Generic[_C]):
    """Callers of one kind. ``serve`` takes calls and returns as many results, ALONE among them.

    No two calls with the same key are in one company. An error of ``serve`` sends all of them
    alone.
    """

    def __init__(
        self,
        serve: Callable[[Sequence[_C]], Sequence[Any]],
        *,
        pause: Callable[[float], object] = time.sleep,
    ) -> None:
        self._serve = serve
        self._pause = pause
        self._lock = threading.Lock()
        self._waiting: dict[_Caller[_C], None] = {}  # in the order in which they came
        self._led = False
        self._at_work = 0
        self._came = 0

    def ask(self, key: Hashable, call: _C) -> Any:
        """Return what ``serve`` made of ``call``, or ALONE."""
        caller = _Caller(key=key, call=call)
        with self._lock:
            self._waiting[caller] = None
            self._hand_on()
        try:
            caller.woken.wait()
            if caller.leads:
                if len(self._waiting) < MOST:
                    self._pause(CROWD_GATHER_S if self._came >= CROWD else GATHER_S)
                self._deal(caller)
        finally:
            self._leave(caller)
        return caller.result

    def _deal(self, leader: _Caller[_C]) -> None:
        company = self._company(leader)
        try:
            results = self._serve([one.call for one in company])
            for one, result in zip(company, results, strict=True):
                one.result = result
        except Exception:  # noqa: BLE001 - whatever it was, each finds out alone what it means
            return
        finally:
            with self._lock:
                self._at_work -= 1
                self._hand_on()
            for one in company:
                one.woken.set()

    def _company(self, leader: _Caller[_C]) -> list[_Caller[_C]]:
        """Take the first callers, one of each key; the next company may gather from now on."""
        taken: dict[Hashable, _Caller[_C]] = {}
        with self._lock:
            for one in self._waiting:
                taken.setdefault(one.key, one)
                if len(taken) == MOST:
                    break
            for one in taken.values():
                del self._waiting[one]
            self._came = len(taken)
            leader.leads = self._led = False
            self._at_work += 1
            self._hand_on()
        return list(taken.values())

    def _leave(self, caller: _Caller[_C]) -> None:
        """Go, however it ended; a leader who was stopped hands the lead on."""
        with self._lock:
            self._waiting.pop(caller, None)
            if caller.leads:
                self._led = False
                self._hand_on()

    def _hand_on(self) -> None:
        """Let the first who waits lead, where nobody does and a company more may be at work."""
        if self._led or self._at_work == AT_WORK:
            return
        following = next(iter(self._waiting), None)
        if following is not None:
            self._led = following.leads = True
            following.woken.set()
