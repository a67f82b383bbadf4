"""Round trips measured between two calls: kept in this process until the racer's next call.

An echo costs no database: the probe's signature says that it is ours, and for whom. What a process
has measured and another one needs is lost without harm, for the next acknowledgement brings a new
probe.
"""

from collections import OrderedDict
from typing import Final
from uuid import UUID

from psot.course import allowance

RACERS: Final = 20_000

_waiting: OrderedDict[tuple[UUID, int], list[int]] = OrderedDict()


def keep(race: UUID, bib: int, rtt_ms: int) -> None:
    """Keep a round trip for the racer's next call."""
    key = race, bib
    _waiting[key] = allowance.with_rtt(_waiting.pop(key, []), rtt_ms)
    while len(_waiting) > RACERS:
        _waiting.popitem(last=False)


def taken(race: UUID, bib: int) -> list[int]:
    """Return what was kept, and keep it no longer."""
    return _waiting.pop((race, bib), [])
