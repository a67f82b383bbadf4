"""A house that can be broken: real services and processes, each restarted when it dies.

Faults are asked for by name and counted. Everything lives in a folder of its own and is stopped by
process id at the end.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import psutil
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from psot import migrations
from psot.config import Settings
from psot.embedded.postgres import Postgres
from psot.embedded.valkey import Valkey
from psot.ledger.bell import Bell
from psot.ledger.consumers import enrol
from psot.projections import CATALOGUE
from psot.runtime import Runtime, connect
from psot.supervisor.program import Program, spawn
from tests.services import throw_away_folder, wait_until

LOOK_EVERY_S = 0.05
OUTAGE = (SQLAlchemyError, RedisError, OSError)


class House:
    """PostgreSQL, Valkey, two workers and a scheduler; `keep` restarts what has died."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # Durable, as in production: this is what the promise is about.
        self.postgres = Postgres(folder / "data", folder / "s", {})
        self.valkey = Valkey(folder / "redis", folder / "redis.sock")
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.faults: Counter[str] = Counter()
        self._closing = threading.Event()
        self._keeper = threading.Thread(target=self._keep, name="keeper")

    @property
    def settings(self) -> Settings:
        """Settings of a process of this house."""
        return Settings(
            database_url=self.postgres.url(),
            redis_url=self.valkey.url(),
            data_dir=self.folder,
            demo=True,
        )

    def programs(self) -> dict[str, Program]:
        """Return what runs, by name."""
        environment = os.environ | {
            "DATABASE_URL": self.postgres.url(),
            "REDIS_URL": self.valkey.url(),
            "PSOT_DATA_DIR": str(self.folder),
            "PSOT_DEMO": "1",
            "PYTHONPATH": os.pathsep.join((".", "platform")),
        }

        def psot(name: str, *words: str) -> Program:
            call = "from psot.cli import main; main()"
            argv = (sys.executable, "-c", call, *words)
            return Program(name=name, argv=argv, environment=environment)

        return {
            "postgres": self.postgres.program(),
            "valkey": self.valkey.program(),
            "worker": psot("worker", "worker", "ledger"),
            "second worker": psot("second worker", "worker", "ledger"),
            "scheduler": psot("scheduler", "scheduler"),
        }

    def open(self) -> Runtime:
        """Start everything on an empty, migrated database."""
        self.postgres.initialise()
        self.valkey.initialise()
        for name in ("postgres", "valkey"):
            self._start(name)
        wait_until(lambda: self.postgres.ready() and self.valkey.ready())
        migrations.upgrade(self.postgres.url())
        made = connect(self.settings)
        enrol(made.database, CATALOGUE)
        for name in ("worker", "second worker", "scheduler"):
            self._start(name)
        self._keeper.start()
        return made

    def close(self) -> None:
        """Stop everything that was started, the services last."""
        self._closing.set()
        if self._keeper.is_alive():
            self._keeper.join()
        for name, process in reversed(self.running.items()):
            self._end(name, process)

    def _end(self, name: str, process: subprocess.Popen[bytes]) -> None:
        horses = _children(process.pid)
        process.send_signal(self.programs()[name].stop_signal)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for horse in horses:
            with contextlib.suppress(psutil.NoSuchProcess):
                horse.kill()

    def _start(self, name: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = spawn(self.programs()[name], log)

    def _keep(self) -> None:
        while not self._closing.wait(LOOK_EVERY_S):
            for name, process in list(self.running.items()):
                if process.poll() is not None:
                    self._start(name)

    def kill_worker(self) -> None:
        """``kill -9`` a worker; its work-horse, if it has one, goes on as an orphan."""
        self.running["worker"].kill()
        self.faults["worker killed"] += 1

    def kill_horse(self) -> None:
        """``kill -9`` the work-horse of a worker in the middle of its work."""
        wait_until(self._horse_killed)
        self.faults["work-horse killed"] += 1

    def _horse_killed(self) -> bool:
        with Redis.from_url(self.valkey.url()) as client:
            Bell(client).ring()  # so that there is one
        for name in ("worker", "second worker"):
            for horse in _children(self.running[name].pid):
                with contextlib.suppress(psutil.NoSuchProcess):
                    horse.kill()
                    return True
        return False

    def kill_redis(self) -> None:
        """``kill -9`` Valkey; it comes back with its append-only file."""
        self.running["valkey"].kill()
        self.faults["redis killed"] += 1

    def flush_redis(self) -> None:
        """Empty Valkey: boards, bells and jobs are gone."""
        with Redis.from_url(self.valkey.url()) as client:
            client.flushall()
        self.faults["redis flushed"] += 1

    def crash_postgres(self) -> None:
        """Stop PostgreSQL at once, without a checkpoint, and let it recover."""
        process = self.running["postgres"]
        process.send_signal(signal.SIGQUIT)
        process.wait(30)
        self.faults["postgres crashed"] += 1
        wait_until(self.postgres.ready)


def _children(pid: int) -> list[psutil.Process]:
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


H = TypeVar("H", bound=House)


@contextmanager
def opened(build: Callable[[Path], H]) -> Iterator[tuple[H, Runtime]]:
    """Open the house that ``build`` makes in a folder; give it and a connection to it.

    Everything is stopped at the end.
    """
    with throw_away_folder() as folder:
        house = build(folder)
        try:
            made = house.open()
            yield house, made
            made.database.close()
        finally:
            house.close()


def insist(act: Callable[[], object], limit_s: float = 60.0) -> None:
    """Do ``act`` until it goes through, as a client with a retry does."""
    deadline = time.monotonic() + limit_s
    while True:
        try:
            act()
        except OUTAGE:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return
