"""What a crowd heard and when, and the figures of it: all moments are of the monotonic clock."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.crowd_passed import SHARE, Passed

Key = tuple[int, str]
"""A racer's bib and a point of the course."""

LONG_MS = 15_000.0
"""Longer than the product's own bots wait."""


def cuts(times_ms: Collection[float]) -> dict[str, float]:
    """Return count, p50, p95, p99 and the longest of some times; NaN where there are none.

    >>> cuts([4.0, 1.0, 2.0])
    {'count': 3, 'p50': 2.0, 'p95': 4.0, 'p99': 4.0, 'worst': 4.0}
    """
    ordered = sorted(times_ms)
    told = {name: quantile(ordered, share) for name, share in _CUTS}
    return {"count": len(ordered), **told, "worst": ordered[-1] if ordered else math.nan}


_CUTS = (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))


def quantile(ordered: Sequence[float], share: float) -> float:
    """Return the least of ``ordered`` that at least ``share`` of them do not exceed.

    >>> quantile([1, 2, 3, 4], 0.5), quantile([1, 2, 3, 4], 0.51)
    (2, 3)
    """
    return ordered[math.ceil(share * len(ordered)) - 1] if ordered else math.nan


def points_of(rows: Iterable[Mapping[str, Any]]) -> list[Key]:
    """Return what rows of a board say: who has passed which point last."""
    return [
        (row["bib"], row["point"])
        for row in rows
        if row.get("point") and row.get("bib") is not None
    ]


@dataclass(slots=True)
class Boards:
    """When each point first came to each of ``watchers``."""

    watchers: int = 0
    seen: dict[Key, dict[int, float]] = field(default_factory=dict)

    def fresh(self, keys: Iterable[Key]) -> list[dict[int, float]]:
        """Return where to note the points of a message that not everybody has."""
        found = [self.seen.setdefault(key, {}) for key in keys]
        return [one for one in found if len(one) < self.watchers]

    def times_ms(self, sent_s: Mapping[Key, float]) -> tuple[list[float], int]:
        """Return how long each point took to `SHARE` of the watchers, and how many never did."""
        need = math.ceil(SHARE * self.watchers)
        taken, missing = [], 0
        for key, moments in self.seen.items():
            if key not in sent_s:
                continue
            if len(moments) < need:
                missing += 1
                continue
            taken.append(1000 * (sorted(moments.values())[need - 1] - sent_s[key]))
        return taken, missing


@dataclass(slots=True)
class Heard:
    """Everything that is measured of one race."""

    boards: Boards = field(default_factory=Boards)
    """The rows of the leaders: whoever comes among them later counts from their own passing."""
    course: Passed = field(default_factory=Passed)
    """The picture of the course, which counts everybody."""
    acks: list[tuple[float, float]] = field(default_factory=list)
    """When each acknowledged answer was first sent, and how long it took, in ms."""
    late_ms: list[float] = field(default_factory=list)
    """How long after its moment each answer left: what the crowd itself was behind."""
    looks_ms: list[float] = field(default_factory=list)
    windows_ms: list[float] = field(default_factory=list)
    sent_s: dict[Key, float] = field(default_factory=dict)
    acknowledged: Counter[int] = field(default_factory=Counter)
    """How many answers of each bib stand, as far as the racer was told."""
    repeated: int = 0
    echoes: int = 0
    echoed: int = 0
    idle: int = 0
    """Moments at which a racer had nothing to answer."""
    refused: Counter[str] = field(default_factory=Counter)
    again: int = 0
    """Calls sent once more, after a connection or a refusal that passes."""

    def answered(self, bib: int, sent_s: float, now_s: float, *, repeated: bool) -> None:
        """Note an acknowledged answer."""
        self.acks.append((sent_s, 1000 * (now_s - sent_s)))
        self.acknowledged[bib] += 1
        self.repeated += repeated

    def told(self) -> dict[str, Any]:
        """Return all figures."""
        acks_ms = [took for _, took in self.acks]
        leaders_ms, unseen = self.boards.times_ms(self.sent_s)
        boards_ms, missing = self.course.times_ms()
        began_s = min((sent for sent, _ in self.acks), default=0.0)
        ended_s = max((sent + took_ms / 1000 for sent, took_ms in self.acks), default=0.0)
        return {
            "span_s": ended_s - began_s,
            "ack": cuts(acks_ms),
            "slices": slices(self.acks, began_s),
            "long": sum(one > LONG_MS for one in acks_ms),
            "look": cuts(self.looks_ms),
            "board": cuts(boards_ms),
            "board_missing": missing + unseen,
            "leaders": cuts(leaders_ms),
            "window": cuts(self.windows_ms),
            "late": cuts(self.late_ms),
            "echoes": [self.echoes, self.echoed],
            "idle": self.idle,
            "refused": dict(self.refused),
            "again": self.again,
            "repeated": self.repeated,
        }


SLICE_S = 30.0


def slices(acks: Sequence[tuple[float, float]], began_s: float) -> list[dict[str, float]]:
    """Return the figures of each half minute.

    >>> [(one["count"], one["p95"]) for one in slices([(0, 5.0), (31, 7.0), (32, 9.0)], 0)]
    [(1, 5.0), (2, 9.0)]
    """
    found: dict[int, list[float]] = {}
    for sent_s, took_ms in acks:
        found.setdefault(int((sent_s - began_s) / SLICE_S), []).append(took_ms)
    return [cuts(found[nth]) for nth in sorted(found)]
