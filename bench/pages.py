"""The pages that everybody opens, at a constant rate, beside a running race.

    python -m bench.pages [--rate 50] [--seconds 6] [--bots 60] [--pages home rating ...]

A whole house of its own with the demo community: durable PostgreSQL, Valkey, one web process, two
workers, the scheduler; beside it bots race through pages and sockets (`psot race simulate`).
Each page is asked for by visitors and by members, open loop: a time counts from the moment at which
the request was due. CPU is that of the web process, less what the race alone took before.
Peer, in the same run at the same rate: GET /healthz of the same process.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from statistics import quantiles

import psutil
from sqlalchemy import text

from bench.measured import checked_out
from bench.pages_load import Ask, Heard, load
from psot import clock
from psot.demo.load import load as load_demo
from psot.members import operations
from psot.races import queries
from psot.races.stages import Stage
from psot.runtime import Runtime
from tests.chaos.house import opened
from tests.chaos.race_house import RaceHouse
from tests.services import wait_until

LIMIT_MS = 50.0
"""Answer of a hot page at p95."""
HEALTH = "/healthz"
MEMBERS = 8
CONNECTIONS = 32
ALONE_S = 5.0
WARM_UP_S = 1.0
FORMAT = "individual"
"""The longest race: it runs as long as the pages are asked for."""
SPEED = 1.0
SESSION = timedelta(days=1)

# Whoever has a rating has everything a page shows to a member.
_RATED = text(
    "SELECT DISTINCT id FROM members JOIN rating_members ON member = id"
    " WHERE active ORDER BY id LIMIT :members"
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One page for one kind of reader: what was reached and what it took."""

    page: str
    who: str
    asked_per_s: float
    reached_per_s: float
    failed: int
    p50: float
    p95: float
    p99: float
    cpu_ms: float
    ratio: float = 1.0


class DemoHouse(RaceHouse):
    """A house whose demo community is there before anybody works in it."""

    def _start(self, name: str) -> None:
        if name == "worker" and name not in self.running:
            load_demo(self.settings, say=lambda _: None)
        super()._start(name)


class Web:
    """The web process at ``url``: its CPU, and what the race takes of it."""

    def __init__(self, url: str, pid: int) -> None:
        self.url = url
        self._process = psutil.Process(pid)
        self.race_s_per_s = 0.0

    def used_s(self) -> float:
        """Return the seconds of CPU that the process has used."""
        times = self._process.cpu_times()
        return float(times.user + times.system)

    def alone(self, seconds: float) -> None:
        """Learn what the race alone takes of a second."""
        before_s, begun_s = self.used_s(), time.monotonic()
        time.sleep(seconds)
        self.race_s_per_s = (self.used_s() - before_s) / (time.monotonic() - begun_s)


def measure(
    web: Web, asks: Sequence[Ask], told: argparse.Namespace, *, page: str, who: str
) -> Line:
    """Ask for one page as long as wished, and return how it went."""
    asyncio.run(_load(web.url, asks, told, WARM_UP_S))
    before_s = web.used_s()
    heard = asyncio.run(_load(web.url, asks, told, told.seconds))
    used_s = web.used_s() - before_s - web.race_s_per_s * heard.took_s
    cuts = quantiles(heard.taken_ms, n=100) if len(heard.taken_ms) > 1 else [float("nan")] * 99
    return Line(
        page=page,
        who=who,
        asked_per_s=told.rate,
        reached_per_s=len(heard.taken_ms) / heard.took_s,
        failed=heard.failed,
        p50=cuts[49],
        p95=cuts[94],
        p99=cuts[98],
        cpu_ms=1000 * used_s / max(1, len(heard.taken_ms)),
    )


async def _load(url: str, asks: Sequence[Ask], told: argparse.Namespace, seconds: float) -> Heard:
    return await load(url, asks, rate=told.rate, seconds=seconds, connections=CONNECTIONS)


def addresses(made: Runtime, running: str) -> dict[str, str]:
    """Return the hot pages of the demo community; the race is the one that is running."""
    with made.database.begin() as session:
        over = next(
            one for one in queries.races_in(session, (Stage.OFFICIAL,)) if one.practice_of is None
        )
    return {
        "home": "/",
        "race": f"/races/{running}",
        "live": f"/races/{running}/live",
        "protocol": f"/races/{over.id}/protocol",
        "topic": "/topics/service",
        "rating": "/ratings",
    }


def cookies(made: Runtime) -> list[str]:
    """Sign some members in; returns the cookie of each."""
    with made.database.begin() as session:
        found = session.execute(_RATED, {"members": MEMBERS}).scalars().all()
        return [
            "psot=" + operations.begin_session(session, one, device="bench", lasts=SESSION)
            for one in found
        ]


@contextmanager
def racing(house: RaceHouse, made: Runtime, bots: int) -> Iterator[str]:
    """Let bots race beside; gives the race once it runs, and ends the bots at the end."""
    words = ["race", "simulate", "--racers", str(bots), "--format", FORMAT, "--speed", str(SPEED)]
    call = "from psot.cli import main; main()"
    begun = clock.now()

    def running() -> list[str]:
        with made.database.begin() as session:
            found = queries.races_in(session, (Stage.RUNNING,))
            on = [one for one in found if one.exhibition and one.practice_of is None]
            started = [one for one in on if one.zero_at and begun < one.zero_at < clock.now()]
        return [str(one.id) for one in started]

    with (house.folder / "bots.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-c", call, *words],
            env=house.environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until(lambda: bool(running()) or process.poll() is not None)
        if process.poll() is not None:
            raise SystemExit(f"the bots ended:\n{(house.folder / 'bots.log').read_text()}")
        yield running()[0]
    finally:
        process.terminate()
        process.wait()


def run(told: argparse.Namespace) -> tuple[list[Line], int]:
    """Measure every wished page; returns the lines, the peer first, and the answers meanwhile."""
    with opened(DemoHouse) as (house, made):
        shown = cookies(made)
        with racing(house, made, told.bots) as race:
            web = Web(house.url, house.running["web"].pid)
            web.alone(ALONE_S)
            before = _answers(made, race)
            lines = [measure(web, [Ask(path=HEALTH)], told, page="healthz", who="visitor")]
            report_line(lines[0])
            known = addresses(made, race)
            for page in told.pages or known:
                as_members = [Ask(path=known[page], cookie=one) for one in shown]
                for who, asks in (("visitor", [Ask(path=known[page])]), ("member", as_members)):
                    line = measure(web, asks, told, page=page, who=who)
                    lines.append(replace(line, ratio=line.p95 / lines[0].p95))
                    report_line(lines[-1])
            answers = _answers(made, race) - before
    return lines, answers


def _answers(made: Runtime, race: str) -> int:
    counted = text("SELECT count(*) FROM race_log WHERE race = :race")
    with made.database.begin() as session:
        return int(session.scalar(counted, {"race": race}) or 0)


def report_line(line: Line) -> None:
    """Print ``line`` as soon as it is known."""
    print(
        f"{line.page:<10}{line.who:<9}{line.reached_per_s:>10.1f}{line.failed:>8}"
        f"{line.p50:>9.1f}{line.p95:>9.1f}{line.p99:>9.1f}{line.cpu_ms:>9.1f}{line.ratio:>8.1f}",
        flush=True,
    )


def main() -> None:
    """Measure; print a table and JSON; ends with 1 where a page is over the limit."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rate", type=float, default=50.0, help="requests a second")
    parser.add_argument("--seconds", type=float, default=6.0, help="of each page and reader")
    parser.add_argument("--bots", type=int, default=60)
    parser.add_argument("--pages", nargs="+", default=[])
    told = parser.parse_args()
    print(
        f"{'page':<10}{'who':<9}{'reached/s':>10}{'failed':>8}{'p50 ms':>9}{'p95':>9}{'p99':>9}"
        f"{'CPU ms':>9}{'ratio':>8}"
    )
    lines, answers = run(told)
    commit = checked_out()
    pages = lines[1:]
    worst_ms = max(one.p95 for one in pages)
    print(
        f"{told.rate:.0f}/s asked beside {told.bots} racing bots ({answers} facts of their race);"
        f" limit {LIMIT_MS:.0f} ms at p95, worst {worst_ms:.1f} ms, commit {commit}"
    )
    figures = [asdict(one) for one in lines]
    print(json.dumps({"commit": commit, "limit_ms": LIMIT_MS, "facts": answers, "lines": figures}))
    if not (worst_ms <= LIMIT_MS and all(one.failed == 0 for one in pages)):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
