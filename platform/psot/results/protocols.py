"""A published protocol as pages read it: its lines with their people, and what a reader picks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from psot.jury.queries import published
from psot.jury.values import Published
from psot.members.queries import current_member
from psot.races.queries import classes
from psot.races.stages import Stage
from psot.races.values import ClassView, RaceView
from psot.results.access import veiled
from psot.results.people import Person, people, somebody

Row = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One racer on one leg: a row of the protocol and who it is about."""

    row: Row
    person: Person


@dataclass(frozen=True, kw_only=True)
class TeamLine:
    """A relay team, its legs in their order."""

    row: Row
    legs: tuple[Line, ...]

    @property
    def own(self) -> bool:
        """Whether the reader races in it."""
        return any(leg.person.own for leg in self.legs)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A protocol with its people: what every page about results starts from."""

    race: RaceView
    stage: Stage
    sha256: str
    published_at: Any
    body: Row
    lines: tuple[Line, ...]
    teams: tuple[TeamLine, ...]
    classes: tuple[ClassView, ...]

    @property
    def relay(self) -> bool:
        """Whether teams are ranked here."""
        return bool(self.teams)

    @property
    def own(self) -> Line | None:
        """The reader's line, of a relay the first one."""
        return next((one for one in self.lines if one.person.own), None)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What a reader picks from a protocol; empty: everybody."""

    class_code: str = ""
    region: str = ""
    team: str = ""
    words: str = ""
    bib: int = 0

    def __bool__(self) -> bool:
        return bool(self.class_code or self.region or self.team or self.words or self.bib)

    def takes(self, person: Person) -> bool:
        """Whether ``person`` is among those picked; words are a name, a number or a bib."""
        if self.class_code and self.class_code not in person.classes:
            return False
        if self.region and person.region != self.region:
            return False
        if self.bib and person.bib != self.bib:
            return False
        if self.team and person.team != self.team:
            return False
        if not self.words:
            return True
        text = f"{person.label} {person.bib}".casefold()
        return all(word in text for word in self.words.casefold().split())


def sheet(session: Session, race: RaceView, stage: Stage | None = None) -> Sheet | None:
    """Return the newest protocol of ``race``, or the one of ``stage``; None: there is none yet.

    While the end of the race is veiled from the reader there is none.
    """
    if veiled(race):
        return None
    found = published(session, race.id, stage)
    return None if found is None else told(session, race, found)


def told(session: Session, race: RaceView, found: Published) -> Sheet:
    """Return ``found`` with its people as this reader may know them."""
    viewer = current_member()
    known = classes(session, race.id)
    everybody = people(session, race.id, viewer.id if viewer else None, known)
    lines = lines_of(found.body["results"], everybody)
    return Sheet(
        race=race,
        stage=Stage(found.stage),
        sha256=found.sha256,
        published_at=found.published_at,
        body=found.body,
        lines=lines,
        teams=teams_of(found.body["teams"], lines),
        classes=tuple(known),
    )


def lines_of(rows: Iterable[Row], everybody: Mapping[int, Person]) -> tuple[Line, ...]:
    """Return ``rows`` with their people."""
    return tuple(Line(row=row, person=somebody(everybody, row["bib"])) for row in rows)


def teams_of(rows: Iterable[Row], lines: Sequence[Line]) -> tuple[TeamLine, ...]:
    """Return the teams of ``rows``, each with the lines of its legs."""
    by_leg = {(one.row["bib"], one.row["leg"]): one for one in lines}
    return tuple(
        TeamLine(row=row, legs=tuple(by_leg[leg["bib"], leg["leg"]] for leg in row["legs"]))
        for row in rows
    )
