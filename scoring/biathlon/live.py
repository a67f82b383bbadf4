"""Who is ahead at this moment: the board of a race that is run.

Single and group starts: by time at the last point a racer passed, among all who passed it. Other
starts: by distance covered, then by time there. A board is a permutation of the field: the racers
of a single race, the teams of a relay by their racer under way.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scoring.biathlon.book import Race
from scoring.biathlon.course import Mark, Point
from scoring.biathlon.machine import IRM, State
from scoring.biathlon.points import Place, places, tenths
from scoring.biathlon.racer import Racer
from scoring.biathlon.splits import by_clock, compared_ms
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
    stages = {index: _stages(race, crew) for index, (crew, _) in enumerate(field)}
    going = [index for index, (_, irm) in enumerate(field) if irm is None]
    tables = _tables({index: stages[index] for index in going})
    ranked = [index for index in going if stages[index]]
    waiting = sorted(
        (index for index in going if not stages[index]),
        key=lambda index: _waiting(field[index][0][0]),
    )
    out = sorted(
        (index for index, (_, irm) in enumerate(field) if irm is not None),
        key=lambda index: (IRM.index(field[index][1] or State.DNS), field[index][0][0].entry.bib),
    )
    order = [*_ordered(race, ranked, stages, tables), *waiting, *out]
    rows: list[BoardRow] = []
    before: tuple[Stage, int] | None = None
    for number, index in enumerate(order, 1):
        crew, irm = field[index]
        last = max(stages[index], default=None)
        here = last is not None and irm is None
        at = (last, tenths(stages[index][last])) if last is not None and here else None
        rank = rows[-1].rank if rows and at is not None and at == before else number
        rows.append(
            BoardRow(
                racer=_under_way(crew),
                rank=rank if here else None,
                irm=irm,
                point=last and last[1].label,
                gap_ms=tables[last][index].behind_ms if last is not None and here else None,
            )
        )
        before = at
    return tuple(rows)


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


def _under_way(crew: Sequence[Racer]) -> Racer:
    """The racer of a crew who has started last."""
    return next((one for one in reversed(crew) if one.state is not State.LINE), crew[0])


def _stages(race: Race, crew: Sequence[Racer]) -> dict[Stage, int]:
    """What is compared at every stage a crew has passed, the adjustments in it at the finish.

    Who leaves the range with no loop to ski stands level with those who leave the loop.
    """
    found: dict[Stage, int] = {}
    for one in crew:
        leg = one.entry.leg
        for point, passing in one.passed.items():
            added_ms = one.adjust_ms if point.mark is Mark.FINISH else 0
            found[leg, point] = compared_ms(race.format, one, passing) + added_ms
        for bout in one.bouts:
            level = leg, Point(bout.lap, Mark.LOOP_EXIT)
            if bout.over and bout.misses == 0 and level not in found:
                found[level] = found[leg, Point(bout.lap, Mark.RANGE_EXIT)]
    return found


def _tables(stages: Mapping[int, Mapping[Stage, int]]) -> dict[Stage, dict[int, Place]]:
    """The places at every stage."""
    values: dict[Stage, list[tuple[int, int]]] = defaultdict(list)
    for index, passed in stages.items():
        for stage, value in passed.items():
            values[stage].append((index, value))
    return {stage: places(at) for stage, at in values.items()}


def _ordered(
    race: Race,
    ranked: Sequence[int],
    stages: Mapping[int, Mapping[Stage, int]],
    tables: Mapping[Stage, Mapping[int, Place]],
) -> list[int]:
    """Those with a place, the best first."""

    def distance(index: int) -> tuple[Stage, int, int]:
        last = max(stages[index])
        return last, -tables[last][index].behind_ms, -index

    by_distance = sorted(ranked, key=distance, reverse=True)
    if by_clock(race.format):
        return by_distance
    order: list[int] = []
    for index in by_distance:
        # Whoever passed this point before is in `order`, so the rank there is a place in it.
        better = tables[max(stages[index])][index].rank - 1
        order.insert(better, index)
    return order


def _waiting(racer: Racer) -> tuple[bool, int, int]:
    """Started before on the line; then by start and bib."""
    return (racer.state is State.LINE, racer.start_ms or 0, racer.entry.bib)
