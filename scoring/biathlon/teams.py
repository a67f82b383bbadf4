"""Relay teams: their legs, exchanges and results."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scoring.biathlon.book import Race
from scoring.biathlon.bout import shootings
from scoring.biathlon.machine import IRM, State
from scoring.biathlon.points import Place, places, points_of
from scoring.biathlon.racer import Racer, Team


@dataclass(frozen=True, kw_only=True)
class LegResult:
    """One leg of a team."""

    leg: int
    bib: int
    total_ms: int | None
    """Time of the leg, with its penalty time and adjustments."""
    rank: int | None
    """Place of the team at the end of this leg."""
    behind_ms: int | None
    shootings: str


@dataclass(frozen=True, kw_only=True)
class TeamResult:
    """One team of a relay."""

    team: Team
    rank: int | None
    irm: State | None
    total_ms: int | None
    """From the team's start to the finish of its last leg, penalties and adjustments in it."""
    behind_ms: int | None
    points: int
    misses: int
    spares: int
    shootings: str
    """Misses and spare rounds of all legs, such as ``1+8``; misses alone without spare rounds."""
    legs: tuple[LegResult, ...]


def team_results(race: Race) -> tuple[TeamResult, ...]:
    """The teams of a relay: the ranked, those under way, then by mark; none elsewhere."""
    crews = _crews(race)
    irms = team_irms(race)
    totals = {team: _sum_ms(crew, len(race.format.legs)) for team, crew in crews.items()}
    table = places([(t, ms) for t, ms in totals.items() if ms is not None and irms[t] is None])
    legs = _leg_tables(race, crews)
    lines = []
    for team, crew in crews.items():
        place = table.get(team)
        rank = place.rank if place else None
        misses = sum(one.misses for one in crew)
        spares = sum(bout.spares_used for one in crew for bout in one.bouts)
        lines.append(
            TeamResult(
                team=team,
                rank=rank,
                irm=irms[team],
                total_ms=totals[team],
                behind_ms=place.behind_ms if place else None,
                points=points_of(rank, race.format.points),
                misses=misses,
                spares=spares,
                shootings=f"{misses}+{spares}" if race.format.spares else str(misses),
                legs=tuple(_leg(one, legs[one.entry.leg - 1].get(team)) for one in crew),
            )
        )
    return tuple(sorted(lines, key=_order))


def team_irms(race: Race) -> dict[Team | None, State | None]:
    """What a team is marked with: DSQ or LAP or DNF of any leg, DNS where its first did not start.

    A later leg that does not start leaves the team unfinished: DNF.
    """
    found: dict[Team | None, State | None] = {}
    for team, crew in _crews(race).items():
        marks = {one.irm for one in crew}
        first = (one for one in (State.DSQ, State.LAP, State.DNF) if one in marks)
        mark: State | None = next(first, None)
        if mark is None and State.DNS in marks:
            mark = State.DNS if crew[0].irm is State.DNS else State.DNF
        found[team] = mark
    return found


def _crews(race: Race) -> dict[Team, list[Racer]]:
    if not race.format.relay:
        return {}
    crews: dict[Team, list[Racer]] = defaultdict(list)
    for one in sorted(race.racers, key=lambda racer: racer.entry.leg):
        crews[one.entry.team or 0].append(one)
    return crews


def _sum_ms(crew: Sequence[Racer], leg: int) -> int | None:
    """From the team's start to the end of ``leg``, with everything added on the way."""
    totals = [one.total_ms for one in crew if one.entry.leg <= leg]
    known = [ms for ms in totals if ms is not None]
    return sum(known) if len(known) == leg else None


def _leg_tables(race: Race, crews: Mapping[Team, Sequence[Racer]]) -> list[dict[Team, Place]]:
    tables = []
    for leg in range(1, len(race.format.legs) + 1):
        sums = [(team, _sum_ms(crew, leg)) for team, crew in crews.items()]
        tables.append(places([(team, ms) for team, ms in sums if ms is not None]))
    return tables


def _leg(racer: Racer, place: Place | None) -> LegResult:
    return LegResult(
        leg=racer.entry.leg,
        bib=racer.entry.bib,
        total_ms=racer.total_ms,
        rank=place.rank if place else None,
        behind_ms=place.behind_ms if place else None,
        shootings=shootings(racer.bouts),
    )


def _order(line: TeamResult) -> tuple[int, int, int, str]:
    mark = IRM.index(line.irm) + 1 if line.irm else 0
    in_legs = sum(leg.total_ms is not None for leg in line.legs)
    return (mark, line.rank if line.rank is not None else 10**9, -in_legs, str(line.team))
