"""What more processes bring, and what a racer costs in a larger field.

    python -m bench.scale [--processes 1 2 3] [--fields 1000 10211]

First one field is asked for more than one web process can answer, with 1, 2 and 3 web processes
and as many workers: answers a second, and CPU an answer. Then fields of several sizes in one rhythm
(an answer each 15 s) with one web process and two workers: CPU a racer and second, which is to be
flat. A machine of two cores bounds the first by its cores and not by the product: there CPU an
answer says whether a further process would cost more, and only more cores would show it faster.
Each race has a house of its own; peer as in `bench/race.py`, for the largest field.
"""

import argparse
import json
import os
import signal
import sys
import time
from collections.abc import Sequence
from typing import Any

from bench.measured import checked_out
from bench.race_house import enough_files, many_house
from bench.race_report import HEAD, costs, row
from bench.race_run import Asked, Course, Line, peer, run

PROCESSES = (1, 2, 3)
FIELDS = (1_000, 10_211)
EACH_S = 15.0
"""A racer's rhythm in the fields."""
CROWD, RATE = 1_000, 400.0
"""The field that asks for more than one process can do."""
SPECTATORS = 50
FLAT = 1.25
"""A racer of the largest field may cost so much more than one of the smallest."""


def measure(asked: Asked, echo: dict[str, float]) -> Line:
    """Let one race be run in a house of its own."""
    print(f"{asked.racers:,} racers, {asked.rate:.0f}/s, {asked.webs} web: ", end="", flush=True)
    with many_house(webs=asked.webs, workers=asked.workers) as (house, made):
        return run(Course(house=house, made=made, echo=echo), asked)


def racer_ms_per_s(line: Line) -> float:
    """Return what a racer costs: CPU of the house in ms, each second."""
    return 1000 * line.house_cores / line.asked.racers


def processes(counts: Sequence[int], seconds: float, echo: dict[str, float]) -> list[Line]:
    """Measure one field with more and more processes."""
    return [
        measure(
            Asked(
                racers=CROWD,
                rate=RATE,
                seconds=seconds,
                spectators=SPECTATORS,
                webs=count,
                workers=count,
            ),
            echo,
        )
        for count in counts
    ]


def fields(sizes: Sequence[int], seconds: float, echo: dict[str, float]) -> list[Line]:
    """Measure larger and larger fields in one rhythm."""
    return [
        measure(
            Asked(racers=size, rate=size / EACH_S, seconds=seconds, spectators=SPECTATORS), echo
        )
        for size in sizes
    ]


def report(many: Sequence[Line], large: Sequence[Line], took_s: float) -> None:
    """Print the figures; ends with 1 where a racer of a larger field costs too much more."""
    print(f"{HEAD}{'cores':>8}{'CPU ms/answer':>15}{'CPU ms/racer s':>16}")
    for line in (*many, *large):
        ours = f"{line.house_cores:>8.2f}{line.house_ms:>15.2f}{racer_ms_per_s(line):>16.3f}"
        print(row(line) + ours)
        print(" " * 7, costs(line)[0])
    found: dict[str, Any] = {}
    if many:
        found["throughput"] = {
            one.asked.webs: round(one.reached_per_s / many[0].reached_per_s, 3) for one in many
        }
        found["cpu_an_answer"] = {
            one.asked.webs: round(one.house_ms / many[0].house_ms, 3) for one in many
        }
        print(f"beside the first: throughput {found['throughput']}, CPU {found['cpu_an_answer']}")
    flat = True
    if large:
        first = racer_ms_per_s(large[0])
        found["cpu_a_racer"] = {
            one.asked.racers: round(racer_ms_per_s(one) / first, 3) for one in large
        }
        flat = max(found["cpu_a_racer"].values()) <= FLAT
        verdict = "met" if flat else "NOT met"
        print(f"CPU a racer: {found['cpu_a_racer']}, at most {FLAT:.2f}: {verdict}")
    named = checked_out()
    print(f"{os.cpu_count()} cores; commit {named}; {took_s:.0f} s")
    lines = [one.told() for one in (*many, *large)]
    print(json.dumps({"commit": named, "cores": os.cpu_count(), **found, "lines": lines}))
    if not flat:
        raise SystemExit(1)


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--processes", type=int, nargs="*", default=list(PROCESSES))
    parser.add_argument("--fields", type=int, nargs="*", default=list(FIELDS))
    parser.add_argument("--seconds", type=float, default=12.0)
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    largest = max([CROWD, *given.fields])
    enough_files(largest + SPECTATORS)
    began_s = time.monotonic()
    echo = peer(largest, largest / EACH_S)
    many = processes(given.processes, given.seconds, echo)
    large = fields(given.fields, given.seconds, echo)
    report(many, large, time.monotonic() - began_s)


if __name__ == "__main__":
    main()
