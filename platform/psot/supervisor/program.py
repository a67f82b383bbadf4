"""A program to run, and how it is born tied to the process that started it."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import IO

PR_SET_PDEATHSIG = 1  # linux/prctl.h


@dataclass(frozen=True, kw_only=True)
class Account:
    """The system account a program runs under, by number."""

    uid: int
    gid: int


@dataclass(frozen=True, kw_only=True)
class Program:
    """What to run and how to end it.

    ``patience_s`` is how long after ``stop_signal`` it may take before it is killed;
    ``keep_fds`` are open descriptors it inherits, such as a listening socket.
    """

    name: str
    argv: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    account: Account | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    patience_s: float = 15.0
    keep_fds: tuple[int, ...] = ()


def spawn(program: Program, output: int | IO[bytes]) -> subprocess.Popen[bytes]:
    """Start ``program`` in a session of its own, both its streams into ``output``.

    A session of its own keeps a terminal's Ctrl-C away from it: the starter decides who stops
    when. On Linux the kernel sends it ``stop_signal`` when the starting thread dies, however it
    dies. Raises OSError when the program cannot be run.
    """
    return subprocess.Popen(  # noqa: S603 - running configured programs is what a supervisor does
        program.argv,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        env=dict(program.environment) or None,
        cwd="/" if program.account else None,  # another account may not enter where we stand
        pass_fds=program.keep_fds,
        start_new_session=True,
        user=program.account.uid if program.account else None,
        group=program.account.gid if program.account else None,
        extra_groups=[] if program.account else None,
        preexec_fn=_tie_to_parent(program.stop_signal),  # noqa: PLW1509 - starters have one thread
    )


def adopt_orphans() -> None:
    """Become the parent of any descendant whose own parent dies, so that none is lost (Linux)."""
    pr_set_child_subreaper = 36
    if prctl := _prctl():
        prctl(pr_set_child_subreaper, 1, 0, 0, 0)


def _tie_to_parent(stop_signal: signal.Signals) -> Callable[[], None] | None:
    prctl = _prctl()  # loaded before the fork: a forked child should not open libraries
    if prctl is None:
        return None
    parent = os.getpid()

    def tie() -> None:
        prctl(PR_SET_PDEATHSIG, int(stop_signal), 0, 0, 0)
        if os.getppid() != parent:  # it died between the fork and the line above
            os._exit(1)

    return tie


def _prctl() -> Callable[..., int] | None:
    if not sys.platform.startswith("linux"):
        return None
    function: Callable[..., int] = ctypes.CDLL(None, use_errno=True).prctl
    return function
