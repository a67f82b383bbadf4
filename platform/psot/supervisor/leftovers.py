"""What a killed supervisor left running: written down at each start, stopped by the next one."""

import json
import os
import signal
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

SAME_START_S = 2.0  # the system tells start times through a boot time that may be adjusted


@dataclass(frozen=True, kw_only=True)
class Running:
    """A process by number *and* moment of start, so that a number given again is not mistaken."""

    name: str
    pid: int
    started_at_s: float
    stop_signal: int

    def process(self) -> psutil.Process | None:
        """The process if it is still the one that was written down."""
        try:
            found = psutil.Process(self.pid)
            same = abs(found.create_time() - self.started_at_s) < SAME_START_S
            return found if same and found.status() != psutil.STATUS_ZOMBIE else None
        except psutil.NoSuchProcess:
            return None


class StateFile:
    """The list of running programs on disk, replaced as a whole."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def write(self, running: Iterable[Running]) -> None:
        """Replace the list."""
        new = self._path.with_suffix(".new")
        new.write_text(json.dumps([asdict(one) for one in running], indent=1))
        new.replace(self._path)

    def read(self) -> list[Running]:
        """Give the list; an unreadable one (cut by a full disk) counts as empty."""
        try:
            return [Running(**one) for one in json.loads(self._path.read_text())]
        except (OSError, ValueError, TypeError):
            return []

    def stop_leftovers(self, patience_s: float = 15.0) -> list[str]:
        """Stop what is still running of the list, with its descendants; returns the names."""
        stopped = []
        family: list[psutil.Process] = []
        for one in self.read():
            process = one.process()
            if process is None:
                continue
            stopped.append(one.name)
            with suppress(psutil.NoSuchProcess):
                family += [*process.children(recursive=True), process]
                process.send_signal(signal.Signals(one.stop_signal))
        end(family, patience_s)
        self.write([])
        return stopped


def end(processes: Iterable[psutil.Process], patience_s: float) -> None:
    """Wait for processes that were asked to stop; kill those that do not in time."""
    alive = psutil.wait_procs([one for one in processes if one.pid != os.getpid()], patience_s)[1]
    for stubborn in alive:
        with suppress(psutil.NoSuchProcess):
            stubborn.kill()
    psutil.wait_procs(alive, 5)
