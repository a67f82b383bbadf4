"""What a racer may do next in a race that is run here: the facts that can follow.

A protocol written by hand may leap (see `machine`); a race that is run here never does, so whoever
takes a racer's actions asks this first.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from events import race
from scoring.biathlon.fold import CourseFact
from scoring.biathlon.machine import State
from scoring.biathlon.racer import Racer

_SHOTS: Final[frozenset[type[CourseFact]]] = frozenset({race.TargetHit, race.TargetMissed})

_NEXT: Final[Mapping[State, frozenset[type[CourseFact]]]] = MappingProxyType(
    {
        State.STATION: frozenset({race.StationPassed, race.RacerFell}),
        State.RANGE: _SHOTS,
        State.SHOT: _SHOTS,
        State.SPARE_ROUND: _SHOTS,
        State.PENALTY_LOOP: frozenset({race.PenaltyLoopDone}),
    }
)


def awaited(racer: Racer) -> frozenset[type[CourseFact]]:
    """The facts of the course that may follow; none before the start and after the end.

    On the open course it is the end of the lap, and on the last lap the end of the leg.
    """
    if racer.state is not State.COURSE:
        return _NEXT.get(racer.state, frozenset())
    if racer.lap < racer.course.laps:
        return frozenset({race.LapDone})
    return frozenset({race.RacerFinished if racer.course.last_leg else race.LegExchanged})
