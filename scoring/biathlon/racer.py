"""One racer on one leg: what is known of them at a moment of the race."""

from dataclasses import dataclass, field, replace
from typing import NamedTuple

from scoring.biathlon.bout import Bout
from scoring.biathlon.course import Course, Mark, Point
from scoring.biathlon.machine import IRM, State, Symbol

Team = str | int
"""What a team is called on the start list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the start list. A racer of a relay may stand in several, one per leg."""

    bib: int
    team: Team | None = None
    leg: int = 1
    start_ms: int = 0
    """Start after the race's zero; of a later leg the exchange decides."""
    name: str | None = None
    region: str | None = None
    """Code of the region, for the regions' cup."""


class Passing(NamedTuple):
    """When a point was passed, and the penalty time owed by then."""

    t_ms: int
    penalty_ms: int


@dataclass(slots=True, kw_only=True)
class Racer:
    """A racer's state. `fold` makes it; it is not changed after that."""

    entry: Entry
    course: Course
    start_ms: int | None
    """Own start after the race's zero; None where the leg has no start yet."""
    state: State = State.LINE
    lap: int = 1
    stations: int = 0
    """Stations passed in this lap."""
    bouts: list[Bout] = field(default_factory=list)
    passed: dict[Point, Passing] = field(default_factory=dict)
    falls: int = 0
    fell_ms: list[int] = field(default_factory=list)
    """When each of the falls was."""
    out_ms: int | None = None
    """When the racer was taken out of the race."""
    adjust_ms: int = 0
    leg_end_ms: int | None = None
    """When the leg ended at the exchange or the finish."""
    seen: bool = False
    """Whether any fact of the course is known."""

    def copy(self) -> "Racer":
        """Return one to be folded on; this one stays as it is."""
        bouts = list(self.bouts)
        if bouts:
            bouts[-1] = replace(bouts[-1], shots=list(bouts[-1].shots))  # the others are over
        return replace(self, bouts=bouts, passed=dict(self.passed), fell_ms=list(self.fell_ms))

    @property
    def irm(self) -> State | None:
        """DNS, DNF, DSQ, LAP or None."""
        return self.state if self.state in IRM else None

    @property
    def misses(self) -> int:
        """Targets that still stand, over all bouts."""
        return sum(bout.misses for bout in self.bouts)

    @property
    def penalty_ms(self) -> int:
        """Penalty time so far; 0 where misses are skied off."""
        return self.misses * self.course.penalty_ms if self.course.penalty_ms else 0

    @property
    def total_ms(self) -> int | None:
        """Finish − own start + penalty time + adjustments; None before the end of the leg."""
        if self.leg_end_ms is None or self.start_ms is None:
            return None
        return self.leg_end_ms - self.start_ms + self.penalty_ms + self.adjust_ms

    def ahead(self) -> Symbol:
        """What lies ahead in this lap."""
        if self.stations < self.course.stations:
            return Symbol.TO_STATION
        if self.lap in self.course.bout_laps and not self.shot_here():
            return Symbol.TO_RANGE
        return Symbol.TO_COURSE

    def shot_here(self) -> bool:
        """Whether the bout of this lap is over."""
        return bool(self.bouts) and self.bouts[-1].lap == self.lap and self.bouts[-1].over

    def passes(self, mark: Mark, t_ms: int, *, lap: int | None = None, number: int = 0) -> None:
        """Write down a time at a point; a later one at the same point takes its place."""
        self.passed[Point(lap or self.lap, mark, number)] = Passing(t_ms, self.penalty_ms)

    def leave_range(self) -> None:
        """Close a bout that the racer left with shots still to fire."""
        if self.bouts and not self.bouts[-1].over:
            bout = self.bouts[-1]
            bout.left_early = True
            self.passes(Mark.RANGE_EXIT, bout.shots[-1].t_ms, lap=bout.lap)

    def next_lap(self) -> None:
        """Begin the next lap, where there is one."""
        if self.lap < self.course.laps:
            self.lap += 1
            self.stations = 0

    def lap_end_ms(self, lap: int) -> int | None:
        """When the lap ended; the last one ends with the leg."""
        passing = self.passed.get(Point(lap, Mark.LAP_END))
        if passing is not None:
            return passing.t_ms
        return self.leg_end_ms if lap == self.course.laps else None
