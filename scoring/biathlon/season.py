"""The standings of a season: total, by discipline, relay, and the regions' cup."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from scoring.biathlon.formats import Format
from scoring.biathlon.protocol import Protocol
from scoring.biathlon.racer import Team

BEST_OF_REGION: Final = 3
"""Racers of a region that count in one race of the regions' cup."""


@dataclass(frozen=True, kw_only=True)
class Score:
    """What somebody won in one race: a racer by a lasting name, a team of a relay, or a region."""

    who: Team
    rank: int
    points: int
    region: str | None = None


@dataclass(frozen=True, kw_only=True)
class SeasonRace:
    """One race of a season."""

    discipline: str
    racers: tuple[Score, ...] = ()
    """Empty for a relay."""
    teams: tuple[Score, ...] = ()
    """Of a relay only."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One line of a season's standings."""

    who: Team
    rank: int
    points: int
    places: Mapping[int, int] = field(default_factory=dict)
    """How often each place was won."""


def season_race(format_: Format, result: Protocol, names: Mapping[int, str]) -> SeasonRace | None:
    """A race as it counts in a season; None for a format that does not, as a qualification.

    ``names`` gives each bib the name that lasts over the season; who is not in it does not score.
    A team stands for its own name, in a regional relay its region.
    """
    if not format_.season:
        return None
    return SeasonRace(
        discipline=format_.discipline,
        racers=tuple(
            Score(
                who=names[line.entry.bib],
                rank=line.rank,
                points=line.points,
                region=line.entry.region,
            )
            for line in result.results
            if not format_.relay and line.rank is not None and line.entry.bib in names
        ),
        teams=tuple(
            Score(who=team.team, rank=team.rank, points=team.points)
            for team in result.teams
            if team.rank is not None
        ),
    )


def total(races: Iterable[SeasonRace]) -> tuple[Standing, ...]:
    """All races of single racers."""
    return standings([race.racers for race in races])


def by_discipline(races: Iterable[SeasonRace], discipline: str) -> tuple[Standing, ...]:
    """The races of one discipline."""
    return total(race for race in races if race.discipline == discipline)


def relays(races: Iterable[SeasonRace]) -> tuple[Standing, ...]:
    """The teams of all relays."""
    return standings([race.teams for race in races])


def regions_cup(races: Iterable[SeasonRace]) -> tuple[Standing, ...]:
    """Regions by the points of their best three racers in each race; relays are apart."""
    return standings([_regions(race.racers) for race in races])


def standings(races: Iterable[Sequence[Score]]) -> tuple[Standing, ...]:
    """Everybody's points over ``races``, the best first.

    Who is equal on points is parted by more wins, then by more second places, and so on; who is
    equal in all of them shares the rank.
    """
    points: Counter[Team] = Counter()
    won: dict[Team, Counter[int]] = defaultdict(Counter)
    for race in races:
        for score in race:
            points[score.who] += score.points
            won[score.who][score.rank] += 1
    last = max((rank for places_ in won.values() for rank in places_), default=0)

    def merit(who: Team) -> tuple[int, ...]:
        return (-points[who], *(-won[who][rank] for rank in range(1, last + 1)))

    found: list[Standing] = []
    for _, equal in groupby(sorted(won, key=lambda who: (merit(who), str(who))), key=merit):
        rank = len(found) + 1
        found.extend(
            Standing(who=who, rank=rank, points=points[who], places=dict(sorted(won[who].items())))
            for who in equal
        )
    return tuple(found)


def _regions(racers: Iterable[Score]) -> tuple[Score, ...]:
    """One race as the regions see it: the sums of their best three, and their places by that."""
    by_region: dict[str, list[int]] = defaultdict(list)
    for score in racers:
        if score.region is not None:
            by_region[score.region].append(score.points)
    sums = {
        region: sum(sorted(values, reverse=True)[:BEST_OF_REGION])
        for region, values in by_region.items()
    }
    ranks = {
        region: 1 + sum(other > mine for other in sums.values()) for region, mine in sums.items()
    }
    return tuple(
        Score(who=region, rank=ranks[region], points=sums[region]) for region in sorted(sums)
    )
