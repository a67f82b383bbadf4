"""A whole house for races: as many web processes and workers as asked for, and what each costs."""

import json
import resource
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from subprocess import Popen
from uuid import UUID

import psutil

from bench.fanout_servers import SECRET, cpu_s, program
from bench.race_field import write_seats
from psot.runtime import Runtime
from psot.server import raise_file_limit
from psot.supervisor.program import Program
from tests.chaos.house import opened
from tests.chaos.race_house import RaceHouse
from tests.houses import free_port
from tests.services import wait_until

FILES_OF_OUR_OWN = 200
SERVICES = frozenset({"postgres", "valkey"})
WORKERS = ("worker", "second worker")
"""Those that a house begins with."""


class ManyHouse(RaceHouse):
    """A house with ``webs`` web processes, each on a port of its own, and ``workers`` workers."""

    def __init__(self, folder: Path, *, webs: int, workers: int) -> None:
        super().__init__(folder)
        self.ports = [self.port, *(free_port() for _ in range(webs - 1))]
        self._workers = workers

    def programs(self) -> dict[str, Program]:
        """Return what runs, by name."""
        found = super().programs()
        for name in found.keys() - SERVICES:
            environment = {**found[name].environment, "SECRET_KEY": SECRET}
            found[name] = replace(found[name], environment=environment)
        for nth, port in enumerate(self.ports[1:], 2):
            environment = {**found["web"].environment, "PSOT_PORT": str(port)}
            found[f"web {nth}"] = replace(found["web"], name=f"web {nth}", environment=environment)
        for nth in range(len(WORKERS) + 1, self._workers + 1):
            found[f"worker {nth}"] = replace(found["worker"], name=f"worker {nth}")
        return found

    def open(self) -> Runtime:
        """Start everything on an empty, migrated database."""
        made = super().open()
        for name in WORKERS[self._workers :]:
            self._end(name, self.running.pop(name))
        for name in self.programs().keys() - self.running.keys() - set(WORKERS):
            self._start(name)
        for port in self.ports:
            wait_until(lambda port=port: _answers(port))  # type: ignore[misc]  # a lambda with a default
        return made


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)  # noqa: PLR2004 - OK
    except (urllib.error.URLError, OSError):
        return False


def many_house(
    *, webs: int = 1, workers: int = 2
) -> AbstractContextManager[tuple[ManyHouse, Runtime]]:
    """Give an open house and a connection to it; everything is stopped at the end."""
    return opened(partial(ManyHouse, webs=webs, workers=workers))


@contextmanager
def crowd_of(house: ManyHouse, made: Runtime, race: UUID) -> Iterator["Popen[str]"]:
    """Give a crowd that has the seats of ``race`` and is not in yet."""
    seats = house.folder / "seats"
    write_seats(made, race, seats)
    told = {
        "ports": house.ports,
        "origin": house.url,
        "redis": house.valkey.url(),
        "race": str(race),
        "seats": str(seats),
    }
    with program([sys.executable, "-m", "bench.crowd", json.dumps(told)]) as crowd:
        yield crowd


@dataclass(frozen=True, kw_only=True)
class Used:
    """CPU seconds and megabytes of a process and its children, until now."""

    cpu_s: float
    rss_mb: float


def used(processes: Mapping[str, "Popen[bytes]"]) -> dict[str, Used]:
    """Return what each of ``processes`` used."""
    return {name: _used(one.pid) for name, one in processes.items()}


def _used(pid: int) -> Used:
    parent = psutil.Process(pid)
    ended = parent.cpu_times()
    taken_s, memory = ended.children_user + ended.children_system, 0
    for one in (parent, *parent.children(recursive=True)):
        try:
            taken_s += cpu_s(one)
            info = one.memory_full_info()
        except (psutil.NoSuchProcess, FileNotFoundError):
            continue
        memory += getattr(info, "pss", info.rss)
    return Used(cpu_s=taken_s, rss_mb=memory / 2**20)


def enough_files(sockets: int) -> None:
    """End where so many sockets do not fit into the hard limit of open files."""
    most = raise_file_limit()
    if most != resource.RLIM_INFINITY and sockets + FILES_OF_OUR_OWN > most:
        raise SystemExit(f"{sockets:,} sockets do not fit into {most:,} open files (ulimit -Hn)")


def machine_s() -> float:
    """Return the CPU seconds that the whole machine has been busy."""
    times = psutil.cpu_times()
    return float(sum(times) - times.idle - times.iowait - getattr(times, "guest", 0.0))


def grouped(costs: Mapping[str, float]) -> dict[str, float]:
    """Return costs by kind of process: all web processes together, all workers together.

    >>> grouped({"web": 1.0, "web 2": 2.0, "second worker": 3.0, "valkey": 4.0})
    {'web': 3.0, 'workers': 3.0, 'valkey': 4.0}
    """
    found: dict[str, float] = {}
    for name, cost in costs.items():
        kind = "workers" if "worker" in name else name.partition(" ")[0]
        found[kind] = found.get(kind, 0.0) + cost
    return found


def cores(costs: Sequence[float], wall_s: float) -> float:
    """Return how many cores were busy: seconds of CPU per second."""
    return sum(costs) / wall_s
