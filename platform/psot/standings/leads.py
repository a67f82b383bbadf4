"""Who passed a timing point, and who took the lead there; each passing costs O(log n)."""

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scoring.biathlon import tenths


class Passed(NamedTuple):
    """When a crew passed a point, what is compared there, and who of the crew it was."""

    t_ms: int
    value: int
    bib: int


class Passings:
    """The passings of one timing point by crew."""

    def __init__(self) -> None:
        self.of_crew: dict[int, Passed] = {}
        self._by_time: list[tuple[int, int]] = []
        self._by_value: list[tuple[int, int]] = []
        self._all: list[Passed] = []
        self._leads: list[Passed] = []

    def change(self, crew: int, now: Passed | None) -> bool:
        """Put ``now`` in place of what ``crew`` had, None for nothing; whether that is new."""
        before = self.of_crew.pop(crew, None)
        if now is not None:
            self.of_crew[crew] = now
        if now == before:
            return False
        if before is not None:
            del self._by_time[bisect_left(self._by_time, (before.t_ms, crew))]
            del self._by_value[bisect_left(self._by_value, (before.value, crew))]
            self._remove(before)
        if now is not None:
            insort(self._by_time, (now.t_ms, crew))
            insort(self._by_value, (now.value, crew))
            self._insert(now)
        return True

    def first(self) -> tuple[int, Passed]:
        """Return who passed first, and when."""
        crew = self._by_time[0][1]
        return crew, self.of_crew[crew]

    def best(self, most: int) -> Iterator[tuple[int, Passed]]:
        """Give the best crews, at most so many."""
        for _, crew in self._by_value[:most]:
            yield crew, self.of_crew[crew]

    @property
    def leads(self) -> Sequence[Passed]:
        """Whoever was faster than everybody before, in the order of time; the first was alone."""
        return self._leads[1:]

    def _insert(self, one: Passed) -> None:
        insort(self._all, one)
        at = bisect_left(self._leads, one)
        if at and not _faster(one, self._leads[at - 1]):
            return
        end = at
        while end < len(self._leads) and not _faster(self._leads[end], one):
            end += 1
        self._leads[at:end] = [one]

    def _remove(self, one: Passed) -> None:
        place = bisect_left(self._all, one)
        del self._all[place]
        at = bisect_left(self._leads, one)
        if self._leads[at : at + 1] != [one]:
            return
        # Those between this lead and the next may have led, had this one not been.
        del self._leads[at]
        until = self._leads[at] if at < len(self._leads) else None
        for other in self._all[place:]:
            if until is not None and other >= until:
                return
            if at == 0 or _faster(other, self._leads[at - 1]):
                self._leads.insert(at, other)
                at += 1


def _faster(one: Passed, other: Passed) -> bool:
    return tenths(one.value) < tenths(other.value)
