"""A builder for whole houses: ``psot up`` as a process of its own on a free port."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.services import throw_away_folder, wait_until

ROOT = Path(__file__).resolve().parents[1]
PROGRAMS = ROOT / "tests" / "programs"
PSOT = Path(sys.executable).parent / "psot"
START_S = 300.0

# Makes standard input the controlling terminal, as a shell in a window does.
IN_A_WINDOW = (
    "import fcntl, os, sys, termios; os.setsid(); fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
    "os.execv(sys.argv[1], sys.argv[1:])"
)

SMALL = f"""\
web: {sys.executable} {PROGRAMS / "small_web.py"}
worker: {sys.executable} {PROGRAMS / "small_worker.py"}
redis: psot redis
"""


def free_port() -> int:
    """A port that is free now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@dataclass
class House:
    """One start of ``psot up``; what it prints goes to ``printed``."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path
    _gone: list[psutil.Process] = field(default_factory=list)

    @property
    def printed(self) -> str:
        return self.log.read_text()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def says(self, pattern: str, times: int = 1) -> re.Match[str]:
        """Wait until it has printed ``pattern`` so many times; gives the last one."""
        found: list[re.Match[str]] = []

        def seen() -> bool:
            found[:] = re.finditer(pattern, self.printed)
            return len(found) >= times or self.process.poll() is not None

        wait_until(seen, START_S)
        assert len(found) >= times, f"no {pattern!r} in:\n{self.printed}"
        return found[-1]

    def comes_up(self) -> None:
        self.says("PSOT is ready")

    def family(self) -> list[psutil.Process]:
        """Everything it has started, and that in turn."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def get(self, path: str = "/") -> str:
        with urllib.request.urlopen(self.url + path, timeout=30) as answer:  # noqa: S310 - ours
            return str(answer.read().decode())

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        """Ask it to end; gives its exit code."""
        self.process.send_signal(number)
        return self.process.wait(60)


@contextmanager
def house(
    data: Path, *, procfile: str = SMALL, port: int = 0, window: int | None = None, **settings: str
) -> Iterator[House]:
    """``psot up`` on the folder ``data``; stopped at the end if it still runs.

    ``window`` is the descriptor of a terminal to run it in.
    """
    port = port or free_port()
    with throw_away_folder() as folder:
        (folder / "Procfile").write_text(procfile)
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PSOT_", "DATABASE_URL", "REDIS_URL", "SECRET_KEY"))
        }
        log = folder / "printed"
        with log.open("wb") as output:
            shell = [] if window is None else [sys.executable, "-c", IN_A_WINDOW]
            process = subprocess.Popen(
                [*shell, PSOT, "up", "--procfile", folder / "Procfile"],
                env=environment
                | {"PSOT_DATA_DIR": str(data), "PSOT_PORT": str(port), "PYTHONPATH": str(ROOT)}
                | settings,
                stdin=subprocess.DEVNULL if window is None else window,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=folder,
            )
        try:
            yield House(process, port, log)
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
                try:
                    process.wait(60)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
