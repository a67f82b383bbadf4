"""A race followed to a moment that only moves on: facts wait until their moment has come.

Nobody's start, and no fact, is known before the moment reaches it; so a board made of this state
cannot tell what its readers may not know yet. The state equals `scoring.biathlon.replay` to the
same moment, but only who moved is counted again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from heapq import heappop, heappush
from itertools import count
from typing import Final

from psot.standings.log import on_the_list, settled
from scoring.biathlon import Book, Entry, Format, Race, RaceFact, Racer, State

BEFORE_ANYTHING: Final = -(10**12)
"""A moment before every start."""


class Follower:
    """The race of one start list, as it stands at the moment last asked for."""

    def __init__(self, format_: Format, entries: Sequence[Entry]) -> None:
        self._book = Book(format_, entries)
        self._bibs = {one.bib for one in entries}
        self._waiting: list[tuple[int, int, RaceFact]] = []
        self._numbers = count()
        self._refused: list[RaceFact] = []
        self._race: Race | None = None
        # Who has not started: the racer's place on the list, and the racer as waiting on the line.
        self._unstarted: dict[int, Racer | None] = {
            place: None for place, one in enumerate(entries) if one.leg == 1
        }
        self._starts = sorted(
            (one.start_ms, place) for place, one in enumerate(entries) if one.leg == 1
        )

    def take(self, facts: Iterable[RaceFact]) -> None:
        """Take in facts, in any order; each counts once its moment is reached."""
        for fact in facts:
            if on_the_list(fact, self._bibs):
                heappush(self._waiting, (fact.t_ms, next(self._numbers), fact))

    def due(self, until_ms: int | None, moment_ms: int) -> bool:
        """Tell whether the race looks another way at that moment than when it was last told."""
        fact = bool(self._waiting) and (until_ms is None or self._waiting[0][0] <= until_ms)
        start = bool(self._starts) and self._starts[0][0] <= moment_ms
        return fact or start or self._race is None

    def race(self, until_ms: int | None, moment_ms: int) -> Race:
        """Return the race with all facts up to ``until_ms`` (None: all known) at ``moment_ms``.

        Neither may go back. What cannot have happened is left out, and offered again whenever
        something else comes.
        """
        if not self.due(until_ms, moment_ms) and self._race is not None:
            return self._race
        ready = []
        while self._waiting and (until_ms is None or self._waiting[0][0] <= until_ms):
            ready.append(heappop(self._waiting)[2])
        if ready:
            self._book.add([*self._refused, *ready])
            self._refused.clear()
        race, refused = settled(self._book)
        self._refused += refused
        while self._starts and self._starts[0][0] <= moment_ms:
            self._unstarted.pop(self._starts.pop(0)[1], None)
        self._race = self._with_line(race)
        return self._race

    def _with_line(self, race: Race) -> Race:
        """Let those wait on the line whose start is still to come."""
        if not self._unstarted:
            return race
        racers = list(race.racers)
        for place, known in self._unstarted.items():
            one = racers[place]
            if one.seen or one.irm is not None:
                continue
            if known is None or known.adjust_ms != one.adjust_ms:
                self._unstarted[place] = replace(one, state=State.LINE)
            racers[place] = self._unstarted[place] or one
        return Race(format=race.format, racers=tuple(racers))
