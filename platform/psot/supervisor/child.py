"""One program kept running: when it may start, what it says, how it is asked to stop."""

import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

import psutil

from psot.supervisor.leftovers import Running
from psot.supervisor.program import Program, spawn

LIVED_S = 2.0  # a program that ran this long and died is started again at once
FIRST_PAUSE_S = 0.25
LONGEST_PAUSE_S = 5.0
LONGEST_LINE = 65536  # bytes


def pause_before_restart_s(quick_deaths: int) -> float:
    """Pause after ``quick_deaths`` deaths in a row, each soon after its start.

    >>> [pause_before_restart_s(n) for n in (0, 1, 2, 3, 9)]
    [0.0, 0.25, 0.5, 1.0, 5.0]
    """
    if quick_deaths == 0:
        return 0.0
    return min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2.0 ** min(quick_deaths - 1, 10))


@dataclass
class Child:
    """A supervised program. ``stage`` orders the stop: the highest stage goes first.

    ``log`` takes its output instead of the terminal; ``once`` means it is to end by itself.
    """

    program: Program
    stage: int = 0
    log: IO[bytes] | None = None
    once: bool = False
    pid: int | None = None
    exit_code: int | None = None
    quick_deaths: int = 0
    starts: int = 0
    due_at_s: float = 0.0
    asked_at_s: float | None = None
    output: int | None = None
    _born_at_s: float = 0.0
    _unfinished: bytes = field(default=b"", repr=False)

    @property
    def name(self) -> str:
        """The program's name."""
        return self.program.name

    def start(self) -> None:
        """Start it now. Raises OSError when the program cannot be run."""
        if self.log is not None:
            process = spawn(self.program, self.log)
        else:
            reader, writer = os.pipe()
            os.set_blocking(reader, False)
            try:
                process = spawn(self.program, writer)
            except OSError:
                os.close(reader)
                raise
            finally:
                os.close(writer)
            self.output = reader
        self.pid, self.exit_code, self.asked_at_s = process.pid, None, None
        # The supervisor reaps by itself; a Popen of our own would wait for the same number.
        process.returncode = 0
        self._born_at_s = time.monotonic()
        self.starts += 1

    def ended(self, exit_code: int) -> None:
        """Note that it has ended, and when it is due again."""
        asked = self.asked_at_s is not None
        lived_s = time.monotonic() - self._born_at_s
        self.quick_deaths = 0 if asked or lived_s >= LIVED_S else self.quick_deaths + 1
        self.due_at_s = time.monotonic() + pause_before_restart_s(self.quick_deaths)
        self.pid, self.exit_code = None, exit_code

    def ask_to_stop(self) -> None:
        """Ask once; repeated calls do not hurry it."""
        if self.pid is not None and self.asked_at_s is None:
            self.asked_at_s = time.monotonic()
            self.signal(self.program.stop_signal)

    def signal(self, number: signal.Signals) -> None:
        """Send ``number`` if it runs."""
        if self.pid is not None:
            os.kill(self.pid, number)

    @property
    def steady(self) -> bool:
        """Whether it runs and, if it kept dying before, has run for a while."""
        lived_s = time.monotonic() - self._born_at_s
        return self.pid is not None and (self.quick_deaths == 0 or lived_s >= LIVED_S)

    @property
    def overdue(self) -> bool:
        """Whether it was asked to stop longer ago than its patience allows."""
        asked = self.asked_at_s
        return asked is not None and time.monotonic() - asked > self.program.patience_s

    def running(self) -> Running | None:
        """How the next supervisor can find it."""
        if self.pid is None:
            return None
        try:
            started_at_s = psutil.Process(self.pid).create_time()
        except psutil.NoSuchProcess:
            return None
        return Running(
            name=self.name,
            pid=self.pid,
            started_at_s=started_at_s,
            stop_signal=int(self.program.stop_signal),
        )

    def lines(self, *, finished: bool = False) -> Iterator[str]:
        """Whole lines it has written by now; the rest too when it has ``finished``."""
        while self.output is not None:
            try:
                piece = os.read(self.output, 65536)
            except BlockingIOError:
                break
            if not piece:
                os.close(self.output)
                self.output, finished = None, True
                break
            self._unfinished += piece
            *whole, self._unfinished = self._unfinished.split(b"\n")
            yield from (line.decode(errors="replace").rstrip("\r") for line in whole)
            if len(self._unfinished) > LONGEST_LINE:
                break
        if self._unfinished and (finished or len(self._unfinished) > LONGEST_LINE):
            rest, self._unfinished = self._unfinished, b""
            yield rest.decode(errors="replace")
