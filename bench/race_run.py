"""One race of a crowd in a house: what was asked, what was heard, what it cost."""

import json
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

import psutil

from bench import race_field
from bench.fanout_servers import answered, answers, cpu_s, program
from bench.race_house import ManyHouse, crowd_of, grouped, machine_s, used
from psot.runtime import Runtime
from tests.houses import free_port
from tests.services import wait_until

PEER_MOST = 3_000
"""Sockets of the peer: it opens two files each, and no more fit into the usual hard limit."""
PEER_S = 10.0
AFTER_ZERO_S = 0.5


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked of one race."""

    racers: int
    rate: float
    seconds: float
    spectators: int = 200
    webs: int = 1
    workers: int = 2


@dataclass(frozen=True, kw_only=True)
class Line:
    """One race: ``heard`` is what the crowd tells, ``cores`` what each kind of process used.

    ``ms_per_answer`` are the same CPU seconds by answer; ``others`` is what the machine did beside.
    """

    asked: Asked
    answers: int
    reached_per_s: float
    lost: int
    doubled: int
    heard: dict[str, Any]
    echo: dict[str, float]
    cores: dict[str, float]
    ms_per_answer: dict[str, float]
    rss_mb: dict[str, float]
    client: dict[str, float]
    others_cores: float

    @property
    def house_cores(self) -> float:
        """How many cores the house used, services included, the crowd not."""
        return sum(self.cores.values())

    @property
    def house_ms(self) -> float:
        """CPU of the house by answer, in ms."""
        return sum(self.ms_per_answer.values())

    @property
    def ratio(self) -> float:
        """How many times longer our acknowledgement takes than the peer's, at p95."""
        return float(self.heard["ack"]["p95"]) / self.echo["p95"]

    def told(self) -> dict[str, Any]:
        """Return all figures."""
        ours = {"house_cores": self.house_cores, "house_ms": self.house_ms, "ratio": self.ratio}
        return {**asdict(self), **ours}


def balance(
    acknowledged: dict[int, int], waiting: set[int], told: dict[int, int]
) -> tuple[int, int]:
    """Return how many answers were lost and how many stand twice, by what the ledger tells.

    An answer whose racer still waits may stand or not; it is lost as far as the racer knows.

    >>> balance({1: 2, 2: 3}, {3}, {1: 2, 2: 4, 3: 1})
    (1, 1)
    """
    lost, doubled = len(waiting), 0
    for bib in acknowledged.keys() | told.keys():
        more = told.get(bib, 0) - acknowledged.get(bib, 0)
        lost += max(0, -more)
        doubled += max(0, more - (bib in waiting))
    return lost, doubled


@dataclass(frozen=True, kw_only=True)
class Course:
    """Where a race is run: the house, a connection to it, and the figures of the peer."""

    house: ManyHouse
    made: Runtime
    echo: dict[str, float]


def run(course: Course, asked: Asked) -> Line:
    """Let a field race once."""
    house, made = course.house, course.made
    race = race_field.field(made, asked.racers)
    race_field.take_seats(made, race)
    with crowd_of(house, made, race) as crowd:
        let_in(crowd, asked)
        zero_s = race_field.start(made, race)
        answered(crowd, {"do": "rest", "seconds": max(0.0, zero_s) + AFTER_ZERO_S})
        # Everybody reads the first question for as long as any other.
        answered(crowd, {"do": "look", "within_s": asked.racers / asked.rate})
        return _raced(course, asked, crowd, race)


def let_in(crowd: "subprocess.Popen[str]", asked: Asked) -> None:
    """Let spectators and racers in. Raises RuntimeError where somebody stays outside."""
    for order in ({"do": "watch", "spectators": asked.spectators}, {"do": "enter"}):
        told = answered(crowd, order)
    print(f"{told['held']:,} in after {told['took_s']:.0f} s {told['cut'] or ''}", flush=True)
    if told["held"] < asked.racers + asked.spectators:
        raise RuntimeError(f"{told['held']:,} are in of {asked.racers + asked.spectators:,}")


def _raced(course: Course, asked: Asked, crowd: "subprocess.Popen[str]", race: UUID) -> Line:
    house, made = course.house, course.made
    client = psutil.Process(crowd.pid)
    first = answered(crowd, {"do": "told"})
    before, ours_s, all_s = used(house.running), cpu_s(client), machine_s()
    began_s = time.monotonic()
    heard = answered(crowd, {"do": "play", "rate": asked.rate, "seconds": asked.seconds})
    wall_s = time.monotonic() - began_s
    after, ours_s, all_s = used(house.running), cpu_s(client) - ours_s, machine_s() - all_s
    acknowledged = dict(heard.pop("acknowledged"))
    waiting = set(heard.pop("waiting"))
    lost, doubled = balance(acknowledged, waiting, race_field.answers_told(made, race))
    count = sum(acknowledged.values())
    spent = {name: after[name].cpu_s - before[name].cpu_s for name in before}
    frames = heard["frames"] - first["frames"]
    return Line(
        asked=asked,
        answers=count,
        reached_per_s=count / heard["span_s"] if count else 0.0,
        lost=lost,
        doubled=doubled,
        heard=heard,
        echo=course.echo,
        cores=grouped({name: cost / wall_s for name, cost in spent.items()}),
        ms_per_answer=grouped({name: 1000 * cost / max(1, count) for name, cost in spent.items()}),
        rss_mb=grouped({name: one.rss_mb for name, one in after.items()}),
        client={
            "cores": ours_s / wall_s,
            "us_per_answer": 1e6 * ours_s / max(1, count),
            "us_per_frame": 1e6 * ours_s / max(1, frames),
            "frames_per_s": frames / wall_s,
            "behind_p95_ms": heard["late"]["p95"],
        },
        others_cores=(all_s - ours_s - sum(spent.values())) / wall_s,
    )


def peer(racers: int, rate: float) -> dict[str, float]:
    """Return the figures of a bare Flask-SocketIO server that only acknowledges, at this rate."""
    port = free_port()
    sockets = min(racers, PEER_MOST)
    told = json.dumps({"ports": [port], "origin": f"http://127.0.0.1:{port}"})
    server = [sys.executable, "-m", "bench.echo", str(port)]
    with program(server), program([sys.executable, "-m", "bench.crowd", told]) as crowd:
        wait_until(lambda: answers(port))
        answered(crowd, {"do": "enter", "callers": sockets})
        heard = answered(crowd, {"do": "play", "rate": rate, "seconds": PEER_S})
    ack: dict[str, float] = heard["ack"]
    return {**ack, "sockets": sockets, "reached_per_s": ack["count"] / heard["span_s"]}
