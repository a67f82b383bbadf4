"""Watched time that is counted honestly: what was played, what of it counts, and when.

Media time and real time are whole milliseconds. Three rules, each a function of values:

* `meter`: nobody watches more than the time that passes, times the speed allowed. One member has
  one clock, however many tabs and devices play.
* `spans`: a second of a recording counts once a season, so what is kept is a union.
* `attention`: what was watched waits for its check, and counts while at least three quarters of
  the checks of that recording are answered.

`segments` is how the xAPI video profile writes what was played.
"""

from scoring.watch.attention import (
    Account,
    Pace,
    Settled,
    Sheet,
    account,
    ask,
    closing_due,
    covered_permille,
    fresh_pace,
    settle,
    watch,
)
from scoring.watch.meter import Meter, Spent, accrued, spend, started
from scoring.watch.parameters import WATCHING, Parameters
from scoring.watch.segments import BadSegments, read_segments, write_segments
from scoring.watch.spans import Span, Spans, clip, common, length_ms, minus, union

__all__ = [
    "WATCHING",
    "Account",
    "BadSegments",
    "Meter",
    "Pace",
    "Parameters",
    "Settled",
    "Sheet",
    "Span",
    "Spans",
    "Spent",
    "account",
    "accrued",
    "ask",
    "clip",
    "closing_due",
    "common",
    "covered_permille",
    "fresh_pace",
    "length_ms",
    "minus",
    "read_segments",
    "settle",
    "spend",
    "started",
    "union",
    "watch",
    "write_segments",
]
