"""Splits: the rank and the gap at every timing point."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from scoring.biathlon.book import Race
from scoring.biathlon.course import Mark, Point
from scoring.biathlon.formats import Format, StartKind
from scoring.biathlon.machine import State
from scoring.biathlon.points import Place, places
from scoring.biathlon.racer import Entry, Racer


@dataclass(frozen=True, kw_only=True)
class Split:
    """One racer at one timing point."""

    point: str
    t_ms: int
    """After the race's zero."""
    run_ms: int
    """Since the own start, with the penalty time owed by then."""
    rank: int | None
    """Among those who passed the point; None for a disqualified racer."""
    behind_ms: int | None


def by_clock(format_: Format) -> bool:
    """Whether the first over the line wins, as in a simultaneous start and in a pursuit.

    In a pursuit the gaps of the start are part of the race, so the clock decides and not the
    time since the own start.
    """
    return format_.start.kind in (StartKind.SIMULTANEOUS, StartKind.PURSUIT)


def compared_from_ms(format_: Format, racer: Racer) -> int:
    """From where times are compared: the own start, or the race's zero."""
    return 0 if by_clock(format_) else racer.start_ms or 0


def result_ms(format_: Format, racer: Racer) -> int | None:
    """What is compared at the end: the total, from the race's zero where the clock decides."""
    total_ms = racer.total_ms
    if total_ms is None or racer.start_ms is None:
        return None
    return total_ms + racer.start_ms if by_clock(format_) else total_ms


def splits(race: Race) -> dict[Entry, tuple[Split, ...]]:
    """Every racer's splits, in the order of the course.

    Racers are compared with those on the same leg. The last split has the adjustments in it, so it
    says the same as the result; those before it have not.
    """
    found: dict[Entry, list[Split]] = defaultdict(list)
    tables = _tables(race)
    for racer in race.racers:
        for point in sorted(racer.passed):
            passing = racer.passed[point]
            place = tables[racer.entry.leg, point].get(racer.entry)
            found[racer.entry].append(
                Split(
                    point=point.label,
                    t_ms=passing.t_ms,
                    run_ms=passing.t_ms + passing.penalty_ms - (racer.start_ms or 0),
                    rank=place.rank if place else None,
                    behind_ms=place.behind_ms if place else None,
                )
            )
    return {racer.entry: tuple(found[racer.entry]) for racer in race.racers}


def _tables(race: Race) -> dict[tuple[int, Point], dict[Entry, Place]]:
    """The places at each point of each leg."""
    values: dict[tuple[int, Point], list[tuple[Entry, int]]] = defaultdict(list)
    for racer in race.racers:
        base_ms = compared_from_ms(race.format, racer)
        for point, passing in racer.passed.items():
            at = values[racer.entry.leg, point]
            if racer.state is not State.DSQ:
                added_ms = racer.adjust_ms if point.mark is Mark.FINISH else 0
                at.append((racer.entry, passing.t_ms + passing.penalty_ms + added_ms - base_ms))
    return {key: places(at) for key, at in values.items()}


def at_point(race: Race, leg: int, label: str) -> Sequence[tuple[Entry, Place]]:
    """The table of one timing point, the best first; empty where nobody passed it."""
    for (table_leg, point), table in _tables(race).items():
        if table_leg == leg and point.label == label:
            return sorted(table.items(), key=lambda pair: (pair[1].behind_ms, pair[0].bib))
    return ()
