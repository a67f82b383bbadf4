"""The board of a race that is followed: what `live.board` tells, without counting it all again.

Who follows a race hands over its state after every few facts. Only the crews whose racers changed
are looked at again; the order is made anew from what is kept of the others. The result equals
`live.board` of the same state.
"""

from array import array
from bisect import bisect_left, insort
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress, count
from operator import is_not

from scoring.biathlon.book import Race
from scoring.biathlon.course import Mark
from scoring.biathlon.formats import Format
from scoring.biathlon.live import BoardRow, Stage, mark_key, stages_of, under_way, waiting_key
from scoring.biathlon.machine import State
from scoring.biathlon.order import Order
from scoring.biathlon.points import TENTH_MS, tenths
from scoring.biathlon.racer import Racer, Team
from scoring.biathlon.splits import by_clock, compared_from_ms
from scoring.biathlon.teams import team_irms


class Columns:
    """What is compared at every stage, the best first, of crews that change one by one."""

    def __init__(self) -> None:
        self.values: dict[Stage, array[int]] = {}
        self.changed: set[Stage] = set()
        """The stages that changed since somebody emptied this."""

    def change(self, before: Mapping[Stage, int], after: Mapping[Stage, int]) -> None:
        """Put what a crew has ``after`` in the place of what it had ``before``."""
        # Most of what a crew passed stays as it was: only what differs is gone through.
        for stage, value in before.items() ^ after.items():
            column = self.values.setdefault(stage, array("q"))
            if before.get(stage) == value:
                del column[bisect_left(column, value)]
            else:
                insort(column, value)
            self.changed.add(stage)

    def rank(self, stage: Stage, value: int) -> int:
        """The place of ``value`` at ``stage``; equal tenths share it."""
        return 1 + bisect_left(self.values[stage], tenths(value) * TENTH_MS)

    def behind_ms(self, stage: Stage, value: int) -> int:
        """The gap to the best at ``stage``."""
        return value - self.values[stage][0]


@dataclass(kw_only=True)
class Crew:
    """Who shares a line of the board: a racer, or the legs of a team in a row."""

    key: int | Team
    """The bib, or the team of a relay."""
    racers: tuple[Racer, ...]
    under_way: Racer
    """The racer who has started last."""
    irm: State | None = None
    stages: dict[Stage, int] = field(default_factory=dict)
    """What is compared on the board; empty for who is out."""
    splits: dict[Stage, int] = field(default_factory=dict)
    """What is compared at the timing points passed; empty for who is disqualified."""
    last: Stage | None = None
    """The last stage on the board."""
    point: Stage | None = None
    """The last stage passed, also by who is out."""


class RunningBoard:
    """The board of one race; `update` tells it how the race stands now."""

    def __init__(self, race: Race) -> None:
        self.format = race.format
        self.crews: list[Crew] = []
        self._of_entry: list[int] = []
        self._legs: list[list[int]] = []
        self._number(race)
        self.stages = Columns()
        self.splits = Columns()
        self.timed: set[int] = set()
        """The numbers of the crews whose timing points the last update changed."""
        self._racers: tuple[Racer | None, ...] = (None,) * len(race.racers)
        self._by_distance: list[_Distance] = []
        # Who stands behind the others: who passed nothing, and who is out; each with what sorts.
        self._waiting: list[tuple[_Waiting, int]] = []
        self._out: list[tuple[_Waiting, int]] = []
        self.update(race)

    def _number(self, race: Race) -> None:
        known: dict[int | Team, int] = {}
        for position, one in enumerate(race.racers):
            key = (one.entry.team or 0) if race.format.relay else one.entry.bib
            number = known.setdefault(key, len(known))
            if number == len(self.crews):
                self.crews.append(Crew(key=key, racers=(), under_way=one))
                self._legs.append([])
            self._of_entry.append(number)
            self._legs[number].append(position)
        for legs in self._legs:
            legs.sort(key=lambda position: race.racers[position].entry.leg)

    def update(self, race: Race) -> set[int]:
        """Take in the race as it stands; returns the numbers of the crews that changed."""
        moved = map(is_not, self._racers, race.racers)
        changed = {self._of_entry[place] for place in compress(count(), moved)}
        self._racers = race.racers
        self.timed.clear()
        for number in changed:
            self._change(number, tuple(race.racers[position] for position in self._legs[number]))
        return changed

    def _change(self, number: int, racers: tuple[Racer, ...]) -> None:
        crew = self.crews[number]
        if crew.stages and all(map(_no_time_between, crew.racers, racers)):
            crew.racers, crew.under_way = racers, under_way(racers)
            return
        self.timed.add(number)
        if crew.racers:
            self._leave(number, crew)
        crew.racers, crew.under_way = racers, under_way(racers)
        crew.irm = _irm(self.format, racers)
        passed = stages_of(self.format, racers)
        stages = {} if crew.irm else passed
        splits = _splits(self.format, racers)
        self.stages.change(crew.stages, stages)
        self.splits.change(crew.splits, splits)
        crew.stages, crew.splits = stages, splits
        crew.point = max(passed, default=None)
        crew.last = crew.point if stages else None
        if crew.last is not None:
            insort(self._by_distance, self._distance(number, crew.last))
        else:
            insort(*self._behind(number, crew))

    def _leave(self, number: int, crew: Crew) -> None:
        """Take a crew off the place it had."""
        if crew.last is not None:
            line = self._distance(number, crew.last)
            del self._by_distance[bisect_left(self._by_distance, line)]
        else:
            those, line_ = self._behind(number, crew)
            del those[bisect_left(those, line_)]

    def _distance(self, number: int, stage: Stage) -> "_Distance":
        """How far a crew has come; the best sorts last. Nothing behind its number is compared."""
        value = self.crews[number].stages[stage]
        return stage, -value, -number, value, self.stages.values[stage]

    def _behind(
        self, number: int, crew: Crew
    ) -> tuple[list[tuple["_Waiting", int]], tuple["_Waiting", int]]:
        if crew.irm is None:
            return self._waiting, (waiting_key(crew.racers[0]), number)
        return self._out, ((mark_key(crew.irm), crew.racers[0].entry.bib), number)

    def order(self) -> Order:
        """Everybody's line: the best first, then who has passed nothing, then who is out."""
        crews: list[int] = []
        ranks: list[int] = []
        gaps_ms: list[int] = []
        at: Sequence[int] = ()
        best = tenth = rank = 0
        for number, (_, _, minus, value, column) in enumerate(self._ranked(), 1):
            here = value // TENTH_MS
            if column is not at:
                at, best, tenth, rank = column, column[0], here, number
            elif here != tenth:
                tenth, rank = here, number
            crews.append(-minus)
            ranks.append(rank)
            gaps_ms.append(value - best)
        crews += [number for _, number in self._waiting]
        crews += [number for _, number in self._out]
        return Order.of_columns(crews, ranks, gaps_ms)

    def rows(self) -> Iterator[BoardRow]:
        """The same as `live.board`."""
        for line in self.order():
            crew = self.crews[line.crew]
            yield BoardRow(
                racer=crew.under_way,
                rank=line.rank,
                irm=crew.irm,
                point=crew.point and crew.point[1].label,
                gap_ms=line.gap_ms,
            )

    def _ranked(self) -> "list[_Distance]":
        """Those who passed a point, the best first; see `live.board`."""
        if by_clock(self.format):
            return self._by_distance[::-1]
        order: list[_Distance] = []
        for line in reversed(self._by_distance):
            order.insert(bisect_left(line[4], line[3] // TENTH_MS * TENTH_MS), line)
        return order


_Distance = tuple[Stage, int, int, int, Sequence[int]]
"""What a crew's place is found by: stage, minus value, minus number, value, the stage's column."""
_Waiting = tuple[int, ...]


def _no_time_between(before: Racer, after: Racer) -> bool:
    """Whether nothing that is compared at a timing point has changed, as with most shots.

    A book leaves what was passed the same object then.
    """
    return (
        before.passed is after.passed
        and before.irm is after.irm
        and before.start_ms == after.start_ms
        and before.adjust_ms == after.adjust_ms
    )


def _irm(format_: Format, racers: tuple[Racer, ...]) -> State | None:
    if not format_.relay:
        return racers[0].irm
    (irm,) = team_irms(Race(format=format_, racers=racers)).values()
    return irm


def _splits(format_: Format, racers: Sequence[Racer]) -> dict[Stage, int]:
    """What is compared at every timing point on record, as in `splits.splits`."""
    found: dict[Stage, int] = {}
    for one in racers:
        if one.state is State.DSQ:
            continue
        base_ms = compared_from_ms(format_, one)
        for point, passing in one.passed.items():
            added_ms = one.adjust_ms if point.mark is Mark.FINISH else 0
            found[one.entry.leg, point] = passing.t_ms + passing.penalty_ms + added_ms - base_ms
    return found
