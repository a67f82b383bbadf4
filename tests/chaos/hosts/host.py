"""One host of the product: `psot up` in a namespace, with everything it starts."""

import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from psot.supervisor.program import Program, spawn
from tests.chaos.hosts.network import Place
from tests.houses import PSOT, START_S
from tests.services import wait_until

PATIENCE_S = 60.0


@dataclass(kw_only=True)
class Host:
    """The processes of ``procfile`` under one supervisor; ``folder`` is the host's own."""

    place: Place
    folder: Path
    procfile: Path
    environment: Mapping[str, str]
    starts: int = 0
    process: "subprocess.Popen[bytes] | None" = field(default=None)

    @property
    def printed(self) -> str:
        """What the supervisor and its processes have said."""
        return self._log.read_text(encoding="utf-8")

    @property
    def is_up(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def _log(self) -> Path:
        return self.folder / "printed"

    def start(self) -> None:
        """Start everything; it answers once `ready` returns."""
        self.folder.mkdir(exist_ok=True)
        program = Program(
            name=self.place.name,
            argv=(str(PSOT), "up", "--procfile", str(self.procfile)),
            environment=self.environment,
        )
        with self._log.open("ab") as log, self.place.inside():
            self.process = spawn(program, log)
        self.starts += 1

    def ready(self) -> None:
        """Return once everything runs."""
        wait_until(self._is_ready, START_S)

    def _is_ready(self) -> bool:
        assert self.is_up, self.printed
        return self.printed.count("PSOT is ready") == self.starts

    def kill(self) -> None:
        """Kill every process of the host at once: nothing is finished, nobody is told."""
        running = self._family()
        # Nobody is to start anew, or to leave in order, what another has just lost.
        for number in (signal.SIGSTOP, signal.SIGKILL):
            for one in running:
                with suppress(psutil.NoSuchProcess):
                    one.send_signal(number)
        if self.process is not None:
            self.process.wait()
        psutil.wait_procs(running, PATIENCE_S)

    def stop(self) -> None:
        """Stop as a release does: with SIGTERM, everything finished first."""
        assert self.process is not None
        self.process.terminate()
        self.process.wait(PATIENCE_S)

    @contextmanager
    def pausing(self, *commands: str) -> Iterator[None]:
        """Let the processes of these commands, such as "worker", stand still for the block."""
        paused = [one for one in self._family() if set(commands) & set(one.cmdline())]
        assert len(paused) >= len(commands), self.printed
        for one in paused:
            one.suspend()
        try:
            yield
        finally:
            for one in paused:
                with suppress(psutil.NoSuchProcess):
                    one.resume()

    def _family(self) -> list[psutil.Process]:
        found = []
        for pid in self.place.pids():
            with suppress(psutil.NoSuchProcess):
                found.append(psutil.Process(pid))
        return found
