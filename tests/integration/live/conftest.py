"""Web processes with nothing but the live part."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from psot.embedded.valkey import Valkey
from tests.live_client import Start

HOUSE = Path(__file__).resolve().parents[3]


@pytest.fixture
def start_web(valkey: Valkey) -> Iterator[Start]:
    """Starts one more web process; gives its port and the process."""
    with processes(valkey.url()) as start:
        yield start


@pytest.fixture(scope="package")
def ports(valkey: Valkey) -> Iterator[tuple[int, int]]:
    """The ports of two web processes that all tests share."""
    with processes(valkey.url()) as start:
        yield start()[0], start()[0]


@pytest.fixture
def port(ports: tuple[int, int]) -> int:
    """The port of the first of them."""
    return ports[0]


@contextmanager
def processes(redis_url: str) -> Iterator[Start]:
    """Give a way to start web processes; all are ended with the block."""
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

    try:
        yield start
    finally:
        for process in started:
            process.terminate()
        for process in started:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            if process.stdout:
                process.stdout.close()
