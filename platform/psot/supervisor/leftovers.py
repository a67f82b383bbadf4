"""What a killed supervisor left running: written down at each start, stopped by the next one."""

import json
import os
import signal
import uuid
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

RUN = "PSOT_RUN"
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
    """The list of running programs on disk, replaced as a whole.

    ``run`` names this run; programs started with it as ``RUN`` in their environment hand it on to
    whatever they start, so that a grandchild which outlived everybody is still found.
    """

    def __init__(self, path: Path) -> None:
        self.run = uuid.uuid4().hex
        self._path = path

    def write(self, running: Iterable[Running]) -> None:
        """Replace the list."""
        new = self._path.with_suffix(".new")
        state = {"run": self.run, "running": [asdict(one) for one in running]}
        new.write_text(json.dumps(state, indent=1))
        new.replace(self._path)

    def read(self) -> tuple[str, list[Running]]:
        """Name of the last run and what it had running.

        An unreadable file (cut by a full disk) counts as a run without a name that left nothing.
        """
        try:
            state = json.loads(self._path.read_text())
            return str(state["run"]), [Running(**one) for one in state["running"]]
        except (OSError, ValueError, TypeError, KeyError):
            return "", []

    def stop_leftovers(self, patience_s: float = 15.0) -> list[str]:
        """Stop what is still running of the last run; returns the names."""
        run, running = self.read()
        family = _of_run(run) if run and running else []
        stopped = []
        for one in running:
            process = one.process()
            if process is None:
                continue
            stopped.append(one.name)
            family = [other for other in family if other != process]
            with suppress(psutil.NoSuchProcess):
                process.send_signal(signal.Signals(one.stop_signal))
            family.append(process)
        end(family, patience_s)
        self.write([])
        return stopped


def _of_run(run: str) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.environ().get(RUN) == run and process.pid != os.getpid():
                found.append(process)
    return found


def end(processes: Iterable[psutil.Process], patience_s: float) -> None:
    """Wait for processes that were asked to stop; kill those that do not in time."""
    alive = psutil.wait_procs([one for one in processes if one.pid != os.getpid()], patience_s)[1]
    for stubborn in alive:
        with suppress(psutil.NoSuchProcess):
            stubborn.kill()
    psutil.wait_procs(alive, 5)
