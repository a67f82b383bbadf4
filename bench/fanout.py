"""One message to everybody: the product's sockets beside Node's Socket.IO and bare WebSockets.

    python -m bench.fanout [--clients 10211] [--seconds 4] [--rounds 2] [--quick]

All servers run at once, each with a crowd of its own on loopback, and take turns: the same case is
measured on one after the other, round after round. The servers share one core, everything else has
the others. The product is its own web process with PostgreSQL and Valkey, its board published by
another process. Measured are CPU per client and broadcast (all that the server does meanwhile,
pings included; the crowd apart), emission until 95 % and until the last have it, memory and entry
of a connection, the idle share of a core, and half of the crowd dropped at once and back while
GET /healthz is asked for twenty times a second. ``stock`` is Flask-SocketIO as it comes.
"""

import sys
from pathlib import Path

# Beside this file stands somebody called `content`: the package of that name is meant.
HERE = Path(__file__).resolve().parent
sys.path[:] = [str(HERE.parent), *(one for one in sys.path if Path(one).resolve() != HERE)]

# ruff: noqa: E402 - after the line above
import argparse
import json
import os
import resource
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field

import psutil

from bench import fanout_figures as figures
from bench.fanout_figures import CASES, Burst, Case, Line, Spread, Storm
from bench.fanout_probe import probing
from bench.fanout_servers import HOST, SERVERS, Server, answered, cpu_s, on, program
from bench.measured import checked_out
from psot.server import raise_file_limit

CLIENTS = 10_211
USUAL = ("psot", "node", "picows")
AT_ONCE = 200
"""Handshakes under way while the crowd comes in."""
STORM_AT_ONCE = 1000
"""The same while it comes back; a browser's own pause spreads them in earnest."""
STALLED_S = 6.0
"""A server that lets nobody in for so long is full."""
STORM_STALLED_S = 40.0
WARM_UP = 8
"""Broadcasts before anything is measured: Node compiles what it meets often."""
QUIET_S = 1.5
SETTLE_S = 1.0
CALM_WITHIN_S = 20.0
CALM_SHARE = 0.2
FILES_OF_OUR_OWN = 200


@dataclass(kw_only=True)
class Measured:
    """A server with its crowd, and what is known of it so far."""

    server: Server
    crowd: "subprocess.Popen[str]"
    line: Line
    seq: int = 0
    bursts: dict[Case, list[Burst]] = field(default_factory=dict)

    def load_s(self) -> float:
        """Return the CPU time of the crowd, in seconds."""
        return cpu_s(psutil.Process(self.crowd.pid))

    def broadcast(self, case: Case, count: int) -> Burst:
        """Send ``count`` broadcasts of ``case`` and wait for the last client."""
        server_s, load_s = self.server.cpu_s(), self.load_s()
        first, self.seq = self.seq + 1, self.seq + count
        self.server.speak(size=case.size, every_s=case.every_s, count=count, first=first)
        order = {"do": "heard", "expected": count * self.line.held, "quiet_s": QUIET_S}
        told = answered(self.crowd, order)
        self.line.lost = told["lost"]
        return Burst.of(
            told["broadcasts"],
            sent=range(first, first + count),
            held=self.line.held,
            cpu_s=self.server.cpu_s() - server_s,
            load_cpu_s=self.load_s() - load_s,
        )

    def measure(self, case: Case, seconds: float) -> None:
        """Send what fits into ``seconds``, and keep the figures."""
        count = max(2, round(seconds * case.hz))
        self.bursts.setdefault(case, []).append(self.broadcast(case, count))

    def storm(self) -> Storm:
        """Drop half of the crowd and let it come back; returns how that went."""
        clients = self.line.held // 2
        server_s = self.server.cpu_s()
        with probing(HOST, self.server.port) as answers:
            time.sleep(SETTLE_S / 2)
            before, began_s = len(answers.taken_ms), time.monotonic()
            answered(self.crowd, {"do": "drop", "count": clients})
            order = {
                "do": "enter",
                "count": clients,
                "at_once": STORM_AT_ONCE,
                "stalled_s": STORM_STALLED_S,
            }
            told = answered(self.crowd, order)
            took_s = time.monotonic() - began_s
        taken_ms = answers.taken_ms[before:]
        return Storm(
            clients=clients,
            back=told["held"] - self.line.held + clients,
            took_s=took_s,
            cpu_s=self.server.cpu_s() - server_s,
            http_p95_ms=figures.p95(taken_ms),
            http_worst_ms=max(taken_ms, default=float("nan")),
            http_count=len(taken_ms),
            http_failed=answers.failed,
        )


@contextmanager
def entered(server: Server, clients: int) -> Iterator[Measured]:
    """Let a crowd into ``server``; it leaves at the end."""
    told = json.dumps(
        {
            "host": HOST,
            "port": server.port,
            "dialogue": asdict(server.dialogue),
            "redis": server.redis_url,
        }
    )
    with program([sys.executable, "-m", "bench.fanout_load", told]) as crowd:
        memory, used_s = server.rss(), server.cpu_s()
        order = {"do": "enter", "count": clients, "at_once": AT_ONCE, "stalled_s": STALLED_S}
        inside = answered(crowd, order)
        held, took_s = int(inside["held"]), float(inside["took_s"])
        used_s = server.cpu_s() - used_s
        time.sleep(SETTLE_S)
        line = Line(
            server=server.name,
            version=server.version,
            asked=clients,
            held=held,
            connects_per_s=held / took_s if took_s else float("nan"),
            connect_ms=1000 * used_s / held if held else float("nan"),
            kb=(server.rss() - memory) / 1024 / held if held else float("nan"),
        )
        print(f"{server.name}: {held:,} of {clients:,} in after {took_s:.1f} s", flush=True)
        yield Measured(server=server, crowd=crowd, line=line)


def idle(all_of_them: Sequence[Measured], seconds: float) -> None:
    """Leave everybody alone for a while: what is used then is pings and housekeeping."""
    before = [one.server.cpu_s() for one in all_of_them]
    time.sleep(seconds)
    for one, used_s in zip(all_of_them, before, strict=True):
        one.line.idle_percent = 100 * (one.server.cpu_s() - used_s) / seconds


def calm(all_of_them: Sequence[Measured]) -> None:
    """Wait until no server is busy with what came before, but not for ever."""
    deadline_s = time.monotonic() + CALM_WITHIN_S
    while time.monotonic() < deadline_s:
        before = [one.server.cpu_s() for one in all_of_them]
        time.sleep(SETTLE_S)
        used_s = [one.server.cpu_s() - had for one, had in zip(all_of_them, before, strict=True)]
        if max(used_s) < CALM_SHARE * SETTLE_S:
            return


def run(given: argparse.Namespace) -> list[Line]:
    """Measure all servers by turns."""
    cores = sorted(os.sched_getaffinity(0))
    core, others = {cores[0]}, set(cores[1:]) or {cores[0]}
    with ExitStack() as stack:
        stack.enter_context(on(others))
        measured = []
        for name in given.servers:
            server = stack.enter_context(SERVERS[name](core))
            measured.append(stack.enter_context(entered(server, given.clients)))
        for one in measured:
            one.broadcast(CASES[-1], WARM_UP)
        idle(measured, given.idle)
        for round_ in range(given.rounds):
            for case in CASES:
                for one in measured:
                    one.measure(case, given.seconds)
            print(f"round {round_ + 1} of {given.rounds}", flush=True)
        for one in measured:
            one.line.cases = {case.name: Spread.of(bursts) for case, bursts in one.bursts.items()}
            calm(measured)
            one.line.storm = told = one.storm()
            print(
                f"{one.line.server}: {told.back:,} of {told.clients:,} back"
                f" after {told.took_s:.1f} s",
                flush=True,
            )
        return [one.line for one in measured]


def enough_files(clients: int) -> None:
    """Say where the hard limit of open files is too low; end where not even the crowd fits."""
    most = raise_file_limit()
    if most == resource.RLIM_INFINITY:
        return
    if clients + FILES_OF_OUR_OWN > most:
        raise SystemExit(f"{clients:,} sockets do not fit into {most:,} open files (ulimit -Hn)")
    if 2 * clients + FILES_OF_OUR_OWN > most:
        print(
            f"a server that opens two files a client is full at {most // 2:,} (ulimit -Hn {most})"
        )


def report(lines: Sequence[Line], took_s: float) -> None:
    """Print the figures and the goals; ends with 1 where one is not met."""
    commit = checked_out()
    print(figures.table(lines))
    print()
    reached = figures.goals(lines)
    for goal in reached:
        print(goal.told())
    versions = ", ".join(f"{one.server} {one.version}" for one in lines)
    print(f"commit {commit}; {versions}; {took_s:.0f} s")
    told = {"commit": commit, "took_s": took_s, **figures.as_json(lines, reached)}
    print(json.dumps(told))
    if not all(goal.met for goal in reached):
        raise SystemExit(1)


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--clients", type=int, help=f"each server's; {CLIENTS:,}, quick 1,000")
    parser.add_argument("--seconds", type=float, help="of broadcasts, per turn; 4, quick 2")
    parser.add_argument("--rounds", type=int, help="2, quick 1")
    parser.add_argument("--idle", type=float, help="seconds of rest; 25, one ping each; quick 4")
    parser.add_argument("--servers", nargs="+", choices=tuple(SERVERS), default=list(USUAL))
    parser.add_argument("--quick", action="store_true", help="a small crowd, within a minute")
    given = parser.parse_args()
    usual = (1_000, 2.0, 1, 4.0) if given.quick else (CLIENTS, 4.0, 2, 25.0)
    for name, value in zip(("clients", "seconds", "rounds", "idle"), usual, strict=True):
        if getattr(given, name) is None:
            setattr(given, name, value)
    began_s = time.monotonic()
    # Whoever ends the bench ends its servers with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    enough_files(given.clients)
    lines = run(given)
    report(lines, time.monotonic() - began_s)


if __name__ == "__main__":
    main()
