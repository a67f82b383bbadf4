"""What numbers hands out: plain values."""

from dataclasses import dataclass
from datetime import date, datetime

PIECES, MILLISECONDS = "pieces", "ms"


@dataclass(frozen=True, kw_only=True)
class Week:
    """What the week that began on ``on`` came to."""

    on: date
    total: int


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One public figure.

    ``unit`` is that of ``total`` and of the weeks: pieces or milliseconds. ``seq`` and ``at`` name
    the newest fact counted, None before the first one and where a figure is read from what is
    offered now. ``weeks`` are the last `psot.numbers.queries.WEEKS`, the running one last; none
    where a figure is no sum.
    """

    name: str
    unit: str
    total: int
    seq: int | None
    at: datetime | None
    weeks: tuple[Week, ...]
