"""The log of a race, read as far as it has come, and the book that is made of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, cast
from uuid import UUID

import structlog
from sqlalchemy import text
from sqlalchemy.orm import Session

import events
from psot import compact
from psot.races.values import RaceView
from scoring.biathlon import Book, Entry, Impossible, Race, RaceFact

_log = structlog.get_logger()

_ENDS = text(
    """
    SELECT asked.race,
           (SELECT n FROM race_log l WHERE l.race = asked.race ORDER BY n LIMIT 1) AS first,
           (SELECT n FROM race_log l WHERE l.race = asked.race ORDER BY n DESC LIMIT 1) AS last
    FROM unnest(CAST(:races AS uuid[])) AS asked (race)
    """
)
# One JSON for many facts: to read a hundred thousand small ones takes four times as long.
_AFTER = text(
    """
    SELECT max(n) AS last,
           '[' || string_agg('[' || to_json(type) || ',' || CAST(fact AS text) || ']', ','
                             ORDER BY n) || ']' AS facts
    FROM (SELECT n, type, fact FROM race_log WHERE race = :race AND n > :after
          ORDER BY n LIMIT :most) AS part
    """
)
AT_ONCE: Final = 20_000
"""Facts that are read by one statement."""


@dataclass(frozen=True, kw_only=True)
class Ends:
    """The first and the last ``n`` of a race's log, 0 where it is empty.

    Another ``first`` than before says that the log was written anew.
    """

    first: int = 0
    last: int = 0


def ends(session: Session, races: Iterable[UUID]) -> dict[UUID, Ends]:
    """Return how far the log of each race has come."""
    asked = list(races)
    rows = session.execute(_ENDS, {"races": asked}).all() if asked else ()
    return {row.race: Ends(first=row.first or 0, last=row.last or 0) for row in rows}


def after(session: Session, race: UUID, n: int = 0) -> tuple[list[RaceFact], int]:
    """Return the facts that came after ``n``, and the ``n`` of the last of them."""
    facts: list[RaceFact] = []
    while True:
        row = session.execute(_AFTER, {"race": race, "after": n, "most": AT_ONCE}).one()
        if row.last is None:
            return facts, n
        n = row.last
        told = compact.loads(row.facts)
        facts += [cast("RaceFact", events.recall(name, fact)) for name, fact in told]
        if len(told) < AT_ONCE:
            return facts, n


def book_of(view: RaceView, entries: Iterable[Entry], facts: Iterable[RaceFact]) -> Book:
    """Return the book of ``facts``; what cannot have happened is told and left out."""
    book = Book(view.rules, tuple(entries))
    known = {one.bib for one in book.entries}
    book.add(one for one in facts if on_the_list(one, known))
    settled(book)
    return book


def on_the_list(fact: RaceFact, bibs: set[int]) -> bool:
    """Tell whether a fact can be anybody's; one of a bib that nobody wears is told and refused."""
    bib = getattr(fact, "bib", None)
    if bib is None or bib in bibs:
        return True
    _log.warning("race_fact_of_nobody", race=str(fact.race), bib=bib, fact=fact.type)
    return False


def settled(book: Book, until_ms: int | None = None) -> tuple[Race, list[RaceFact]]:
    """Return the race in ``book``, and the facts that were left out of it as impossible.

    A fact that came before the one it follows is impossible until that one is here, so whoever
    follows a race offers it again.
    """
    refused: list[RaceFact] = []
    while True:
        try:
            return book.race(until_ms), refused
        except Impossible as error:
            book.leave_out(error.fact)
            refused.append(error.fact)
            _log.warning(
                "race_fact_impossible",
                race=str(error.fact.race),
                bib=error.fact.bib,
                fact=error.fact.type,
                t_ms=error.fact.t_ms,
                why=error.why,
            )
