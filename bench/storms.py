"""Everybody at once: entering, coming back, starting, reading the protocol.

    python -m bench.storms [--racers 10211] [--storms enter reconnect start protocol crush members]

One house of its own (`bench/race_house.py`), one field, one storm after the other:

* ``enter``: everybody within 60 s: the seat, with the ticket that comes along, over HTTP (with
  ``--pages`` the page before it), a socket with the own window open;
* ``reconnect``: half of the sockets dropped at once and back, as fast as they are let in;
* ``start``: everybody's first look within one second of the race's zero;
* ``protocol``: as many visitors open the protocol within 10 s; ``crush``: in one moment;
* ``members``: every racer, signed in, opens it within 60 s.

During each a light page (/healthz) and a hot one (the race's) are asked for five times a second
each: p95 is to stay within 1 s, and nothing is to be lost. Peer: /healthz at rest, in the same run.
"""

import argparse
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from bench import race_field, storm_field
from bench.crowd_heard import cuts
from bench.fanout_probe import Answers, probing
from bench.fanout_servers import HOST, answered
from bench.measured import checked_out
from bench.race_house import ManyHouse, crowd_of, enough_files, grouped, many_house, used
from psot.runtime import Runtime
from tests.houses import ROOT

RACERS = 10_211
LIMIT_MS = 1000.0
ENTER_S = 60.0
REST_S = 5.0
START_WITHIN_S = 1.0
READ_WITHIN_S = 10.0
MEMBERS_READ_WITHIN_S = 60.0
STORM_AT_ONCE = 1000
EVERY_S = 0.2
PATIENCE_S = 60.0
LIGHT = "/healthz"


@dataclass(kw_only=True)
class Storm:
    """How one storm went: times in ms, CPU in seconds by kind of process."""

    name: str
    took_s: float
    light: dict[str, float]
    hot: dict[str, float]
    failed: int
    lost: int
    cpu_s: dict[str, float]
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def met(self) -> bool:
        """Whether pages stayed within the limit and nothing was lost."""
        within = self.light["p95"] <= LIMIT_MS and self.hot["p95"] <= LIMIT_MS
        return within and not self.failed and not self.lost


@dataclass(kw_only=True)
class Stage:
    """Where the storms come: the house, its crowd and the race."""

    house: ManyHouse
    made: Runtime
    race: UUID
    racers: int
    pages: bool
    crowd: "subprocess.Popen[str]"

    @property
    def hot(self) -> str:
        """The address of the hot page."""
        return f"/races/{self.race}"

    def visit(
        self, visits: list[list[storm_field.Told]], within_s: float
    ) -> "subprocess.Popen[str]":
        """Let visitors come, one after the other within a time; gives their program."""
        path = self.house.folder / "visits"
        storm_field.write(visits, path)
        told = {
            "ports": self.house.ports,
            "host": self.house.url.removeprefix("http://"),
            "visits": str(path),
            "every_s": within_s / len(visits),
            "patience_s": PATIENCE_S,
        }
        return subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "bench.visits", json.dumps(told)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )


Did = tuple[int, dict[str, Any]]
"""How many were lost, and whatever else a storm tells."""


def seen(program: "subprocess.Popen[str]") -> dict[str, Any]:
    """Wait for visitors and return what they met."""
    text, _ = program.communicate()
    told: dict[str, Any] = json.loads(text)
    return told


def enter(stage: Stage) -> Did:
    """Let everybody enter within a minute."""
    calls = storm_field.entering(stage.race, stage.racers, stage.house.url, pages=stage.pages)
    visitors = stage.visit(calls, ENTER_S)
    order = {"do": "enter", "at_once": 200, "stalled_s": 20, "every_s": ENTER_S / stage.racers}
    inside = answered(stage.crowd, order)
    told = seen(visitors)
    missing = stage.racers - inside["held"] + sum(told["failed"].values())
    return missing, {"sockets": inside, "http": told}


def reconnect(stage: Stage) -> Did:
    """Drop half of the sockets and let them come back."""
    answered(stage.crowd, {"do": "drop", "share": 0.5})
    back = answered(stage.crowd, {"do": "enter", "at_once": STORM_AT_ONCE, "stalled_s": 40})
    return stage.racers - back["held"], {"sockets": back}


def start(stage: Stage) -> Did:
    """Let the race begin, and everybody look in the same second."""
    race_field.take_seats(stage.made, stage.race)
    zero_s = race_field.start(stage.made, stage.race)
    answered(stage.crowd, {"do": "rest", "seconds": max(0.0, zero_s)})
    told = answered(stage.crowd, {"do": "look", "within_s": START_WITHIN_S})
    missing = stage.racers - told["look"]["count"]
    return missing, {"look": told["look"], "refused": told["refused"], "again": told["again"]}


def protocol(stage: Stage, within_s: float = READ_WITHIN_S) -> Did:
    """Let as many visitors open the protocol within a time."""
    visits = storm_field.reading(f"/races/{stage.race}/protocol", stage.racers)
    told = seen(stage.visit(visits, within_s))
    return sum(told["failed"].values()), {"http": told}


def crush(stage: Stage) -> Did:
    """Let everybody open the protocol in one moment."""
    return protocol(stage, 0.0)


def members(stage: Stage) -> Did:
    """Let every racer, signed in, open the protocol within a minute."""
    visits = storm_field.reading_members(f"/races/{stage.race}/protocol", stage.racers)
    told = seen(stage.visit(visits, MEMBERS_READ_WITHIN_S))
    return sum(told["failed"].values()), {"http": told}


STORMS: Mapping[str, Callable[[Stage], Did]] = {
    "enter": enter,
    "reconnect": reconnect,
    "start": start,
    "protocol": protocol,
    "crush": crush,
    "members": members,
}
READERS = frozenset({"protocol", "crush", "members"})
"""Storms after the race, when the crowd is gone."""


@contextmanager
def asking(port: int, hot: str) -> Iterator[dict[str, Answers]]:
    """Ask for both pages all the time."""
    with ExitStack() as stack:
        yield {
            name: stack.enter_context(probing(HOST, port, path, EVERY_S))
            for name, path in (("light", LIGHT), ("hot", hot))
        }


def storm(stage: Stage, name: str) -> Storm:
    """Let one storm pass."""
    before, began_s = used(stage.house.running), time.monotonic()
    with asking(stage.house.port, stage.hot) as answers:
        lost, more = STORMS[name](stage)
    took_s, after = time.monotonic() - began_s, used(stage.house.running)
    return Storm(
        name=name,
        took_s=took_s,
        light=cuts(answers["light"].taken_ms),
        hot=cuts(answers["hot"].taken_ms),
        failed=sum(one.failed for one in answers.values()),
        lost=lost,
        cpu_s=grouped({one: after[one].cpu_s - before[one].cpu_s for one in before}),
        more=more,
    )


def rest(house: ManyHouse) -> dict[str, float]:
    """Return the figures of the light page while nothing else is going on: the peer."""
    with probing(HOST, house.port, LIGHT, EVERY_S / 2) as answers:
        time.sleep(REST_S)
    return cuts(answers.taken_ms)


def measure(given: argparse.Namespace) -> tuple[dict[str, float], list[Storm]]:
    """Let the storms come, in their order."""
    asked = [name for name in STORMS if name in given.storms]
    with many_house(webs=given.webs, workers=given.workers) as (house, made):
        race = race_field.field(made, given.racers)
        storm_field.sign_in(made, given.racers)
        peer = rest(house)
        found: list[Storm] = []
        with crowd_of(house, made, race) as crowd:
            stage = Stage(
                house=house,
                made=made,
                race=race,
                racers=given.racers,
                pages=given.pages,
                crowd=crowd,
            )
            if asked[0] != "enter" and asked[0] not in READERS:
                answered(crowd, {"do": "enter"})
            found += [passed(stage, name) for name in asked if name not in READERS]
        later = [name for name in asked if name in READERS]
        if later:
            if "start" not in asked:
                race_field.take_seats(made, race)
                time.sleep(max(0.0, race_field.start(made, race)) + 1)
            began_s = time.monotonic()
            storm_field.end(made, race)
            print(f"locked and published in {time.monotonic() - began_s:.1f} s", flush=True)
            found += [passed(stage, name) for name in later]
    return peer, found


def passed(stage: Stage, name: str) -> Storm:
    """Let a storm pass and say so at once."""
    one = storm(stage, name)
    print(row(one), flush=True)
    return one


HEAD = (
    f"{'storm':<10}{'took s':>8}{'light p50':>11}{'p95':>8}{'worst':>8}"
    f"{'hot p50':>9}{'p95':>8}{'worst':>8}{'failed':>8}{'lost':>7}  limit"
)


def row(one: Storm) -> str:
    """Return a storm as a row of the table; times in ms."""
    return (
        f"{one.name:<10}{one.took_s:>8.1f}"
        f"{one.light['p50']:>11.0f}{one.light['p95']:>8.0f}{one.light['worst']:>8.0f}"
        f"{one.hot['p50']:>9.0f}{one.hot['p95']:>8.0f}{one.hot['worst']:>8.0f}"
        f"{one.failed:>8}{one.lost:>7}  {'met' if one.met else 'NOT met'}"
    )


def told(one: Storm, peer_ms: float) -> dict[str, Any]:
    """Return a storm for a program; ``ratio`` is its light page beside the same at rest."""
    return {**vars(one), "met": one.met, "ratio": one.light["p95"] / peer_ms}


def main() -> None:
    """Let the storms come; print a table and JSON; ends with 1 where a limit is not kept."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--racers", type=int, default=RACERS)
    parser.add_argument("--storms", nargs="+", choices=tuple(STORMS), default=list(STORMS))
    parser.add_argument("--webs", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--pages", action="store_true", help="entering asks for the page as well")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    enough_files(given.racers)
    began_s = time.monotonic()
    print(HEAD)
    peer, found = measure(given)
    print(HEAD)
    for one in found:
        costs = ", ".join(f"{kind} {cost:.1f}" for kind, cost in one.cpu_s.items())
        print(row(one), f"{'':<10}CPU, s: {costs}", f"{'':<10}{json.dumps(one.more)}", sep="\n")
    print(f"peer: {LIGHT} at rest, p95 {peer['p95']:.1f} ms; limit {LIMIT_MS:.0f} ms at p95")
    named = checked_out()
    print(f"commit {named}; {time.monotonic() - began_s:.0f} s")
    lines = [told(one, peer["p95"]) for one in found]
    print(json.dumps({"commit": named, "racers": given.racers, "peer": peer, "storms": lines}))
    if not all(one.met for one in found):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
