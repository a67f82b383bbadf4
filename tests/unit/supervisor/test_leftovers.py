"""What the next start may stop, and what it must never touch."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from psot.supervisor.leftovers import Running, StateFile

OBEDIENT = """
import signal
signal.signal(signal.SIGTERM, lambda *_: (print("asked", flush=True), exit()))
print("up", flush=True)
signal.pause()
"""
STUBBORN = OBEDIENT.replace("exit()", "signal.pause()")


@pytest.fixture
def started() -> Iterator[list[subprocess.Popen[bytes]]]:
    processes: list[subprocess.Popen[bytes]] = []
    yield processes
    for process in processes:
        process.kill()
        process.communicate()


def run(
    code: str, started: list[subprocess.Popen[bytes]], **environment: str
) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, env=os.environ | environment
    )
    started.append(process)
    assert process.stdout is not None
    process.stdout.readline()
    return process


def said(process: subprocess.Popen[bytes]) -> str:
    assert process.stdout is not None
    return process.stdout.read().decode().strip()


def written(process: subprocess.Popen[bytes], *, started_earlier_s: float = 0.0) -> Running:
    return Running(
        name="worker",
        pid=process.pid,
        started_at_s=psutil.Process(process.pid).create_time() - started_earlier_s,
        stop_signal=int(signal.SIGTERM),
    )


def test_a_leftover_is_stopped_with_its_own_signal(
    tmp_path: Path, started: list[subprocess.Popen[bytes]]
) -> None:
    left = run(OBEDIENT, started)
    state = StateFile(tmp_path / "running.json")
    state.write([written(left)])

    assert state.stop_leftovers() == ["worker"]
    assert said(left) == "asked"
    assert not psutil.pid_exists(left.pid)
    assert state.read() == (state.run, [])


def test_a_leftover_that_does_not_listen_is_killed(
    tmp_path: Path, started: list[subprocess.Popen[bytes]]
) -> None:
    left = run(STUBBORN, started)
    state = StateFile(tmp_path / "running.json")
    state.write([written(left)])

    assert state.stop_leftovers(patience_s=0.1) == ["worker"]
    assert not psutil.pid_exists(left.pid)


def test_what_a_leftover_had_started_is_found_by_the_name_of_the_run(
    tmp_path: Path, started: list[subprocess.Popen[bytes]]
) -> None:
    state = StateFile(tmp_path / "running.json")
    left, grandchild = run(OBEDIENT, started), run(STUBBORN, started, PSOT_RUN=state.run)
    stranger = run(OBEDIENT, started, PSOT_RUN="another")
    state.write([written(left)])

    StateFile(tmp_path / "running.json").stop_leftovers(patience_s=0.1)

    assert not psutil.pid_exists(grandchild.pid)
    assert stranger.poll() is None


def test_a_number_given_to_another_process_is_never_touched(
    tmp_path: Path, started: list[subprocess.Popen[bytes]]
) -> None:
    stranger = run(OBEDIENT, started)
    state = StateFile(tmp_path / "running.json")
    state.write([written(stranger, started_earlier_s=60)])

    assert state.stop_leftovers() == []
    assert stranger.poll() is None


def test_a_process_that_is_gone_is_no_leftover(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    state = StateFile(tmp_path / "running.json")
    state.write(
        [Running(name="web", pid=process.pid, started_at_s=0.0, stop_signal=int(signal.SIGTERM))]
    )

    assert state.stop_leftovers() == []


@pytest.mark.parametrize(
    "content",
    ["", '{"run": "1", "run', '{"run": "1"}', '{"run": "1", "running": [{"name": "web"}]}', "[]"],
)
def test_a_state_file_cut_by_a_full_disk_counts_as_empty(tmp_path: Path, content: str) -> None:
    file = tmp_path / "running.json"
    file.write_text(content)

    assert StateFile(file).read() == ("", [])
