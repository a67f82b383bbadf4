"""Who races, as boards and lists show it: made of the start list, kept while it stays the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from psot.races import queries as races
from psot.races.values import ClassView, Racer, RaceView
from scoring.biathlon import Entry, Format

REGION, CLASS, TEAM = "r", "c", "t"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the standings: a racer, or a team of a relay; numbered from 0."""

    key: str
    """The row's key on the boards."""
    team: str | None
    region: str
    bibs: tuple[int, ...]
    groups: tuple[str, ...]
    """Parts of the field it stands in, such as ``r.RU-TYU`` and ``c.juniors``."""
    text: str
    """What a search looks through."""


@dataclass(frozen=True, kw_only=True)
class Roster:
    """The field of one race."""

    format: Format
    entries: tuple[Entry, ...]
    people: Mapping[int, Racer]
    lines: tuple[Line, ...]
    seal: int = 0
    """`psot.races.queries.names_seal` before the names were read."""

    @cached_property
    def parts(self) -> tuple[tuple[str, ...], ...]:
        """The parts of the field with lists and boards of their own, teams left out, by line."""
        return tuple(
            tuple(name for name in line.groups if not name.startswith(TEAM)) for line in self.lines
        )

    @cached_property
    def groups(self) -> frozenset[str]:
        """Every part of the field there is, teams included."""
        return frozenset(name for line in self.lines for name in line.groups)

    @property
    def members(self) -> dict[str, str]:
        """Return line and bib of each member, by the member's id, as Redis keeps them."""
        return {
            self.people[bib].member.hex: f"{number}:{bib}"
            for number, line in enumerate(self.lines)
            for bib in line.bibs
        }

    def named(self, bib: int) -> dict[str, Any]:
        """Return how a racer is named on a board."""
        one = self.people[bib]
        return {"bib": bib, "name": one.name, "number": one.number, "region": one.region}


def roster(session: Session, view: RaceView) -> Roster:
    """Return the field of a race as the start list has it."""
    seal = races.names_seal(session, view.id)
    listed = races.start_list(session, view.id)
    made = made_of(
        view.rules,
        races.field(session, view.id, listed),
        listed,
        races.classes(session, view.id),
    )
    return replace(made, seal=seal)


def made_of(
    format_: Format,
    entries: Sequence[Entry],
    people: Sequence[Racer],
    classes: Sequence[ClassView],
) -> Roster:
    """Return the field of ``entries``; lines come in the order in which the list names them."""
    by_bib = {one.bib: one for one in people}
    crews: dict[str, list[int]] = {}
    for one in entries:
        key = f"t:{one.team}" if format_.relay else str(one.bib)
        bibs = crews.setdefault(key, [])
        if one.bib not in bibs:
            bibs.append(one.bib)
    lines = [
        _line(key, [by_bib[bib] for bib in bibs], classes, relay=format_.relay)
        for key, bibs in crews.items()
    ]
    return Roster(format=format_, entries=tuple(entries), people=by_bib, lines=tuple(lines))


def _line(key: str, crew: Sequence[Racer], classes: Sequence[ClassView], *, relay: bool) -> Line:
    first = crew[0]
    groups = [f"{REGION}.{first.region}"]
    groups += [f"{CLASS}.{one.code}" for one in classes if all(one.holds(who) for who in crew)]
    if first.team is not None and not relay:
        groups.append(f"{TEAM}.{first.team}")
    words = [first.team or "", *(f"{who.bib} {who.name}" for who in crew)]
    return Line(
        key=key,
        team=first.team,
        region=first.region,
        bibs=tuple(who.bib for who in crew),
        groups=tuple(groups),
        text=" ".join(words).casefold(),
    )


def member_key(member: UUID) -> str:
    """Return how Redis names a member in a race."""
    return member.hex
