"""Everything is walked in quiet moments, now and then, and in busy ones only after a long time."""

import subprocess
import sys

import pytest

from psot.garbage import EVERY_S, LONGEST_S, QUIET, WINDOW_S, YOUNG, Walks


class Process:
    """A process that works a share of its time, on a clock that moves when it sleeps."""

    def __init__(self, share: float) -> None:
        self.share = share
        self.now_s = self.worked_s = 0.0
        self.walked_at_s: list[float] = []
        self.walks = Walks(
            monotonic=lambda: self.now_s, worked=lambda: self.worked_s, walk=self.walk
        )

    def walk(self) -> None:
        self.walked_at_s.append(self.now_s)
        self.worked_s += 1.0

    def sleep(self, seconds: float) -> None:
        if self.now_s >= 2 * LONGEST_S:
            raise SystemExit
        self.now_s += seconds
        self.worked_s += self.share * seconds

    def live(self) -> list[float]:
        with pytest.raises(SystemExit):
            self.walks.run(self.sleep)
        return self.walked_at_s


def test_a_quiet_process_walks_everything_now_and_then() -> None:
    walked_at_s = Process(share=QUIET / 2).live()

    assert walked_at_s[:2] == [EVERY_S, 2 * EVERY_S]


def test_a_busy_process_walks_everything_only_after_a_long_time() -> None:
    assert Process(share=0.9).live() == [LONGEST_S, 2 * LONGEST_S]


def test_the_first_quiet_moment_is_taken() -> None:
    process = Process(share=0.9)
    while process.now_s < EVERY_S + 10:
        process.sleep(WINDOW_S)
        process.walks.look()
    assert process.walked_at_s == []

    process.share = 0.0
    process.sleep(WINDOW_S)
    process.walks.look()

    assert process.walked_at_s == [process.now_s]


def test_what_is_there_at_the_start_is_never_walked_again() -> None:
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            (
                "import gc; from psot import garbage; garbage.settle();"
                "print(gc.get_freeze_count() > 1000, gc.get_threshold()[0])"
            ),
        ],
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.split() == ["True", str(YOUNG)]
