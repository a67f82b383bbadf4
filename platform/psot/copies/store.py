"""The copies that are kept: each made by one task at a time, none sent when it is old.

    age since its making began    what happens to who asks
    up to FRESH_S                 is sent the copy
    up to the oldest allowed      is sent the copy, and a new one is begun beside
    up to LONGEST_S               is sent the copy while the new one that was begun so is being made
    older                         waits for the new one, with everybody else who came meanwhile

The oldest allowed is OLDEST_S. Where making one took long, twice that time: waiting for a new one
would take as long; but never more than LONGEST_S. So a page that is read all the time is waited for
by nobody, however busy the process is.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Final

import gevent
from gevent.event import AsyncResult

from psot.copies.page import Page

FRESH_S: Final = 0.5
OLDEST_S: Final = 1.0
LONGEST_S: Final = 5.0
MOST: Final = 256
MOST_BYTES: Final = 32 * 1024 * 1024
LARGEST_BYTES: Final = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A copy, or that there is none to be had (``page`` None), made between two moments in s."""

    page: Page | None
    begun_s: float
    made_s: float

    def fresh(self, now_s: float) -> bool:
        """Whether nobody has to think of a new one."""
        return now_s - self.begun_s <= FRESH_S

    def usable(self, now_s: float, *, renewed: bool = False) -> bool:
        """Whether it may still be sent; ``renewed``: by a making that was begun while it was."""
        took_s = self.made_s - self.begun_s
        oldest_s = LONGEST_S if renewed else min(max(OLDEST_S, 2 * took_s), LONGEST_S)
        return now_s - self.begun_s <= oldest_s


@dataclass(frozen=True, kw_only=True)
class _Making:
    made: "AsyncResult[Page | None]"
    in_time: bool
    """Whether the copy before could still be sent when this began."""


class Store:
    """Copies by their keys, those longest unused forgotten first."""

    def __init__(
        self,
        *,
        most: int = MOST,
        most_bytes: int = MOST_BYTES,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most, self._most_bytes = most, most_bytes
        self._monotonic = monotonic
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._making: dict[Hashable, _Making] = {}
        self.size_bytes = 0

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable, make: Callable[[], Page | None]) -> Page | None:
        """Return the page of ``key``, which ``make`` makes where there is none that may be sent.

        None where there is none to be had, or it does not come in time.
        """
        found, now_s = self._kept.get(key), self._monotonic()
        if found is not None:
            self._kept.move_to_end(key)
            if found.fresh(now_s):
                return found.page
        usable = found is not None and found.usable(now_s)
        making = self._making.get(key) or self._begin(key, make, in_time=usable)
        if found is not None and found.usable(now_s, renewed=making.in_time):
            return found.page
        page: Page | None = making.made.wait(LONGEST_S)
        return page

    def _begin(self, key: Hashable, make: Callable[[], Page | None], *, in_time: bool) -> _Making:
        made: AsyncResult[Page | None] = AsyncResult()
        making = self._making[key] = _Making(made=made, in_time=in_time)
        gevent.spawn(self._make, key, make, made)
        return making

    def _make(
        self,
        key: Hashable,
        make: Callable[[], Page | None],
        made: "AsyncResult[Page | None]",
    ) -> None:
        begun_s, page = self._monotonic(), None
        try:
            page = make()
            if page is not None and page.size > LARGEST_BYTES:
                page = None
        finally:
            self._keep(key, Kept(page=page, begun_s=begun_s, made_s=self._monotonic()))
            del self._making[key]
            made.set(page)

    def _keep(self, key: Hashable, kept: Kept) -> None:
        self._forget(self._kept.pop(key, None))
        self._kept[key] = kept
        self.size_bytes += kept.page.size if kept.page else 0
        while len(self._kept) > self._most or self.size_bytes > self._most_bytes:
            self._forget(self._kept.popitem(last=False)[1])

    def _forget(self, kept: Kept | None) -> None:
        if kept is not None and kept.page is not None:
            self.size_bytes -= kept.page.size
