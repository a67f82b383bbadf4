"""What lies before one racer: laps, bouts, stations, and the points where time is taken."""

from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from scoring.biathlon.formats import Format, PenaltyKind, Standing


class Mark(IntEnum):
    """The kinds of timing points, in the order in which a lap passes them."""

    STATION = 1
    RANGE_ENTRY = 2
    RANGE_EXIT = 3
    LOOP_EXIT = 4
    LAP_END = 5
    EXCHANGE = 6
    FINISH = 7


class Point(NamedTuple):
    """A timing point of a leg. Points sort in the order of the course."""

    lap: int
    mark: Mark
    number: int = 0
    """Number of the station in its lap, from 1; 0 for other marks."""

    @property
    def label(self) -> str:
        """The name in a protocol.

        >>> Point(2, Mark.STATION, 3).label, Point(3, Mark.FINISH).label
        ('lap2.station3', 'finish')
        """
        return _label(self)


@cache
def _label(point: Point) -> str:
    """Say it once for each of the some dozens of points there are."""
    if point.mark in (Mark.EXCHANGE, Mark.FINISH):
        return point.mark.name.lower()
    return f"lap{point.lap}.{point.mark.name.lower()}{point.number or ''}"


@dataclass(frozen=True, kw_only=True)
class Course:
    """The way of one racer through one leg, the format's rules applied."""

    laps: int
    bout_laps: tuple[int, ...]
    """The lap of each bout."""
    positions: tuple[str, ...]
    """``P`` or ``S`` for each bout."""
    stations: int
    targets: int
    spares: int
    loops: bool
    """Whether a miss is skied off in the penalty loop."""
    bars: bool
    """Whether a target left standing disqualifies."""
    penalty_ms: int
    """Added to the total per miss; 0 where it is skied off."""
    relay: bool
    last_leg: bool


def course_of(format_: Format, *, leg: int, bib: int) -> Course:
    """The course of the racer ``bib`` on ``leg`` (from 1).

    Bout n is on lap n. Where halves of the field shoot bout 1 on different laps, the lower half of
    the bibs takes the first of those laps, and the later bouts follow the last of them.

    >>> from scoring.biathlon.formats import load_format
    >>> course_of(load_format("mass_start_60"), leg=1, bib=31).bout_laps
    (2, 3, 4, 5)
    """
    plan = format_.legs[leg - 1]
    halves = format_.start.first_bout_on_laps
    count = len(plan.bouts)
    bout_laps = tuple(range(1, count + 1))
    if halves:
        upper = bib > (format_.start.field or 0) // len(halves)
        bout_laps = (halves[upper], *range(max(halves) + 1, max(halves) + count))
    bars = format_.standing_target is Standing.DISQUALIFIED
    timed = format_.penalty.kind is PenaltyKind.TIME
    return Course(
        laps=plan.laps,
        bout_laps=bout_laps,
        positions=plan.bouts,
        stations=format_.stations,
        targets=format_.shots,
        spares=format_.spares,
        loops=not timed,
        bars=bars,
        penalty_ms=format_.penalty.seconds * 1000 if timed and not bars else 0,
        relay=format_.relay,
        last_leg=leg == len(format_.legs),
    )
