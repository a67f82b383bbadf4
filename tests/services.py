"""A throw-away PostgreSQL and Valkey, the same programs that embedded mode runs, without fsync.

Each lives in a short folder, in memory where there is room, dies with the test run however that
ends, and leaves nothing behind after a clean one.
"""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from psot.embedded.postgres import Postgres
from psot.embedded.valkey import Valkey
from psot.supervisor.program import Program, spawn

# The tests outlive no power cut, so they need not wait for the disk.
HASTY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_wal_size": "512MB",
    "shared_buffers": "64MB",
    "autovacuum_naptime": "5min",
}


DISK = Path("/tmp")
MEMORY = Path("/dev/shm")
ROOM_BYTES = 4 * 2**30


def roomy() -> Path:
    """Where a throw-away service keeps its files: in memory if there is room, else under /tmp.

    A copy of a database is a thousand files, which a disk takes twenty times as long to make.
    """
    if not MEMORY.is_dir():
        return DISK
    free = min(shutil.disk_usage(MEMORY).free, psutil.virtual_memory().available)
    return MEMORY if free >= ROOM_BYTES else DISK


@contextmanager
def throw_away_folder(place: Path = DISK) -> Iterator[Path]:
    """A folder with a path short enough for sockets, walkable by PostgreSQL's account."""
    folder = Path(tempfile.mkdtemp(prefix="psot-t-", dir=place))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running(
    program: Program, ready: Callable[[], bool], log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """Run ``program`` for the length of the block. Raises RuntimeError with its log if it fails."""
    with log.open("wb") as output:
        process = spawn(program, output)
    try:
        wait_until(lambda: ready() or process.poll() is not None)
        if process.poll() is not None:
            raise RuntimeError(f"{program.name} ended at once:\n{log.read_text()}")
        yield process
    finally:
        process.send_signal(program.stop_signal)
        try:
            process.wait(program.patience_s)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until(condition: Callable[[], bool], limit_s: float = 60.0) -> None:
    """Return once ``condition`` holds. Raises TimeoutError when it never does."""
    deadline = time.monotonic() + limit_s
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("the awaited condition did not come")
        time.sleep(0.02)


@contextmanager
def postgres_running(
    *, extra: dict[str, str] | None = None, place: Path = DISK
) -> Iterator[Postgres]:
    """A PostgreSQL of its own with an empty ``psot`` database."""
    with throw_away_folder(place) as folder:
        server = Postgres(folder / "data", folder / "s", HASTY if extra is None else extra)
        server.initialise()
        with running(server.program(), server.ready, folder / "log"):
            yield server


@contextmanager
def valkey_running(*, place: Path = DISK) -> Iterator[Valkey]:
    """A Valkey of its own, empty, with its append-only file."""
    with throw_away_folder(place) as folder:
        server = Valkey(folder / "data", folder / "redis.sock")
        server.initialise()
        with running(server.program(), server.ready, folder / "log"):
            yield server
