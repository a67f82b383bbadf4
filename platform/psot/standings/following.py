"""A race followed to a moment that only moves on: facts wait until their moment has come.

Nobody's start, and no fact, is known before the moment reaches it; so a board made of this state
cannot tell what its readers may not know yet. The state equals `scoring.biathlon.replay` to the
same moment, but only who moved is counted again.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import compress, count
from operator import is_not
from typing import Final, cast

from psot.standings.log import on_the_list, settled
from scoring.biathlon import Book, Entry, Format, Race, RaceFact, Racer, State

BEFORE_ANYTHING: Final = -(10**12)
"""A moment before every start."""


class Follower:
    """The race of one start list, as it stands at the moment last asked for."""

    def __init__(self, format_: Format, entries: Sequence[Entry]) -> None:
        self._book = Book(format_, entries)
        self._bibs = {one.bib for one in entries}
        # Facts whose moment has not come, by moment and then by arrival.
        self._waiting: list[RaceFact] = []
        self._refused: list[RaceFact] = []
        self._race: Race | None = None
        self._base: tuple[Racer | None, ...] = (None,) * len(entries)
        self._shown: list[Racer | None] = [None] * len(entries)
        # Who has not started, by place on the list, and when they do, the last first.
        self._unstarted = {place for place, one in enumerate(entries) if one.leg == 1}
        self._starts = sorted(
            ((one.start_ms, place) for place, one in enumerate(entries) if one.leg == 1),
            reverse=True,
        )

    def take(self, facts: Iterable[RaceFact]) -> None:
        """Take in facts, in any order; each counts once its moment is reached."""
        self._waiting += [one for one in facts if on_the_list(one, self._bibs)]
        self._waiting.sort(key=_moment)

    def due(self, until_ms: int | None, moment_ms: int) -> bool:
        """Tell whether the race looks another way at that moment than when it was last told."""
        fact = bool(self._waiting) and (until_ms is None or self._waiting[0].t_ms <= until_ms)
        start = bool(self._starts) and self._starts[-1][0] <= moment_ms
        return fact or start or self._race is None

    def race(self, until_ms: int | None, moment_ms: int) -> Race:
        """Return the race with all facts up to ``until_ms`` (None: all known) at ``moment_ms``.

        Neither may go back. What cannot have happened is left out, and offered again whenever
        something else comes.
        """
        if not self.due(until_ms, moment_ms) and self._race is not None:
            return self._race
        come = len(self._waiting)
        if until_ms is not None:
            come = bisect_right(self._waiting, until_ms, key=_moment)
        if come:
            self._book.add([*self._refused, *self._waiting[:come]])
            self._refused.clear()
            del self._waiting[:come]
        race, refused = settled(self._book)
        self._refused += refused
        started = set()
        while self._starts and self._starts[-1][0] <= moment_ms:
            started.add(self._starts.pop()[1])
        self._unstarted -= started
        self._race = self._with_line(race, started)
        return self._race

    def _with_line(self, race: Race, started: set[int]) -> Race:
        """Let those wait on the line whose start is still to come; only who moved is looked at."""
        for place in started.union(compress(count(), map(is_not, self._base, race.racers))):
            one = race.racers[place]
            waits = place in self._unstarted and not one.seen and one.irm is None
            self._shown[place] = replace(one, state=State.LINE) if waits else one
        self._base = race.racers
        return Race(format=race.format, racers=tuple(cast("list[Racer]", self._shown)))


def _moment(fact: RaceFact) -> int:
    return fact.t_ms
