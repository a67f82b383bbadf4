"""The ticker: what happened, told from the state of a race and so from its log alone.

Whenever and in however many steps the log was read, the same moments are told in the same order.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from typing import Any, Final, NamedTuple

from psot.standings.leads import Passed, Passings
from psot.standings.roster import Roster
from scoring.biathlon import IRM, Mark, Point, Racer, StartKind, State, tenths
from scoring.biathlon.live import Stage
from scoring.biathlon.running import Crew, RunningBoard
from scoring.biathlon.splits import by_clock

LAST: Final = 20
"""Events that are shown."""

KINDS: Final = (
    "started",
    "fell",
    "clean_shooting",
    "penalty",
    "new_leader",
    "exchange",
    "finished",
    "irm",
)
"""What may happen, in the order in which it is told where moments are equal."""

_KIND: Final = {name: number for number, name in enumerate(KINDS)}

LEADING_AT: Final = frozenset(Mark) - {Mark.STATION}
"""Points at which a new leader is told; at every station would be too often."""


_END: Final = Mark.FINISH


class Event(NamedTuple):
    """One event; ``n`` counts misses, ``word`` is a point or a mark."""

    t_ms: int
    kind: int
    bib: int
    n: int
    word: str


class Ticker:
    """What happened to the racers of one followed board."""

    def __init__(self, board: RunningBoard) -> None:
        self._board = board
        self._of_crew: dict[int, set[Event]] = {}
        self._of_stage: dict[Stage, set[Event]] = {}
        self._of: dict[int, dict[Stage, Passed]] = {}
        self._passed: dict[Stage, Passings] = {}
        # Everybody's finish: by crew the moment and what is compared; by moment; by tenths.
        self._finishes: dict[int, tuple[int, int]] = {}
        self._by_moment: list[tuple[int, int]] = []
        self._by_tenths: list[int] = []
        self._events: list[Event] = []
        # Where all start at once, a start is no news.
        self._starts = board.format.start.kind in (StartKind.SINGLE, StartKind.PURSUIT)

    @property
    def passed(self) -> Mapping[Stage, Passings]:
        """Who passed a point, stations left out."""
        return self._passed

    def update(self, crews: Iterable[int]) -> None:
        """Take in that ``crews`` changed, some of them at the board's timing points."""
        touched: set[Stage] = set()
        for number in crews:
            crew = self._board.crews[number]
            self._change(
                self._of_crew.get(number, set()), now := set(events(crew, starts=self._starts))
            )
            self._of_crew[number] = now
            if number in self._board.timed:
                touched |= self._note(number, crew)
        if by_clock(self._board.format) and touched:
            touched |= {stage for stage in self._passed if stage >= min(touched)}
        firsts = self._firsts() if by_clock(self._board.format) else {}
        for stage in touched:
            by_time = by_clock(self._board.format)
            leads = firsts.get(stage, ()) if by_time else self._passed[stage].leads
            now = {
                Event(one.t_ms, _KIND["new_leader"], one.bib, 1, stage[1].label) for one in leads
            }
            self._change(self._of_stage.get(stage, set()), now)
            self._of_stage[stage] = now

    def rows(self, roster: Roster) -> dict[str, dict[str, Any]]:
        """Return the last events by their number, counted from the first of the race."""
        first = max(0, len(self._events) - LAST)
        return {
            str(number): self._row(one, roster)
            for number, one in enumerate(self._events[first:], first + 1)
        }

    def _row(self, one: Event, roster: Roster) -> dict[str, Any]:
        kind = KINDS[one.kind]
        place = self._place(one) if kind == "finished" else one.n
        told = {"t_ms": one.t_ms, "kind": kind, **roster.named(one.bib), "n": place}
        return told | ({"word": one.word} if one.word else {})

    def _place(self, one: Event) -> int:
        """Return the place among those who had finished by then.

        Of the last events few finishes are later, so this costs O(log n).
        """
        later = self._by_moment[bisect_right(self._by_moment, one.t_ms, key=itemgetter(0)) :]
        better = sum(tenths(value) < tenths(one.n) for _, value in later)
        return 1 + bisect_left(self._by_tenths, tenths(one.n)) - better

    def _note(self, number: int, crew: Crew) -> set[Stage]:
        """Write down when the crew passed which point; returns the stages that changed."""
        now = {
            (racer.entry.leg, point): Passed(passing.t_ms, value, racer.entry.bib)
            for racer in crew.racers
            for point, passing in racer.passed.items()
            if point.mark in LEADING_AT
            and (value := crew.splits.get((racer.entry.leg, point))) is not None
        }
        touched = {stage for stage, _ in self._of.get(number, {}).items() ^ now.items()}
        for stage in touched:
            self._passed.setdefault(stage, Passings()).change(number, now.get(stage))
        self._of[number] = now
        ends = [(one.t_ms, one.value) for (_, point), one in now.items() if point.mark is _END]
        self._finish(number, ends[-1] if ends else None)
        return touched

    def _finish(self, number: int, now: tuple[int, int] | None) -> None:
        before = self._finishes.pop(number, None)
        if before is not None:
            del self._by_moment[bisect_left(self._by_moment, before)]
            del self._by_tenths[bisect_left(self._by_tenths, tenths(before[1]))]
        if now is not None:
            self._finishes[number] = now
            insort(self._by_moment, now)
            insort(self._by_tenths, tenths(now[1]))

    def _firsts(self) -> dict[Stage, list[Passed]]:
        """Return who took the lead at a point where the clock decides.

        That is who is first there, unless the same was first at the point before.
        """
        found: dict[Stage, list[Passed]] = {}
        before: int | None = None
        for stage in sorted(one for one, there in self._passed.items() if there.of_crew):
            crew, passed = self._passed[stage].first()
            found[stage] = [] if crew == before else [passed]
            before = crew
        return found

    def _change(self, before: set[Event], after: set[Event]) -> None:
        for one in before - after:
            del self._events[bisect_left(self._events, one)]
        for one in after - before:
            insort(self._events, one)


def events(crew: Crew, *, starts: bool) -> Iterator[Event]:
    """Tell what happened to a crew by itself; ``starts``: with its start."""
    for racer in crew.racers:
        yield from _events(racer, crew, starts=starts)


def _events(racer: Racer, crew: Crew, *, starts: bool) -> Iterator[Event]:
    bib = racer.entry.bib
    started = starts and racer.state not in (State.LINE, State.DNS)
    if started and racer.entry.leg == 1 and racer.start_ms is not None:
        yield Event(racer.start_ms, _KIND["started"], bib, 0, "")
    for fell_ms in racer.fell_ms:
        yield Event(fell_ms, _KIND["fell"], bib, 0, "")
    for bout in racer.bouts:
        if bout.exit_ms is not None and not bout.left_early:
            kind = "penalty" if bout.misses else "clean_shooting"
            yield Event(bout.exit_ms, _KIND[kind], bib, bout.misses, "")
    if racer.leg_end_ms is not None:
        finish = crew.splits.get((racer.entry.leg, Point(racer.course.laps, Mark.FINISH)))
        if finish is not None:
            yield Event(racer.leg_end_ms, _KIND["finished"], bib, finish, "")
        elif not racer.course.last_leg:
            yield Event(racer.leg_end_ms, _KIND["exchange"], bib, racer.entry.leg + 1, "")
    if racer.state in IRM and racer.out_ms is not None:
        yield Event(racer.out_ms, _KIND["irm"], bib, 0, racer.state.value)
