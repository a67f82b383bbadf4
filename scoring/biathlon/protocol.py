"""The protocol of a race: results, points and teams."""

from dataclasses import dataclass
from typing import Final

from scoring.biathlon.book import Race
from scoring.biathlon.bout import shootings
from scoring.biathlon.machine import IRM, State
from scoring.biathlon.points import Place, places, points_of
from scoring.biathlon.racer import Entry, Racer
from scoring.biathlon.splits import Split, result_ms, splits
from scoring.biathlon.teams import TeamResult, team_irms, team_results
from scoring.biathlon.times import Times, times

_UNRANKED: Final = 10**9


@dataclass(frozen=True, kw_only=True)
class Result:
    """One line of the protocol. In a relay ``rank`` is that among the racers of the same leg."""

    entry: Entry
    rank: int | None
    irm: State | None
    state: State
    shootings: str
    misses: int
    start_ms: int | None
    finish_ms: int | None
    penalty_ms: int
    adjust_ms: int
    total_ms: int | None
    """Finish − own start + penalty time + adjustments, unrounded; None before the finish."""
    behind_ms: int | None
    """Exact gap to the best: of the totals, or at the line where the first over it wins."""
    points: int
    """0 in a relay: there the teams score."""
    falls: int
    times: Times
    splits: tuple[Split, ...]


@dataclass(frozen=True, kw_only=True)
class Protocol:
    """The ranked, then those still under way, then DNS, DNF, DSQ and LAP."""

    results: tuple[Result, ...]
    teams: tuple[TeamResult, ...]
    """Of a relay; empty elsewhere."""


def protocol(race: Race) -> Protocol:
    """The protocol of ``race`` as it stands.

    Ties are decided at whole tenths, cut and not rounded: equal racers share the rank and its
    points, and stand in the order of their bibs.
    """
    found = splits(race)
    out = team_irms(race)
    marks = {one.entry: one.irm or _with_team(one, out.get(one.entry.team)) for one in race.racers}
    table = _places(race, marks)
    lines = [_line(race, one, marks[one.entry], table, found[one.entry]) for one in race.racers]
    return Protocol(results=tuple(sorted(lines, key=_order)), teams=team_results(race))


def _with_team(racer: Racer, team_irm: State | None) -> State | None:
    """The mark of a racer whose leg was never ended because the team is out."""
    return team_irm if racer.leg_end_ms is None else None


def _places(race: Race, marks: dict[Entry, State | None]) -> dict[Entry, Place]:
    found: dict[Entry, Place] = {}
    for leg in range(1, len(race.format.legs) + 1):
        values = []
        for one in race.racers:
            # The legs of a relay start at different moments, so their own times are compared.
            value = one.total_ms if race.format.relay else result_ms(race.format, one)
            if one.entry.leg == leg and marks[one.entry] is None and value is not None:
                values.append((one.entry, value))
        found.update(places(values))
    return found


def _line(
    race: Race,
    racer: Racer,
    irm: State | None,
    table: dict[Entry, Place],
    found: tuple[Split, ...],
) -> Result:
    place = table.get(racer.entry)
    rank = place.rank if place else None
    return Result(
        entry=racer.entry,
        rank=rank,
        irm=irm,
        state=racer.state,
        shootings=shootings(racer.bouts),
        misses=racer.misses,
        start_ms=racer.start_ms,
        finish_ms=racer.leg_end_ms,
        penalty_ms=racer.penalty_ms,
        adjust_ms=racer.adjust_ms,
        total_ms=racer.total_ms,
        behind_ms=place.behind_ms if place else None,
        points=0 if race.format.relay else points_of(rank, race.format.points),
        falls=racer.falls,
        times=times(racer),
        splits=found,
    )


def _order(line: Result) -> tuple[int, int, int, int]:
    """Leg by leg: by rank, then under way by points passed, then by mark; then by bib."""
    mark = IRM.index(line.irm) + 1 if line.irm else 0
    ranked = line.rank if line.rank is not None else _UNRANKED - len(line.splits)
    return (line.entry.leg, mark, ranked, line.entry.bib)
