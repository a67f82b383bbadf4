"""A race as one audience may see it: its state at the moment it knows, the order, the rows.

The jury's side knows everything at once. The public's side, where the race has a delay or a freeze,
is folded from the facts up to its moment and from no others, so there is nothing to leak.
"""

from collections.abc import Iterable

from psot.standings.following import BEFORE_ANYTHING, Follower
from psot.standings.pictures import Row, Tally, Way, row
from psot.standings.roster import Roster
from psot.standings.ticker import Ticker
from scoring.biathlon import RaceFact
from scoring.biathlon.order import Order
from scoring.biathlon.running import RunningBoard


class Side:
    """What one audience knows of one race."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self._follower = Follower(roster.format, roster.entries)
        self.board = RunningBoard(self._follower.race(BEFORE_ANYTHING, BEFORE_ANYTHING))
        self.ticker = Ticker(self.board)
        self.way = Way(roster.format)
        self.tally = Tally(self.board.crews)
        self.version = 0
        """Grows with everything that changes here."""
        self.rows: list[Row] = [row(one, roster) for one in self.board.crews]
        self.standing = self.board.order()
        """The order by what the audience knows."""
        self.order = self.standing
        """The order as it is shown: the same, but for places that are revealed."""
        self.revealed: frozenset[int] = frozenset()
        """Lines that are shown as they truly stand, while the others are frozen."""
        self.timed: frozenset[int] = frozenset()
        """Lines whose timing points the last look changed."""

    def take(self, facts: Iterable[RaceFact]) -> None:
        """Take in facts, in any order."""
        self._follower.take(facts)

    def look(self, until_ms: int | None, moment_ms: int) -> set[int]:
        """Move on to a moment; returns the numbers of the lines that changed."""
        self.timed = frozenset()
        if not self._follower.due(until_ms, moment_ms):
            return set()
        changed = self.board.update(self._follower.race(until_ms, moment_ms))
        self.timed = frozenset(self.board.timed)
        for number in changed:
            self.rows[number] = row(self.board.crews[number], self.roster)
        self.ticker.update(changed)
        self.tally.update(changed)
        if changed:
            self.version += 1
            self.standing = self.order = self.board.order()
        return changed

    def rename(self, roster: Roster) -> None:
        """Show the same racers by what they are called now."""
        self.roster = roster
        self.rows = [row(one, roster) for one in self.board.crews]
        self.revealed = frozenset()
        self.version += 1

    def reveal(self, true: "Side", hidden: int) -> set[int]:
        """Show everybody behind the first ``hidden`` places as they truly stand.

        The others stay as they are, in their own order. Returns the lines that changed.
        """
        shown = true.order[hidden:]
        here = frozenset(one.crew for one in shown)
        changed = {one for one in here if self.rows[one] is not true.rows[one]}
        for number in changed:
            self.rows[number] = true.rows[number]
        for number in self.revealed - here:
            self.rows[number] = row(self.board.crews[number], self.roster)
            changed.add(number)
        if changed or here != self.revealed:
            self.version += 1
        if here or self.revealed:
            others = (one for one in self.standing if one.crew not in here)
            self.order = Order.of([*others, *shown])
        self.revealed = here
        return changed
