"""The figures of `bench/race.py` as a table, limits and JSON."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bench.measured import checked_out
from bench.race_run import Line

ACK_MS = 150.0
BOARD_MS = 500.0
CORES = 1.5


@dataclass(frozen=True, kw_only=True)
class Goal:
    """A figure and the most it may be; no figure is over every limit."""

    what: str
    value: float
    most: float

    @property
    def met(self) -> bool:
        """Whether it is within its limit."""
        return self.value <= self.most and not math.isnan(self.value)

    def told(self) -> str:
        """Return it as a sentence."""
        verdict = "met" if self.met else "NOT met"
        return f"{self.what}: {self.value:,.2f}, at most {self.most:,.2f}: {verdict}"


def goals(line: Line) -> list[Goal]:
    """Return what a race is held against."""
    heard = line.heard
    found = (
        ("answer to acknowledgement, p95, ms", heard["ack"]["p95"], ACK_MS),
        ("answer to 95 % of the boards, p95, ms", heard["board"]["p95"], BOARD_MS),
        ("answers lost", line.lost, 0),
        ("answers doubled", line.doubled, 0),
        ("cores of web, workers, scheduler, Redis, PostgreSQL", line.house_cores, CORES),
    )
    return [Goal(what=what, value=value, most=most) for what, value, most in found]


HEAD = (
    f"{'racers':>7}{'webs':>5}{'asked/s':>9}{'reached':>9}{'lost':>6}{'doubled':>8}"
    f"{'ack p50':>9}{'p95':>7}{'p99':>7}{'board p50':>11}{'p95':>7}{'p99':>7}"
    f"{'window p95':>12}{'>15 s':>7}{'echo p95':>10}{'ratio':>8}"
)


def row(line: Line) -> str:
    """Return a race as a row of the table; times in ms."""
    ack, board = line.heard["ack"], line.heard["board"]
    return (
        f"{line.asked.racers:>7,}{line.asked.webs:>5}{line.asked.rate:>9.0f}"
        f"{line.reached_per_s:>9.1f}{line.lost:>6}{line.doubled:>8}"
        f"{ack['p50']:>9.0f}{ack['p95']:>7.0f}{ack['p99']:>7.0f}"
        f"{board['p50']:>11.0f}{board['p95']:>7.0f}{board['p99']:>7.0f}"
        f"{line.heard['window']['p95']:>12.0f}{line.heard['long']:>7}"
        f"{line.echo['p95']:>10.1f}{line.ratio:>8.1f}"
    )


def costs(line: Line) -> list[str]:
    """Return what a race cost, kind by kind, and what the crowd did meanwhile."""
    kinds = ", ".join(
        f"{kind} {cores:.2f} ({line.ms_per_answer[kind]:.2f} ms, {line.rss_mb[kind]:.0f} MB)"
        for kind, cores in line.cores.items()
    )
    client, heard = line.client, line.heard
    slices = ", ".join(f"{one['p95']:,.0f}" for one in heard["slices"])
    return [
        f"cores (CPU an answer, memory): {kinds}",
        (
            f"together {line.house_cores:.2f} cores, {line.house_ms:.2f} ms an answer;"
            f" beside it {line.others_cores:.2f} of others"
        ),
        (
            f"the crowd: {client['cores']:.2f} cores, {client['us_per_answer']:.0f} µs an answer,"
            f" {client['us_per_frame']:.0f} µs a frame, {client['frames_per_s']:,.0f} frames/s,"
            f" an answer left {client['behind_p95_ms']:.0f} ms after its moment at p95"
        ),
        f"acknowledgement p95 by half minutes, ms: {slices}",
        (
            f"first look p95 {heard['look']['p95']:,.0f} ms;"
            f" boards: {heard['board']['count']:,} passings, the longest"
            f" {heard['board']['worst']:,.0f} ms,"
            f" {heard['leaders']['count']} rows of leaders, {heard['board_missing']} never on 95 %;"
            f" windows: {heard['window']['count']};"
            f" idle {heard['idle']}, refused {heard['refused']}, said again {heard['again']},"
            f" cut off {heard['cut']}"
        ),
    ]


def report(lines: Sequence[Line], took_s: float) -> None:
    """Print the figures; ends with 1 where the last race is over a limit."""
    print(HEAD)
    for one in lines:
        print(row(one))
    for one in lines:
        print(f"{one.asked.racers:,} racers at {one.asked.rate:.0f}/s:", *costs(one), sep="\n  ")
    held = goals(lines[-1])
    for goal in held:
        print(goal.told())
    named = checked_out()
    print(f"commit {named}; {took_s:.0f} s")
    print(json.dumps(as_json(lines, held, named)))
    if not all(goal.met for goal in held):
        raise SystemExit(1)


def as_json(lines: Sequence[Line], held: Sequence[Goal], named: str) -> dict[str, Any]:
    """Return all figures for a program."""
    told = [{"what": one.what, "value": one.value, "most": one.most} for one in held]
    return {"commit": named, "goals": told, "lines": [one.told() for one in lines]}
