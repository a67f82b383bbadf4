"""Members acting in the virtual workplace all at once, for `bench/workplace.py`."""

import http.client
import json
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from threading import Barrier

from flask import Flask

from bench.content_pages import HEALTH, OK, web
from bench.workplace_views import Figure
from psot import clock
from psot.workplace import operations, queries
from tests.houses import free_port
from tests.web import database_of, make_app, make_settings, sign_in

PATIENCE_S = 120
PACE_S = 5.0
"""One does something about this often: reads what is seen, walks on."""
BUSY = 503
AGAIN_S = 0.5
"""A page sends an action again after a while where the house is busy."""


@dataclass(frozen=True, kw_only=True)
class Seat:
    """A member in a run: where to say something, and as whom."""

    path: str
    headers: dict[str, str]
    objects: Sequence[str]


def members_at_once(
    url: str, redis_url: str, folder: Path, *, scenario: str, members: int, actions: int
) -> list[Figure]:
    """Let so many members look at objects at once; the peer asks for nothing as often."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    settings = make_settings(url, redis_url, folder / "data", port=port, base_url=base)
    app = make_app(settings)
    seats = [_seat(app, scenario, base) for _ in range(members)]
    environment = os.environ | {
        "DATABASE_URL": url,
        "REDIS_URL": redis_url,
        "SECRET_KEY": str(app.secret_key),
        "PSOT_SECRET_KEY": str(app.secret_key),
        "PSOT_DATA_DIR": str(folder / "data"),
        "PSOT_PORT": str(port),
        "PSOT_BASE_URL": base,
        "PSOT_LOG_LEVEL": "WARNING",
    }
    with web(environment, port, folder / "web.log"):
        peer = _all(port, seats, actions, lambda connection, _seat, _nth: _health(connection))
        acted = _all(port, seats, actions, _look)
    database_of(app).close()
    limit = f"GET {HEALTH}, as many at once"
    return [
        Figure(
            what=f"{members} members, an action, {name}",
            value=mine,
            unit="ms",
            limit=f"{limit}, {name}: {theirs:.1f} ms",
            limit_value=theirs,
        )
        for name, mine, theirs in zip(("p50", "p95", "p99"), _cuts(acted), _cuts(peer), strict=True)
    ]


def _seat(app: Flask, scenario: str, base: str) -> Seat:
    browser = sign_in(app)
    if browser.member_id is None:
        raise SystemExit("a browser without a member")
    with app.test_request_context(), database_of(app).begin() as session:
        run = operations.start(
            session,
            member=browser.member_id,
            scenario=scenario,
            mode="practice",
            now=clock.now(),
            seed=1,
        )
        row = queries.library.scenario(session, run.scenario, run.version).row
    cookie = "; ".join(
        f"{one.key}={one.value}"
        for one in (browser._cookies or {}).values()  # noqa: SLF001 - a test client's
    )
    headers = {
        "Cookie": cookie,
        "X-CSRFToken": browser.csrf_token(),
        "Content-Type": "application/json",
        "Accept": "application/json",
        "Origin": base,
    }
    return Seat(
        path=f"/workplace/runs/{run.id}/actions",
        headers=headers,
        objects=[one["id"] for one in row["objects"] if not one.get("absent")],
    )


Act = Callable[[http.client.HTTPConnection, Seat, int], None]


def _all(port: int, seats: Sequence[Seat], actions: int, act: Act) -> list[float]:
    """Let every seat act so many times, all together; returns times in s."""
    together = Barrier(len(seats))

    def one(seat: Seat, nth_seat: int) -> list[float]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
        _health(connection)
        together.wait(PATIENCE_S)
        time.sleep(PACE_S * nth_seat / len(seats))
        taken = []
        for nth in range(1, actions + 1):
            began = time.perf_counter()
            act(connection, seat, nth)
            taken.append(time.perf_counter() - began)
            time.sleep(max(0.0, PACE_S - taken[-1]))
        connection.close()
        return taken

    with ThreadPoolExecutor(len(seats)) as pool:
        return [took for times in pool.map(one, seats, range(len(seats))) for took in times]


def _health(connection: http.client.HTTPConnection) -> None:
    connection.request("GET", HEALTH)
    answer = connection.getresponse()
    answer.read()
    if answer.status != OK:
        raise SystemExit(f"GET {HEALTH} gave {answer.status}")


def _look(connection: http.client.HTTPConnection, seat: Seat, nth: int) -> None:
    action = {"kind": "look", "object": seat.objects[nth % len(seat.objects)]}
    sent = json.dumps({"nth": nth, "action": action})
    while True:
        connection.request("POST", seat.path, sent, seat.headers)
        answer = connection.getresponse()
        told = answer.read()
        if answer.status == OK:
            return
        if answer.status != BUSY:
            raise SystemExit(f"POST {seat.path} gave {answer.status}: {told[:200]!r}")
        time.sleep(AGAIN_S)


def _cuts(taken_s: Sequence[float]) -> tuple[float, float, float]:
    cuts = [one * 1000 for one in quantiles(taken_s, n=100)]
    return cuts[49], cuts[94], cuts[98]
