"""Web processes with nothing but the live part."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[3]


@pytest.fixture
def start_web(redis_url: str) -> Iterator[Callable[[], tuple[int, "subprocess.Popen[str]"]]]:
    """Starts one more web process; gives its port and the process."""
    started: list[subprocess.Popen[str]] = []

    def start() -> tuple[int, "subprocess.Popen[str]"]:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.programs.live_web", redis_url],
            cwd=HOUSE,
            env={"PYTHONPATH": f"{HOUSE}:{HOUSE / 'platform'}", "PYTHONWARNINGS": "error"},
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout
        return int(process.stdout.readline()), process

    yield start
    for process in started:
        process.terminate()
    for process in started:
        process.wait(20)
        if process.stdout:
            process.stdout.close()


@pytest.fixture
def port(start_web: Callable[[], tuple[int, "subprocess.Popen[str]"]]) -> int:
    """The port of one web process."""
    return start_web()[0]
