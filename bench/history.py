"""The same race on a ledger with no, a million and ten million older facts.

    python -m bench.history [--facts 0 1000000] [--racers 1000] [--rate 66] [--seconds 36]

    python -m bench.history --facts 0 10000000 --seconds 12

Ten million take two minutes to put there, so they are a run of their own.

Each race has a house of its own. Older facts are those of other races, delivered and logged: what
a year of races leaves behind. No figure is to grow by more than 10 % beside the race on the
smallest ledger, the peer, which is run first and last: a machine that grows slower does so for all.
Times on a busy machine scatter by more than that: CPU an answer is the figure to go by.
"""

import argparse
import json
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from bench.history_facts import older
from bench.measured import checked_out
from bench.race_house import enough_files, many_house
from bench.race_report import HEAD, costs, row
from bench.race_run import Asked, Course, Line, peer, run

FACTS = (0, 1_000_000)
LIMIT = 1.10


@dataclass(frozen=True, kw_only=True)
class Past:
    """Races on a ledger with so many older facts; the figures are medians of the rounds."""

    facts: int
    lines: Sequence[Line]

    @property
    def figures(self) -> dict[str, float]:
        """What must not grow, by name."""
        found = {
            "ack p50 ms": [one.heard["ack"]["p50"] for one in self.lines],
            "ack p95 ms": [one.heard["ack"]["p95"] for one in self.lines],
            "board p50 ms": [one.heard["board"]["p50"] for one in self.lines],
            "board p95 ms": [one.heard["board"]["p95"] for one in self.lines],
            "CPU ms/answer": [one.house_ms for one in self.lines],
            "database ms/answer": [one.ms_per_answer["postgres"] for one in self.lines],
        }
        return {name: median(values) for name, values in found.items()}


def growth(first: Mapping[str, float], later: Mapping[str, float]) -> dict[str, float]:
    """Return by how much each figure is larger than at first, as a ratio.

    >>> growth({"a": 2.0, "b": 4.0}, {"a": 3.0, "b": 4.0})
    {'a': 1.5, 'b': 1.0}
    """
    return {name: later[name] / first[name] for name in first}


def measure(facts: int, asked: Asked, echo: dict[str, float]) -> Line:
    """Let the race be run on a ledger with so many older facts."""
    with many_house(webs=asked.webs, workers=asked.workers) as (house, made):
        took_s = older(made, facts)
        print(f"{facts:,} older facts after {took_s:.0f} s", flush=True)
        return run(Course(house=house, made=made, echo=echo), asked)


def report(pasts: Sequence[Past], took_s: float) -> None:
    """Print the figures; ends with 1 where one grew too much."""
    print(f"{'older facts':>12} {HEAD}")
    for past in pasts:
        for line in past.lines:
            print(f"{past.facts:>12,} {row(line)}")
            print(" " * 12, costs(line)[0])
    first = pasts[0].figures
    names = list(first)
    print(f"{'older facts':>12}" + "".join(f"{name:>20}" for name in names))
    found: list[dict[str, Any]] = []
    for past in pasts:
        here, grown = past.figures, growth(first, past.figures)
        told = "".join(f"{here[name]:>12.2f} ({grown[name]:.2f})" for name in names)
        print(f"{past.facts:>12,}{told}")
        lines = [one.told() for one in past.lines]
        found.append({"facts": past.facts, "figures": here, "growth": grown, "lines": lines})
    over = sorted({name for one in found for name in names if not one["growth"][name] <= LIMIT})
    named = checked_out()
    print(f"growth at most {LIMIT:.2f}: {'NOT met by ' + ', '.join(over) if over else 'met'}")
    print(f"commit {named}; {took_s:.0f} s")
    print(json.dumps({"commit": named, "limit": LIMIT, "over": over, "pasts": found}))
    if over:
        raise SystemExit(1)


def main() -> None:
    """Measure every ledger and report."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--facts", type=int, nargs="+", default=list(FACTS))
    parser.add_argument("--racers", type=int, default=1000)
    parser.add_argument("--rate", type=float, default=66.0)
    parser.add_argument("--seconds", type=float, default=36.0)
    parser.add_argument("--spectators", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=1)
    given = vars(parser.parse_args())
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    facts, rounds = given.pop("facts"), given.pop("rounds")
    asked = Asked(**given)
    enough_files(asked.racers + asked.spectators)
    began_s = time.monotonic()
    echo = peer(asked.racers, asked.rate)
    # By turns, and the peer last as well as first: what else goes on falls on all alike.
    lines: dict[int, list[Line]] = {count: [] for count in facts}
    for count in [*facts * rounds, facts[0]]:
        lines[count].append(measure(count, asked, echo))
    report([Past(facts=count, lines=lines[count]) for count in facts], time.monotonic() - began_s)


if __name__ == "__main__":
    main()
