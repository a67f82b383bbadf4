"""Who is ahead at this moment: the board of a race that is run.

Single and group starts: by time at the last point a racer passed, among all who passed it. Other
starts: by distance covered, then by time there. A board is a permutation of the field: the racers
of a single race, the teams of a relay by their racer under way.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scoring.biathlon.book import Race
from scoring.biathlon.course import Mark, Point
from scoring.biathlon.formats import Format
from scoring.biathlon.machine import IRM, State
from scoring.biathlon.points import TENTH_MS, tenths
from scoring.biathlon.racer import Racer
from scoring.biathlon.splits import by_clock, compared_from_ms
from scoring.biathlon.teams import team_irms

Stage = tuple[int, Point]
"""A leg and a point on it; stages sort by the distance covered."""


@dataclass(frozen=True, kw_only=True)
class BoardRow:
    """One line of the board."""

    racer: Racer
    """Of a relay: the team's racer under way, or the last one."""
    rank: int | None
    """None before the first point and for who is out."""
    irm: State | None
    point: str | None
    """The last point passed."""
    gap_ms: int | None
    """Behind the best at that point."""


def board(race: Race) -> tuple[BoardRow, ...]:
    """The board at the moment of ``race``: the best first, who is out last."""
    field = _field(race)
    going = {
        index: stages_of(race.format, crew)
        for index, (crew, irm) in enumerate(field)
        if irm is None
    }
    columns = _columns(going)
    last = {
        index: (stage := max(passed), passed[stage]) for index, passed in going.items() if passed
    }
    waiting = sorted(
        (index for index in going if index not in last),
        key=lambda index: waiting_key(field[index][0][0]),
    )
    out = sorted(
        (index for index in range(len(field)) if index not in going),
        key=lambda index: (mark_key(field[index][1]), field[index][0][0].entry.bib),
    )
    rows: list[BoardRow] = []
    before: tuple[Stage, int] | None = None
    for number, index in enumerate(_ordered(race, last, columns), 1):
        stage, value = last[index]
        equal = before == (stage, tenths(value))
        rows.append(
            BoardRow(
                racer=under_way(field[index][0]),
                rank=rows[-1].rank if equal else number,
                irm=None,
                point=stage[1].label,
                gap_ms=value - columns[stage][0],
            )
        )
        before = stage, tenths(value)
    return (*rows, *(_unranked(race, *field[index]) for index in (*waiting, *out)))


def _unranked(race: Race, crew: Sequence[Racer], irm: State | None) -> BoardRow:
    """A row without a place: on the way to the first point, on the line, or out."""
    stage = max(stages_of(race.format, crew), default=None)
    return BoardRow(
        racer=under_way(crew), rank=None, irm=irm, point=stage and stage[1].label, gap_ms=None
    )


def mark_key(irm: State | None) -> int:
    """How those are sorted who are out."""
    return -1 if irm is None else IRM.index(irm)


def _field(race: Race) -> list[tuple[Sequence[Racer], State | None]]:
    """The crews in the order of the start list, each with its mark."""
    if not race.format.relay:
        return [((one,), one.irm) for one in race.racers]
    irms = team_irms(race)
    crews: dict[object, list[Racer]] = defaultdict(list)
    for one in race.racers:
        crews[one.entry.team].append(one)
    return [
        (sorted(crew, key=lambda one: one.entry.leg), irms[crew[0].entry.team])
        for crew in crews.values()
    ]


def under_way(crew: Sequence[Racer]) -> Racer:
    """The racer of a crew who has started last."""
    return next((one for one in reversed(crew) if one.state is not State.LINE), crew[0])


def stages_of(format_: Format, crew: Sequence[Racer]) -> dict[Stage, int]:
    """What is compared at every stage a crew has passed, the adjustments in it at the finish.

    Who leaves the range with no loop to ski stands level with those who leave the loop.
    """
    found: dict[Stage, int] = {}
    for one in crew:
        leg, base_ms = one.entry.leg, compared_from_ms(format_, one)
        for point, passing in one.passed.items():
            added_ms = one.adjust_ms if point.mark is Mark.FINISH else 0
            found[leg, point] = passing.t_ms + passing.penalty_ms + added_ms - base_ms
        for bout in one.bouts:
            level = leg, Point(bout.lap, Mark.LOOP_EXIT)
            if bout.over and bout.misses == 0 and level not in found:
                found[level] = found[leg, Point(bout.lap, Mark.RANGE_EXIT)]
    return found


def _columns(stages: Mapping[int, Mapping[Stage, int]]) -> dict[Stage, list[int]]:
    """What is compared at every stage, the best first."""
    columns: dict[Stage, list[int]] = defaultdict(list)
    for passed in stages.values():
        for stage, value in passed.items():
            columns[stage].append(value)
    for column in columns.values():
        column.sort()
    return columns


def _ordered(
    race: Race,
    last: Mapping[int, tuple[Stage, int]],
    columns: Mapping[Stage, Sequence[int]],
) -> list[int]:
    """Those who passed a point, the best first."""

    def distance(index: int) -> tuple[Stage, int, int]:
        stage, value = last[index]
        return stage, -value, -index

    by_distance = sorted(last, key=distance, reverse=True)
    if by_clock(race.format):
        return by_distance
    order: list[int] = []
    for index in by_distance:
        stage, value = last[index]
        # Whoever was better at this point is in `order` already, so their number is a place in it.
        order.insert(bisect_left(columns[stage], tenths(value) * TENTH_MS), index)
    return order


def waiting_key(racer: Racer) -> tuple[bool, int, int]:
    """How those are sorted who passed nothing: started before on the line, by start, by bib."""
    return (racer.state is State.LINE, racer.start_ms or 0, racer.entry.bib)
