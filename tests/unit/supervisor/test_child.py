"""When a dead program is due again, and how its output becomes lines."""

import os
import sys
import time
from pathlib import Path

import pytest

from psot.supervisor.child import LONGEST_LINE, Child, pause_before_restart_s
from psot.supervisor.procfile import read_procfile
from psot.supervisor.program import Program


@pytest.mark.parametrize(
    ("quick_deaths", "pause_s"),
    [(0, 0.0), (1, 0.25), (2, 0.5), (3, 1.0), (4, 2.0), (5, 4.0), (6, 5.0), (1000, 5.0)],
)
def test_the_pause_doubles_up_to_five_seconds(quick_deaths: int, pause_s: float) -> None:
    assert pause_before_restart_s(quick_deaths) == pause_s


def python(code: str, **environment: str) -> Child:
    return Child(
        Program(name="it", argv=(sys.executable, "-c", code), environment=os.environ | environment)
    )


def run_to_the_end(child: Child) -> list[str]:
    child.start()
    assert child.pid is not None
    lines: list[str] = []
    while child.output is not None:
        lines += child.lines()
        time.sleep(0.01)
    os.waitpid(child.pid, 0)
    child.ended(0)
    return lines + list(child.lines(finished=True))


def test_output_comes_as_whole_lines_and_the_last_without_its_end() -> None:
    assert run_to_the_end(python(r"print('one\r\ntwo\n\nthree', end='')")) == [
        "one",
        "two",
        "",
        "three",
    ]


def test_a_line_without_end_does_not_fill_the_memory() -> None:
    lines = run_to_the_end(python(f"print('x' * {LONGEST_LINE * 3}, end='')"))

    assert "".join(lines) == "x" * LONGEST_LINE * 3
    assert max(map(len, lines)) <= LONGEST_LINE * 2


def test_both_streams_are_heard_and_the_environment_is_the_given_one() -> None:
    child = python("import os, sys; sys.stderr.write(os.environ['WORD'] + '\\n')", WORD="heard")

    assert run_to_the_end(child) == ["heard"]


def test_a_death_soon_after_the_start_counts_and_a_wanted_end_does_not() -> None:
    child = python("")
    run_to_the_end(child)
    assert child.quick_deaths == 1

    child.asked_at_s = time.monotonic()
    child.ended(0)
    assert child.quick_deaths == 0


def test_a_procfile_is_split_as_a_shell_would_and_keeps_its_order(tmp_path: Path) -> None:
    file = tmp_path / "Procfile"
    file.write_text("# a comment\nweb: psot web\nworker: psot worker 'led ger'\n\n")

    assert read_procfile(file) == {
        "web": ("psot", "web"),
        "worker": ("psot", "worker", "led ger"),
    }
