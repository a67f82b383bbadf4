"""Where a race was won: the table of a timing point, times of its parts, and the best of each.

Pure: rows of a protocol in, tables out. Every time is in whole milliseconds.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median_low
from typing import Any, Final

Row = Mapping[str, Any]

PARTS: Final = ("course_ms", "range_ms", "shooting_ms", "loop_ms", "ski_ms")
"""The times of a whole leg that are compared, by their name in a protocol."""
SERIES: Final = ("laps_ms", "ranges_ms", "shootings_ms", "loops_ms")
"""The times of each lap and bout, by their name in a protocol."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """One racer's time in one part, its place there, and whether nobody was faster."""

    ms: int | None
    rank: int | None = None

    @property
    def best(self) -> bool:
        """Whether nobody was faster."""
        return self.rank == 1


@dataclass(frozen=True, kw_only=True)
class PointRow:
    """One racer at a timing point."""

    row: Row
    rank: int | None
    run_ms: int
    behind_ms: int | None


def points(rows: Sequence[Row]) -> list[str]:
    """Return the labels of all timing points that anybody passed, in the order of the course."""
    longest = sorted((one["splits"] for one in rows), key=len, reverse=True)
    found: list[str] = []
    for splits in longest:
        place = 0
        for split in splits:
            label = split["point"]
            if label in found:
                place = found.index(label) + 1
            else:
                found.insert(place, label)
                place += 1
    return found


def at_point(rows: Sequence[Row], label: str) -> list[PointRow]:
    """Return the table of a timing point, the best first; who has no rank there stands last."""
    found = [
        PointRow(row=row, rank=one["rank"], run_ms=one["run_ms"], behind_ms=one["behind_ms"])
        for row in rows
        for one in row["splits"]
        if one["point"] == label
    ]
    return sorted(found, key=lambda one: (one.rank is None, one.rank or 0, one.row["bib"]))


def parts(rows: Sequence[Row]) -> dict[int, dict[str, Part]]:
    """Return each finisher's times of the parts of the leg by bib, with places among finishers.

    Who did not finish has shorter times for not having raced, so nobody is compared with them.
    """
    ended = [row for row in rows if _counts(row)]
    found: dict[int, dict[str, Part]] = {row["bib"]: {} for row in rows}
    for name in PARTS:
        # Who had no loop to ski has no time there, and did not win it.
        ranks = _ranks({row["bib"]: row[name] for row in ended if row[name]})
        for row in rows:
            found[row["bib"]][name] = Part(ms=row[name] or None, rank=ranks.get(row["bib"]))
    return found


def series(rows: Sequence[Row], name: str) -> dict[int, list[Part]]:
    """Return the times of each lap or bout by bib, with places among all who ended it."""
    length = max((len(row[name]) for row in rows), default=0)
    found: dict[int, list[Part]] = {row["bib"]: [] for row in rows}
    for number in range(length):
        known = {
            row["bib"]: row[name][number]
            for row in rows
            if number < len(row[name]) and row[name][number] and row["irm"] != "DSQ"
        }
        ranks = _ranks(known)
        for row in rows:
            bib = row["bib"]
            value = row[name][number] if number < len(row[name]) else None
            found[bib].append(Part(ms=value or None, rank=ranks.get(bib)))
    return found


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A racer at one point beside the best, the median and the region's best (the own included)."""

    point: str
    run_ms: int
    rank: int | None
    best_ms: int | None
    median_ms: int | None
    region_ms: int | None


def compared(own: Row, rows: Sequence[Row], region_bibs: frozenset[int]) -> list[Compared]:
    """Return the splits of ``own`` beside those of everybody on the same leg."""
    everybody: dict[str, list[int]] = {}
    region: dict[str, list[int]] = {}
    for row in rows:
        if row["leg"] != own["leg"] or row["irm"] == "DSQ":
            continue
        for one in row["splits"]:
            everybody.setdefault(one["point"], []).append(one["run_ms"])
            if row["bib"] in region_bibs:
                region.setdefault(one["point"], []).append(one["run_ms"])
    return [
        Compared(
            point=one["point"],
            run_ms=one["run_ms"],
            rank=one["rank"],
            best_ms=min(everybody.get(one["point"], []), default=None),
            median_ms=_median(everybody.get(one["point"], [])),
            region_ms=min(region.get(one["point"], []), default=None),
        )
        for one in own["splits"]
    ]


def _median(values: Sequence[int]) -> int | None:
    return median_low(values) if values else None


def _counts(row: Row) -> bool:
    return row["irm"] is None and row["total_ms"] is not None


def _ranks(values: Mapping[int, int]) -> dict[int, int]:
    ordered = sorted(values.values())
    return {bib: bisect_left(ordered, ms) + 1 for bib, ms in values.items()}
