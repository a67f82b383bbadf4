"""One leaf of a protocol: the lines that a page of it shows, with who stands in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from psot.jury.queries import publications
from psot.members.queries import current_member
from psot.races.queries import classes
from psot.races.stages import Stage
from psot.races.values import ClassView, RaceView
from psot.results import asked
from psot.results.access import veiled
from psot.results.briefs import Brief, Row, brief
from psot.results.people import Person, people
from psot.results.protocols import Choice, Line, TeamLine, lines_of, teams_of

LINES = 100


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """A page of a protocol: ``lines``, or ``teams`` of a relay, of ``count`` that were picked.

    ``first`` is the number of the first of them, ``both`` tells that either protocol can be seen.
    """

    race: RaceView
    stage: Stage
    both: bool
    sha256: str
    published_at: datetime
    classes: tuple[ClassView, ...]
    regions: frozenset[str]
    team_codes: tuple[str, ...]
    lines: tuple[Line, ...]
    teams: tuple[TeamLine, ...]
    count: int
    page: int

    @property
    def relay(self) -> bool:
        """Whether teams are ranked here."""
        return bool(self.team_codes)

    @property
    def shown(self) -> tuple[tuple[int, int, Person], ...]:
        """Which lines of the protocol it shows, and who stands in them."""
        return tuple((one.row["bib"], one.row["leg"], one.person) for one in self.lines)

    @property
    def own(self) -> bool:
        """Whether the reader stands in one of the lines."""
        return any(one.person.own for one in self.lines)

    @property
    def first(self) -> int:
        """The number of the first line, from 1."""
        return (self.page - 1) * LINES + 1

    @property
    def last(self) -> int:
        """The number of the last line; before the first where nobody was picked."""
        return self.first + len(self.lines) + len(self.teams) - 1


def leaf(session: Session, race: RaceView, stage: Stage | None, choice: Choice) -> Leaf | None:
    """Return the page that is asked for of the newest protocol, or of the one of ``stage``.

    None: there is none yet, or the end of the race is veiled from the reader.
    """
    if veiled(race):
        return None
    known = publications(session, race.id)
    publication = next((one for one in known if stage in {None, one.stage}), None)
    if publication is None:
        return None
    whole = brief(session, publication)
    book = _Book(session, race, whole, tuple(classes(session, race.id)))
    pick = _teams if whole.teams else _lines
    page, count, lines, teams = pick(book, choice)
    return Leaf(
        race=race,
        stage=Stage(publication.stage),
        both=len(known) > 1,
        sha256=publication.sha256,
        published_at=publication.published_at,
        classes=book.classes,
        regions=whole.regions,
        team_codes=tuple(str(one["team"]) for one in whole.teams),
        lines=lines,
        teams=teams,
        count=count,
        page=page,
    )


@dataclass(frozen=True)
class _Book:
    """A protocol that is being opened at one page."""

    session: Session
    race: RaceView
    brief: Brief
    classes: tuple[ClassView, ...]

    def named(self, rows: Sequence[Row], *, everybody: bool = False) -> tuple[Line, ...]:
        """Return ``rows`` with their people, asking for no others unless for ``everybody``."""
        viewer = current_member()
        found = people(
            self.session,
            self.race.id,
            viewer.id if viewer else None,
            list(self.classes),
            bibs=None if everybody else {row["bib"] for row in rows},
        )
        return lines_of(rows, found)


_Picked = tuple[int, int, tuple[Line, ...], tuple[TeamLine, ...]]


def _lines(book: _Book, choice: Choice) -> _Picked:
    rows = book.brief.results
    if choice:
        # Who is picked is known of the whole field only.
        taken = [one for one in book.named(rows, everybody=True) if choice.takes(one.person)]
        page, shown = _opened(len(taken))
        return page, len(taken), tuple(taken[shown]), ()
    page, shown = _opened(len(rows))
    return page, len(rows), book.named(rows[shown]), ()


def _teams(book: _Book, choice: Choice) -> _Picked:
    teams = book.brief.teams
    page, shown = _opened(len(teams))
    wanted = teams if choice else teams[shown]
    raced = {(leg["bib"], leg["leg"]) for team in wanted for leg in team["legs"]}
    rows = [row for row in book.brief.results if (row["bib"], row["leg"]) in raced]
    found = teams_of(wanted, book.named(rows, everybody=bool(choice)))
    if not choice:
        return page, len(teams), (), found
    taken = [one for one in found if any(choice.takes(leg.person) for leg in one.legs)]
    page, shown = _opened(len(taken))
    return page, len(taken), (), tuple(taken[shown])


def _opened(count: int) -> tuple[int, slice]:
    """Return the number of the page asked for, and which of ``count`` lines it shows."""
    page = asked.page(count, LINES)
    return page, slice((page - 1) * LINES, page * LINES)
