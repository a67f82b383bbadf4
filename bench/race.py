"""Racers answering at a given rate through real sockets: how long until they know, until it shows.

    python -m bench.race [--racers 200 1000 3000] [--rate 20] [--seconds 40] [--spectators 20]
    python -m bench.race --racers 10211 --rate 680 --seconds 180 --spectators 200
    python -m bench.race --quick

A whole house of its own: durable PostgreSQL, Valkey, one web process, two workers, the scheduler.
Measured are answer to acknowledgement, answer to the public board at 95 of 100 spectators, answers
lost or doubled by the account of the ledger, and CPU and memory of every process; the clients are
this process, and counted apart. Peer, in the same run at the same rate and over as many sockets: a
bare Flask-SocketIO server that acknowledges and does nothing else.
"""

import argparse
import asyncio
import hashlib
import json
import math
import resource
import secrets
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from random import Random
from statistics import quantiles
from typing import Any
from uuid import UUID

import psutil
from redis import Redis
from sqlalchemy import text
from sqlalchemy.orm import Session

from bench.rider import Rider
from psot import clock
from psot.bots import exhibition
from psot.bots.browser import Lost, Place
from psot.bots.knowledge import choose
from psot.course.loading import load_all, save
from psot.live import tickets
from psot.live.visitor import Visitor
from psot.races import operations, queries
from psot.races.lanes import Lane, lanes
from psot.races.stages import Stage
from psot.races.values import RaceView
from psot.runtime import Runtime
from tests.chaos.race_house import RaceHouse, open_race_house
from tests.houses import free_port
from tests.services import wait_until

LIMIT_MS = 500.0
"""Answer to board at p95, as the realtime path promises it."""
ACK_LIMIT_MS = 150.0
CORES_LIMIT = 1.5
"""Web, workers, Redis and PostgreSQL together, at the full field and 680 answers a second."""
SPECTATORS = 20
NEARLY_ALL = 0.95
SKILL = 0.85
AT_ONCE = 16
SETTLE_S = 30
"""So long a race may take to answer and tell what was sent at its end."""
SEATS_AT_ONCE = 200
# A long course without holds: racers have something to answer all the time.
OPTIONS = {
    "laps": 6,
    "bouts": ["P", "S"],
    "stations": 2,
    "falls": 1,
    "fall_s": 0,
    "loop_s": 0,
    "prone_s": 120,
    "standing_s": 120,
    "start": {"kind": "simultaneous"},
}

_MEMBERS = text(
    "INSERT INTO members (id, email, active, fs_uniquifier, display_name, region, timezone)"
    " SELECT lpad(to_hex(n), 32, '0')::uuid, 'racer' || n || '@psot.example', true, 'racer' || n,"
    " 'Racer ' || n, 'RU-TYU', 'Asia/Yekaterinburg' FROM generate_series(1, :racers) AS n"
)


_ON_THE_LEDGER = text(
    "SELECT CAST(data->>'bib' AS int) AS bib, count(*) AS answers FROM ledger_facts"
    " WHERE data->>'race' = :race AND data->>'question' IS NOT NULL AND data ? 'bib'"
    " AND type LIKE 'psot.race.%' GROUP BY 1"
)


@dataclass(kw_only=True)
class Seat:
    """A racer with a seat: what it takes to answer."""

    bib: int
    seat: str
    member: UUID
    random: Random


@dataclass(kw_only=True)
class Heard:
    """What clients saw and when: seconds of one clock, the same for all of them."""

    acks_ms: list[float] = field(default_factory=list)
    sent_s: dict[tuple[int, str], float] = field(default_factory=dict)
    seen_s: dict[tuple[int, str], list[float]] = field(default_factory=dict)
    """When a racer's new point was on the board of each spectator."""
    sent: Counter[int] = field(default_factory=Counter)
    taken: Counter[int] = field(default_factory=Counter)
    """By bib: answers sent, and answers that were acknowledged as taken."""
    refused: Counter[str] = field(default_factory=Counter)

    def boards_ms(self, spectators: int) -> list[float]:
        """Return how long each answer took until nearly all spectators saw it."""
        wanted = math.ceil(NEARLY_ALL * spectators)
        return [
            (sorted(seen)[wanted - 1] - self.sent_s[key]) * 1000
            for key, seen in self.seen_s.items()
            if len(seen) >= wanted
        ]


@dataclass(frozen=True, kw_only=True)
class Figures:
    """p50, p95 and p99 of ``count`` times, in ms."""

    count: int
    p50: float
    p95: float
    p99: float

    @classmethod
    def of(cls, times_ms: Sequence[float]) -> "Figures":
        """Return the figures of ``times_ms``."""
        cuts = quantiles(times_ms, n=100) if len(times_ms) > 1 else [float("nan")] * 99
        return cls(count=len(times_ms), p50=cuts[49], p95=cuts[94], p99=cuts[98])


@dataclass(frozen=True, kw_only=True)
class Line:
    """One size: what was asked and reached, and what it cost each process."""

    racers: int
    asked_per_s: float
    reached_per_s: float
    lost: int
    doubled: int
    refused: dict[str, int]
    spectators: int
    ack: Figures
    board: Figures
    echo: Figures
    processes: dict[str, dict[str, float]]
    client_cores: float

    @property
    def cores(self) -> float:
        """Return how many cores the whole house used."""
        return sum(one["cpu_percent"] for one in self.processes.values()) / 100

    @property
    def cpu_ms(self) -> float:
        """Return the CPU milliseconds of web and workers for one answer and all it brings."""
        names = ("web", "worker", "second worker")
        percent = sum(self.processes[one]["cpu_percent"] for one in names)
        return percent * 10 / self.reached_per_s if self.reached_per_s else math.nan

    @property
    def ratio(self) -> float:
        """Return how many times longer our acknowledgement takes than the peer's, at p95."""
        return self.ack.p95 / self.echo.p95


def enter(made: Runtime, racers: int) -> tuple[UUID, list[Seat]]:
    """Make a race of ``racers``, start it, and give everybody a seat and a ticket."""
    now = clock.now()
    with made.database.begin() as session:
        session.execute(text("DELETE FROM members"))
        session.execute(_MEMBERS, {"racers": racers})
        race = exhibition.open_race(
            session, title="Bench", format_="sprint", options=OPTIONS, now=now
        ).id
        for number in range(1, racers + 1):
            operations.register(session, race, UUID(int=number), now=now)
        operations.enter_stage(session, race, Stage.ZEROING, now=now, by=None)
    seats: list[Seat] = []
    with made.database.begin() as session:
        view = queries.race(session, race)
        everybody = lanes(session, race)
    for first in range(0, len(everybody), SEATS_AT_ONCE):
        with made.database.begin() as session:
            seats += _seats(session, view, everybody[first : first + SEATS_AT_ONCE])
    with made.database.begin() as session:
        operations.enter_stage(session, race, Stage.RUNNING, now=clock.now(), by=None)
    return race, seats


def _seats(session: Session, view: RaceView, some: Sequence[Lane]) -> list[Seat]:
    """Give seats as `psot.course.operations.enter` does, to many at once."""
    made = []
    ways = load_all(session, view, some, clock.now())
    for way in ways:
        seat = secrets.token_urlsafe(24)
        way.run.seat_no, way.run.entered_at = 1, way.now
        way.run.seat_sha256 = hashlib.sha256(seat.encode()).hexdigest()
        chance = Random(way.lane.bib)  # noqa: S311 - the same race again
        made.append(Seat(bib=way.lane.bib, seat=seat, member=way.lane.member, random=chance))
    save(session, ways)
    return made


def _ticket(redis: Redis, member: UUID) -> str:
    return tickets.issue(redis, Visitor(member=member))


async def sockets(place: Place, shown: Sequence[Callable[[], str]]) -> list[Rider]:
    """Open a socket for every ticket, each issued at the last moment: it does not live long."""
    door = asyncio.Semaphore(AT_ONCE)

    async def one(ticket: Callable[[], str]) -> Rider:
        async with door:
            return await Rider.connect(place, ticket())

    return await asyncio.gather(*(one(ticket) for ticket in shown))


async def ride(
    seat: Seat, socket: Rider, race: str, moments_s: Sequence[float], heard: Heard
) -> None:
    """Answer at each of ``moments_s``, and write down how long it took to be told."""
    said = {"race": race, "seat": seat.seat}
    if not moments_s:
        return
    try:
        # Each sees the first task in an own second: the burst of a mass start is another question.
        await asyncio.sleep(max(0.0, moments_s[0] - time.monotonic() - 1))
        situation = (await socket.ask("race.look", said))["situation"]
        for moment_s in moments_s:
            await asyncio.sleep(max(0.0, moment_s - time.monotonic()))
            if situation["task"] is None:
                situation = (await socket.ask("race.look", said))["situation"]
            if situation["task"] is not None:
                situation = await _answer(seat, socket, said, situation, heard)
                await socket.ask("race.echo", {"race": race, "probe": situation["probe"]})
    except (Lost, KeyError) as error:
        heard.refused[type(error).__name__] += 1


async def _answer(
    seat: Seat, socket: Rider, said: dict[str, str], situation: dict[str, Any], heard: Heard
) -> dict[str, Any]:
    """Send an answer to the task shown; returns the situation after it."""
    task = situation["task"]
    right = seat.random.random() < SKILL
    option = choose(task["text"], task["options"], right=right, random=seat.random)
    heard.sent[seat.bib] += 1
    sent_s = time.monotonic()
    told = await socket.ask("race.answer", {**said, "task": task["number"], "option": option["id"]})
    if not told["ok"]:
        heard.refused[told["error"]["code"]] += 1
        return situation
    heard.acks_ms.append((time.monotonic() - sent_s) * 1000)
    heard.taken[seat.bib] += 1
    after: dict[str, Any] = told["situation"]
    _note(heard, seat.bib, situation, after, sent_s)
    return after


def _note(
    heard: Heard, bib: int, before: dict[str, Any], after: dict[str, Any], sent_s: float
) -> None:
    known = {one["point"] for one in before["splits"]}
    fresh = [one["point"] for one in after["splits"] if one["point"] not in known]
    if fresh:
        # A board shows where a racer is: of several points passed at once, the last.
        heard.sent_s[bib, fresh[-1]] = sent_s


class Board:
    """What spectators see: a message that all of them get is read once."""

    def __init__(self, heard: Heard) -> None:
        self._heard = heard
        self._last = b"", [(0, "")]

    def spectator(self) -> Callable[[bytes], None]:
        """Return ears that note when a racer's new point first shows on the board."""
        seen: set[tuple[int, str]] = set()

        def hear(message: bytes) -> None:
            now_s = time.monotonic()
            for key in self._rows(message):
                if key in self._heard.sent_s and key not in seen:
                    seen.add(key)
                    self._heard.seen_s.setdefault(key, []).append(now_s)

        return hear

    def _rows(self, message: bytes) -> list[tuple[int, str]]:
        if message != self._last[0]:
            name, payload = json.loads(message[2:])
            rows = payload.get("rows") or payload.get("set") or {}
            shown = rows.values() if name in {"board.snapshot", "board.delta"} else ()
            self._last = message, [(row.get("bib"), row.get("point")) for row in shown]
        return self._last[1]


def plan(racers: int, rate: float, seconds: float) -> list[list[float]]:
    """Return when each racer answers: evenly over all, each in a rhythm of its own."""
    begin_s = time.monotonic() + 1
    every_s = racers / rate
    times = []
    for number in range(racers):
        first_s = begin_s + number / rate
        count = max(0, int((seconds - number / rate) / every_s) + (number / rate < seconds))
        times.append([first_s + turn * every_s for turn in range(count)])
    return times


async def race(
    house: RaceHouse, made: Runtime, race_id: UUID, seats: list[Seat], asked: argparse.Namespace
) -> tuple[Heard, float, dict[str, dict[str, float]], float]:
    """Let everybody answer; returns what was heard, the seconds, and what processes used."""
    heard, place = Heard(), Place(base=house.url)
    racing = await sockets(place, [partial(_ticket, made.redis, one.member) for one in seats])
    board = f"race:{race_id.hex}"
    for socket in racing:
        await socket.ask("board.around", {"board": board})
    shown = Board(heard)
    for _ in range(asked.spectators):
        ticket = tickets.issue(made.redis, Visitor())
        watching = await Rider.connect(place, ticket, shown.spectator())
        await watching.ask("board.watch", {"board": board, "have": None})
        racing.append(watching)
    with made.database.begin() as session:
        zero_at = queries.race(session, race_id).zero_at
    await asyncio.sleep(max(0.0, ((zero_at or clock.now()) - clock.now()).total_seconds() + 0.5))
    before, begun_s, own_s = used(house), time.monotonic(), time.process_time()
    moments = plan(len(seats), asked.rate, asked.seconds)
    rides = [
        asyncio.create_task(ride(seat, socket, str(race_id), times, heard))
        for seat, socket, times in zip(seats, racing, moments, strict=False)
    ]
    _, late = await asyncio.wait(rides, timeout=asked.seconds + SETTLE_S)
    took_s = time.monotonic() - begun_s
    after, own_s = used(house), time.process_time() - own_s
    for one in late:
        one.cancel()
        heard.refused["not acknowledged"] += 1
    await asyncio.sleep(1.5)
    for socket in racing:
        socket.drop()
    costs = {
        name: {
            "cpu_percent": 100 * (after[name][0] - before.get(name, after[name])[0]) / took_s,
            "rss_mb": after[name][1],
        }
        for name in after
    }
    return heard, took_s, costs, own_s / took_s


def account(made: Runtime, race_id: UUID, heard: Heard) -> tuple[int, int]:
    """Return how many acknowledged answers the ledger lacks, and how many it has too often."""
    with made.database.begin() as session:
        rows = session.execute(_ON_THE_LEDGER, {"race": str(race_id)})
        stored = {row.bib: row.answers for row in rows}
    bibs = heard.sent.keys() | stored.keys()
    lost = sum(max(0, heard.taken[bib] - stored.get(bib, 0)) for bib in bibs)
    doubled = sum(max(0, stored.get(bib, 0) - heard.sent[bib]) for bib in bibs)
    return lost, doubled


def used(house: RaceHouse) -> dict[str, tuple[float, float]]:
    """Return CPU seconds and megabytes of every process of the house, children included."""
    figures = {}
    for name, process in house.running.items():
        cpu_s, memory = 0.0, 0
        parent = psutil.Process(process.pid)
        for one in (parent, *parent.children(recursive=True)):
            try:
                times = one.cpu_times()
                info = one.memory_full_info()
            except psutil.NoSuchProcess:
                continue
            cpu_s += times.user + times.system
            memory += getattr(info, "pss", info.rss)
        times = parent.cpu_times()
        figures[name] = (cpu_s + times.children_user + times.children_system, memory / 2**20)
    return figures


async def echoes(port: int, racers: int, asked: argparse.Namespace) -> list[float]:
    """Measure the peer: as many sockets, the same rhythm, a message of the same size."""
    place = Place(base=f"http://127.0.0.1:{port}")
    racing = await sockets(place, [lambda: "-"] * racers)
    taken: list[float] = []

    async def one(socket: Rider, moments_s: list[float]) -> None:
        for moment_s in moments_s:
            await asyncio.sleep(max(0.0, moment_s - time.monotonic()))
            sent_s = time.monotonic()
            await socket.ask("echo", {"race": "-" * 36, "seat": "-" * 32, "option": "-" * 16})
            taken.append((time.monotonic() - sent_s) * 1000)

    moments = plan(racers, asked.rate, min(10.0, asked.seconds))
    await asyncio.gather(*(one(*pair) for pair in zip(racing, moments, strict=True)))
    for socket in racing:
        socket.drop()
    return taken


def peer(racers: int, asked: argparse.Namespace) -> list[float]:
    """Run the peer as a program of its own and measure it."""
    port = free_port()
    with subprocess.Popen([sys.executable, "-m", "bench.echo", str(port)]) as process:  # noqa: S603 - our own program
        try:
            wait_until(lambda: _listens(port))
            return asyncio.run(echoes(port, racers, asked))
        finally:
            process.kill()


def _listens(port: int) -> bool:
    async def connect() -> bool:
        try:
            _, writer = await Place(base=f"http://127.0.0.1:{port}").connect()
        except Lost:
            return False
        writer.close()
        return True

    return asyncio.run(connect())


def measure(racers: int, asked: argparse.Namespace) -> Line:
    """Measure one size in a house of its own."""
    echo = peer(racers, asked)
    with open_race_house() as (house, made):
        race_id, seats = enter(made, racers)
        heard, took_s, costs, own = asyncio.run(race(house, made, race_id, seats, asked))
        lost, doubled = account(made, race_id, heard)
    return Line(
        racers=racers,
        asked_per_s=asked.rate,
        reached_per_s=len(heard.acks_ms) / took_s,
        lost=lost,
        doubled=doubled,
        refused=dict(heard.refused),
        spectators=asked.spectators,
        ack=Figures.of(heard.acks_ms),
        board=Figures.of(heard.boards_ms(asked.spectators)),
        echo=Figures.of(echo),
        processes=costs,
        client_cores=own,
    )


def main() -> None:
    """Measure every size; print a table and JSON; ends with 1 where a limit is not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--racers", type=int, nargs="+", default=[200, 1000, 3000])
    parser.add_argument("--rate", type=float, default=20.0, help="answers a second, of all")
    parser.add_argument("--seconds", type=float, default=40.0)
    parser.add_argument("--spectators", type=int, default=SPECTATORS)
    parser.add_argument("--quick", action="store_true", help="one small size for 15 seconds")
    asked = parser.parse_args()
    if asked.quick:
        asked.racers, asked.rate, asked.seconds = [500], 50.0, 15.0
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    report([measure(racers, asked) for racers in asked.racers])


def report(lines: Sequence[Line]) -> None:
    """Print the figures; ends with 1 where a limit is not kept."""
    print(
        f"{'racers':>7}{'asked/s':>9}{'reached':>9}{'lost':>6}{'doubled':>9}"
        f"{'ack p50':>10}{'p95':>8}{'p99':>8}{'board p50':>11}{'p95':>8}{'p99':>8}"
        f"{'cores':>7}{'ms/answer':>11}{'client':>8}{'echo p95':>10}{'ratio':>7}"
    )
    for one in lines:
        print(
            f"{one.racers:>7,}{one.asked_per_s:>9.0f}{one.reached_per_s:>9.1f}{one.lost:>6}"
            f"{one.doubled:>9}"
            f"{one.ack.p50:>10.0f}{one.ack.p95:>8.0f}{one.ack.p99:>8.0f}"
            f"{one.board.p50:>11.0f}{one.board.p95:>8.0f}{one.board.p99:>8.0f}"
            f"{one.cores:>7.2f}{one.cpu_ms:>11.2f}{one.client_cores:>8.2f}"
            f"{one.echo.p95:>10.1f}{one.ratio:>7.1f}"
        )
    for one in lines:
        told = ", ".join(
            f"{name} {cost['cpu_percent']:.0f} % {cost['rss_mb']:.0f} MB"
            for name, cost in one.processes.items()
        )
        print(f"{one.racers:,} racers, {one.board.count:,} answers seen on boards: {told}")
        if one.refused:
            print(f"{one.racers:,} racers, refused: {one.refused}")
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],  # noqa: S607 - the developer's own git
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    limits = {"board_p95_ms": LIMIT_MS, "ack_p95_ms": ACK_LIMIT_MS, "cores": CORES_LIMIT}
    worst = {
        "board_p95_ms": max(one.board.p95 for one in lines),
        "ack_p95_ms": max(one.ack.p95 for one in lines),
        "cores": max(one.cores for one in lines),
    }
    for name, limit in limits.items():
        print(f"{name}: limit {limit:g}, worst {worst[name]:.2f}, {commit}")
    figures = [
        {**asdict(one), "ratio": one.ratio, "cores": one.cores, "cpu_ms": one.cpu_ms}
        for one in lines
    ]
    print(json.dumps({"commit": commit, "limits": limits, "lines": figures}))
    kept = all(worst[name] <= limit for name, limit in limits.items())
    if not kept or any(one.lost or one.doubled for one in lines):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
