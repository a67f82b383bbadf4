"""One loop that starts programs, starts them again when they die, and stops them together.

One thread, no locks: signals arrive as bytes in a pipe, output as readable pipes, deaths as
SIGCHLD. Programs stop in stages, the highest first, so that a web process can still reach the
database while it finishes its requests.
"""

import os
import selectors
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import psutil

from psot.supervisor.child import Child
from psot.supervisor.leftovers import StateFile, end
from psot.supervisor.program import adopt_orphans

TICK_S = 0.2
STARTS_ALLOWED = 5  # of one program before everything has been seen ready


class StartFailed(Exception):  # noqa: N818 - read as a sentence
    """A program could not be brought up; says which and how it ended."""


class StopAsked(Exception):  # noqa: N818 - read as a sentence
    """Somebody asked for the end while the start was still going on."""


class Supervisor:
    """Runs children, writing their lines with ``say`` and their numbers into ``state``.

    ``terminal`` tells that SIGHUP means a closed window (stop), not a wish to reload.
    """

    def __init__(self, state: StateFile, say: Callable[[str], None], *, terminal: bool) -> None:
        self._state = state
        self._say = say
        self._terminal = terminal
        self._children: list[Child] = []
        self._selector = selectors.DefaultSelector()
        self._stops = 0
        self._wake_reader, self._wake_writer = os.pipe()

    @contextmanager
    def attending(self) -> Iterator[None]:
        """Take over the signals; whatever happens inside, stop every child at the end."""
        handled = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD)
        adopt_orphans()
        for end_of_pipe in (self._wake_reader, self._wake_writer):
            os.set_blocking(end_of_pipe, False)
        self._selector.register(self._wake_reader, selectors.EVENT_READ, None)
        before = {number: signal.signal(number, lambda *_: None) for number in handled}
        wakeup_before = signal.set_wakeup_fd(self._wake_writer, warn_on_full_buffer=False)
        try:
            yield
        finally:
            self._stop_all()
            signal.set_wakeup_fd(wakeup_before)
            for number, handler in before.items():
                signal.signal(number, handler)
            self._selector.close()
            os.close(self._wake_reader)
            os.close(self._wake_writer)

    def start(self, child: Child) -> None:
        """Start ``child`` and keep it running from now on. Raises StartFailed."""
        self._children.append(child)
        self._launch(child)

    def wait(self, ready: Callable[[], bool], what: str, limit_s: float = 60.0) -> None:
        """Attend to everything until ``ready()``.

        Raises StartFailed when a child keeps dying or the time is over, StopAsked on a signal.
        """
        deadline = time.monotonic() + limit_s
        while True:
            self._turn(0.05)  # first, so that ``ready`` never judges by yesterday's state
            if self._stops:
                raise StopAsked(what)
            for child in self._children:
                if child.pid is None and child.starts >= STARTS_ALLOWED:
                    raise StartFailed(f"{child.name} does not start (it ends {_how(child)})")
            if ready():
                return
            if time.monotonic() > deadline:
                raise StartFailed(f"{what} is not ready after {limit_s:.0f} s")

    def finish(self, child: Child, limit_s: float = 600.0) -> None:
        """Run ``child`` to its end.

        Raises StartFailed unless it ends well, StopAsked on a signal.
        """
        child.once = True
        self.start(child)
        self.wait(lambda: child.pid is None, child.name, limit_s)
        if child.exit_code != 0:
            raise StartFailed(f"{child.name} ended {_how(child)}")

    @property
    def steady(self) -> bool:
        """Whether everything that is to run does, and none of it keeps dying."""
        return all(child.steady for child in self._children if not child.once)

    def run(self) -> None:
        """Attend to everything until somebody asks for the end."""
        while not self._stops:
            self._turn(TICK_S)

    def _turn(self, timeout_s: float) -> None:
        for key, _ in self._selector.select(timeout_s):
            if key.data is None:
                self._hear()
            else:
                self._relay(key.data)
        self._reap()
        now = time.monotonic()
        for child in self._children:
            if child.pid is None and not child.once and not self._stops and now >= child.due_at_s:
                self._launch(child)
            if child.overdue:
                child.signal(signal.SIGKILL)

    def _hear(self) -> None:
        for number in os.read(self._wake_reader, 512):
            if number in (signal.SIGINT, signal.SIGTERM) or (
                number == signal.SIGHUP and self._terminal
            ):
                self._stops += 1
            elif number == signal.SIGHUP:
                self._say("psot       | reloading")
                for child in self._children:
                    if child.stage == max(one.stage for one in self._children):
                        child.ask_to_stop()

    def _launch(self, child: Child) -> None:
        try:
            child.start()
        except OSError as error:
            raise StartFailed(f"{child.name} cannot be started: {error}") from error
        if child.output is not None:
            self._selector.register(child.output, selectors.EVENT_READ, child)
        self._note()

    def _relay(self, child: Child, *, finished: bool = False) -> None:
        output = child.output
        for line in child.lines(finished=finished):
            self._say(f"{child.name:<10} | {line}")
        if output is not None and child.output is None:
            self._selector.unregister(output)

    def _reap(self) -> None:
        """Take every dead child and adopted orphan off the kernel's list."""
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            for child in self._children:
                if child.pid == pid:
                    self._bury(child, os.waitstatus_to_exitcode(status))

    def _bury(self, child: Child, exit_code: int) -> None:
        asked = child.asked_at_s is not None or child.once
        self._relay(child, finished=True)
        if child.output is not None:  # a grandchild still holds it open: nobody reads on
            self._selector.unregister(child.output)
            os.close(child.output)
            child.output = None
        child.ended(exit_code)
        if not asked:
            self._say(f"psot       | {child.name} ended {_how(child)}; starting it again")
        self._note()

    def _note(self) -> None:
        with suppress(OSError):  # a full disk must not stop the house
            self._state.write(one for child in self._children if (one := child.running()))

    def _stop_all(self) -> None:
        """Stop stage by stage; a second Ctrl-C kills what is left at once."""
        asked_before, self._stops = self._stops, max(self._stops, 1)
        for stage in sorted({child.stage for child in self._children}, reverse=True):
            of_stage = [child for child in self._children if child.stage == stage]
            for child in of_stage:
                child.ask_to_stop()
            while any(child.pid for child in of_stage):
                self._turn(TICK_S)
                if self._stops > max(asked_before, 1):
                    for child in of_stage:
                        child.signal(signal.SIGKILL)
        end(psutil.Process().children(recursive=True), patience_s=0)
        self._reap()
        self._state.write([])


def write_line(line: str) -> None:
    """Write to standard output; a terminal that has gone away is no reason to stop."""
    with suppress(OSError, ValueError):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


def _how(child: Child) -> str:
    code = child.exit_code
    if code is None:
        return "at once"
    if code < 0:
        return f"by signal {signal.Signals(-code).name}"
    return f"with exit code {code}"
