"""Figures of `bench/content.py`, each with its ratio to a peer's."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from statistics import quantiles
from typing import Any

from bench.measured import checked_out

GOAL_MS = 50.0
"""A topic page at p95, on a quiet machine."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """How long something took, and its ratio to a peer's time in the same run."""

    what: str
    seconds: float
    per_s: float
    peer: str
    ratio: float


@dataclass(frozen=True, kw_only=True)
class Times:
    """Times of one thing in ms, its median in those of a peer, and statements it sends."""

    what: str
    count: int
    p50: float
    p95: float
    p99: float
    peer: str = ""
    ratio: float = 1.0
    statements: int | None = None


def times_of(what: str, times_s: Sequence[float], **other: Any) -> Times:
    """Return the figures of ``times_s``."""
    cuts = [one * 1000 for one in quantiles(times_s, n=100)]
    return Times(what=what, count=len(times_s), p50=cuts[49], p95=cuts[94], p99=cuts[98], **other)


def beside(mine: Times, name: str, peer: Times) -> Times:
    """Return ``mine`` with the ratio of its median to that of ``peer``."""
    return replace(mine, peer=name, ratio=mine.p50 / peer.p50)


def taken_s(act: Callable[[], object]) -> float:
    """Return how long ``act`` takes, in s."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def report(steps: list[Step], found: list[Times], shown: list[Times]) -> None:
    """Print a table of everything, and the same as JSON."""
    print(f"\n{'loading':<32}{'s':>9}{'questions/s':>13}{'ratio':>8}  to")
    for one in steps:
        print(f"{one.what:<32}{one.seconds:>9.2f}{one.per_s:>13,.0f}{one.ratio:>8.1f}  {one.peer}")
    for title, lines in (("searching", found), ("pages", shown)):
        print(f"\n{title:<36}{'count':>6}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'ratio':>7}  to")
        for line in lines:
            sent = "" if line.statements is None else f", {line.statements} statements"
            print(
                f"{line.what:<36}{line.count:>6}{line.p50:>9.2f}{line.p95:>9.2f}{line.p99:>9.2f}"
                f"{line.ratio:>7.1f}  {line.peer}{sent}"
            )
    commit = checked_out()
    print(f"\ngoal of a topic page: {GOAL_MS:.0f} ms at p95 on a quiet machine; commit {commit}")
    told = {"loading": steps, "searching": found, "pages": shown}
    figures = {name: [asdict(one) for one in lines] for name, lines in told.items()}  # type: ignore[attr-defined]
    print(json.dumps({"commit": commit, "goal_ms": GOAL_MS, **figures}, ensure_ascii=False))
