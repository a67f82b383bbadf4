"""Lots: the order of a start list out of a race's secret, for anybody to repeat afterwards.

The lot of a racer is `psot.races.draws.place` of the member's public number, of a relay team that
of its name; the lowest lot starts first. Who has a place in an earlier race that this one follows
starts before all others, in the order of that race.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from psot.races import draws
from scoring.biathlon import (
    Candidate,
    Format,
    Qualified,
    StartKind,
    draw_teams,
    pursuit_starts,
    start_times,
)


@dataclass(frozen=True, kw_only=True)
class Candidacy:
    """A registered member as the draw sees them; ``number`` is the member's public number."""

    number: int
    region: str
    racer_class: str | None = "A"
    """``A`` or ``B``, who race the legs of that class in a mixed relay; None races in none."""
    come: int = 0
    """Place in the order of registration."""


@dataclass(frozen=True, kw_only=True)
class Seat:
    """Who got which bib, and in which team."""

    number: int
    bib: int
    team: str | None = None


@dataclass(frozen=True, kw_only=True)
class Line:
    """One racer on one leg; a later leg has no start until the exchange."""

    bib: int
    leg: int
    team: str | None
    start_ms: int | None


@dataclass(frozen=True, kw_only=True)
class StartList:
    """Bibs and starts, and the numbers of those for whom there was no place."""

    seats: tuple[Seat, ...]
    lines: tuple[Line, ...]
    left: tuple[int, ...]


def draw(
    rules: Format,
    field: Iterable[Candidacy],
    secret: bytes,
    *,
    earlier: Sequence[Qualified] = (),
    earlier_format: str = "",
) -> StartList:
    """Draw the start list of ``field``: bibs from 1 in the order of the start.

    ``earlier`` is the race this one follows, with member numbers for bibs. A pursuit takes only
    whom it names, within the format's field. Where the field is limited otherwise, the places of
    ``earlier`` come first and then who registered first.
    """
    racers = sorted(field, key=lambda one: draws.place(secret, one.number))
    if rules.relay:
        return _relay(rules, racers, secret)
    if rules.start.kind is StartKind.PURSUIT:
        return _pursuit(rules, racers, earlier, earlier_format)
    places = {one.bib: one.rank for one in earlier}
    last = len(places) + 1
    if rules.start.field is not None:
        invited = sorted(racers, key=lambda one: (places.get(one.number, last), one.come))
        chosen = {one.number for one in invited[: rules.start.field]}
    else:
        chosen = {one.number for one in racers}
    order = sorted(
        (one.number for one in racers if one.number in chosen),
        key=lambda number: places.get(number, last),
    )
    starts = start_times(rules, range(1, len(order) + 1))
    return _single(order, starts, racers)


def _pursuit(
    rules: Format,
    racers: Sequence[Candidacy],
    earlier: Sequence[Qualified],
    earlier_format: str,
) -> StartList:
    here = {one.number for one in racers}
    starts = pursuit_starts(
        rules, [one for one in earlier if one.bib in here], earlier_format=earlier_format
    )
    return _single([*starts], dict(enumerate(starts.values(), 1)), racers)


def _single(
    order: Sequence[int], starts: Mapping[int, int], racers: Sequence[Candidacy]
) -> StartList:
    seats = tuple(Seat(number=number, bib=bib) for bib, number in enumerate(order, 1))
    lines = tuple(Line(bib=one.bib, leg=1, team=None, start_ms=starts[one.bib]) for one in seats)
    left = tuple(sorted({one.number for one in racers} - set(order)))
    return StartList(seats=seats, lines=lines, left=left)


def _relay(rules: Format, racers: Sequence[Candidacy], secret: bytes) -> StartList:
    """Teams within regions; the bibs of a team follow one another, legs by the team's order."""
    teams, _ = draw_teams(
        rules,
        [
            Candidate(who=str(one.number), region=one.region, racer_class=one.racer_class)
            for one in racers
            if one.racer_class is not None
        ],
        secret,
    )
    named = {f"{one.region}-{one.number}": one for one in teams}
    order = sorted(named, key=lambda name: draws.place(secret, name))
    size = rules.team_size
    seats: list[Seat] = []
    lines: list[Line] = []
    starts = start_times(rules, [place * size + 1 for place in range(len(order))])
    for place, name in enumerate(order):
        first = place * size + 1
        crew = named[name].legs[:size]
        seats += [
            Seat(number=int(who), bib=first + seat, team=name) for seat, who in enumerate(crew)
        ]
        lines += [
            Line(
                bib=first + leg % size,
                leg=leg + 1,
                team=name,
                start_ms=None if leg else starts[first],
            )
            for leg in range(len(rules.legs))
        ]
    left = sorted({one.number for one in racers} - {one.number for one in seats})
    return StartList(seats=tuple(seats), lines=tuple(lines), left=tuple(left))
