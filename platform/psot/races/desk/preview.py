"""The start list as it would be if registration closed now; nothing is written."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from psot.members.queries import public_names
from psot.races import startlist
from psot.races.errors import NotReady
from psot.races.models import Race

MOST_SHOWN = 30


@dataclass(frozen=True, kw_only=True)
class SketchRow:
    """A racer as the draw would place them now."""

    bib: int
    name: str
    region: str
    team: str | None
    start_ms: int | None


@dataclass(frozen=True, kw_only=True)
class Sketch:
    """How a start list would look: ``racers`` in ``teams``; ``left`` find no place.

    ``last_ms`` is the last start after the zero. ``problem`` says why there could be no list.
    """

    rows: tuple[SketchRow, ...] = ()
    racers: int = 0
    teams: Counter[str] | None = None
    """Teams by region, of a relay."""
    left: tuple[SketchRow, ...] = ()
    last_ms: int = 0
    problem: str = ""


def sketch(session: Session, race_id: UUID) -> Sketch:
    """Return the start list as the draw stands now, its first rows only."""
    race = session.get_one(Race, race_id)
    try:
        entries, drawn = startlist.lots(session, race)
    except NotReady as error:
        return Sketch(problem=str(error.message))
    names = public_names(session, [one.member for one in entries.values()])
    starts = {one.bib: one.start_ms for one in drawn.lines if one.leg == 1}
    teams = {seat.team: entries[seat.number].region for seat in drawn.seats if seat.team}

    def row(number: int, bib: int = 0, team: str | None = None) -> SketchRow:
        entry = entries[number]
        return SketchRow(
            bib=bib,
            name=str(names[entry.member]),
            region=entry.region,
            team=team,
            start_ms=starts.get(bib),
        )

    return Sketch(
        rows=tuple(row(one.number, one.bib, one.team) for one in drawn.seats[:MOST_SHOWN]),
        racers=len(drawn.seats),
        teams=Counter(teams.values()) if teams else None,
        left=tuple(row(one) for one in drawn.left),
        problem="" if drawn.seats else str(startlist.nobody(race)),
        last_ms=max((one for one in starts.values() if one is not None), default=0),
    )
