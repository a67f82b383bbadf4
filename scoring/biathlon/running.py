"""The board of a race that is followed: what `live.board` tells, without counting it all again.

Who follows a race hands over its state after every few facts. Only the crews whose racers changed
are looked at again; the order is made anew from what is kept of the others. The result equals
`live.board` of the same state.
"""

from bisect import bisect_left, insort
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from scoring.biathlon.book import Race
from scoring.biathlon.course import Mark
from scoring.biathlon.formats import Format
from scoring.biathlon.live import BoardRow, Stage, mark_key, stages_of, under_way, waiting_key
from scoring.biathlon.machine import State
from scoring.biathlon.points import TENTH_MS, tenths
from scoring.biathlon.racer import Racer, Team
from scoring.biathlon.splits import by_clock, compared_from_ms
from scoring.biathlon.teams import team_irms


class Columns:
    """What is compared at every stage, the best first, of crews that change one by one."""

    def __init__(self) -> None:
        self.values: dict[Stage, list[int]] = {}
        self.changed: set[Stage] = set()
        """The stages that changed since somebody emptied this."""

    def change(self, before: Mapping[Stage, int], after: Mapping[Stage, int]) -> None:
        """Put what a crew has ``after`` in the place of what it had ``before``."""
        for stage, value in before.items():
            if after.get(stage) != value:
                column = self.values[stage]
                del column[bisect_left(column, value)]
                self.changed.add(stage)
        for stage, value in after.items():
            if before.get(stage) != value:
                insort(self.values.setdefault(stage, []), value)
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


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the order: which crew, its rank and gap as in `BoardRow`."""

    crew: int
    rank: int | None = None
    gap_ms: int | None = None


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
        self._by_distance: list[tuple[Stage, int, int]] = []
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
        changed = set()
        for number, legs in enumerate(self._legs):
            racers = self.crews[number].racers
            now = [race.racers[position] for position in legs]
            if len(racers) != len(now) or any(
                old is not new for old, new in zip(racers, now, strict=True)
            ):
                self._change(number, tuple(now))
                changed.add(number)
        return changed

    def _change(self, number: int, racers: tuple[Racer, ...]) -> None:
        crew = self.crews[number]
        crew.racers, crew.under_way = racers, under_way(racers)
        crew.irm = _irm(self.format, racers)
        passed = stages_of(self.format, racers)
        stages = {} if crew.irm else passed
        splits = _splits(self.format, racers)
        self.stages.change(crew.stages, stages)
        self.splits.change(crew.splits, splits)
        if crew.last is not None:
            line = _distance(number, crew.last, crew.stages[crew.last])
            del self._by_distance[bisect_left(self._by_distance, line)]
        crew.stages, crew.splits = stages, splits
        crew.point = max(passed, default=None)
        crew.last = crew.point if stages else None
        if crew.last is not None:
            insort(self._by_distance, _distance(number, crew.last, stages[crew.last]))

    def order(self) -> list[Line]:
        """Everybody's line: the best first, then who has passed nothing, then who is out."""
        lines: list[Line] = []
        before: tuple[Stage, int] | None = None
        rank = 0
        for number, index in enumerate(self._ranked(), 1):
            crew = self.crews[index]
            stage = crew.last
            assert stage is not None  # noqa: S101 - who is ranked has passed a stage
            value = crew.stages[stage]
            here = stage, value // TENTH_MS
            if here != before:
                rank, before = number, here
            lines.append(Line(index, rank, value - self.stages.values[stage][0]))
        return lines + [Line(index) for index in self._unranked()]

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

    def _ranked(self) -> list[int]:
        """Those who passed a point, the best first; see `live.board`."""
        by_distance = [-minus for _, _, minus in reversed(self._by_distance)]
        if by_clock(self.format):
            return by_distance
        order: list[int] = []
        for index in by_distance:
            crew = self.crews[index]
            assert crew.last is not None  # noqa: S101 - who has a distance has passed a stage
            column = self.stages.values[crew.last]
            value = crew.stages[crew.last]
            order.insert(bisect_left(column, tenths(value) * TENTH_MS), index)
        return order

    def _unranked(self) -> list[int]:
        numbers = range(len(self.crews))
        waiting = [one for one in numbers if not self.crews[one].irm and not self.crews[one].last]
        out = [one for one in numbers if self.crews[one].irm]
        waiting.sort(key=lambda one: waiting_key(self.crews[one].racers[0]))
        out.sort(
            key=lambda one: (mark_key(self.crews[one].irm), self.crews[one].racers[0].entry.bib)
        )
        return [*waiting, *out]


def _irm(format_: Format, racers: tuple[Racer, ...]) -> State | None:
    if not format_.relay:
        return racers[0].irm
    (irm,) = team_irms(Race(format=format_, racers=racers)).values()
    return irm


def _distance(number: int, stage: Stage, value: int) -> tuple[Stage, int, int]:
    """How far a crew has come; the best sorts last."""
    return stage, -value, -number


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
