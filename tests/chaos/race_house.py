"""A house with its web process, for racers: it can be broken while they race."""

import signal
import urllib.error
import urllib.request
from pathlib import Path

from psot.library.start import load_start
from psot.runtime import Runtime
from psot.supervisor.program import Program
from tests.chaos.house import House
from tests.houses import free_port
from tests.services import wait_until


class RaceHouse(House):
    """The services, two workers, the scheduler and one web process, each restarted when it dies."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.port = free_port()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """What a program of this house is told."""
        return dict(self.programs()["web"].environment)

    def programs(self) -> dict[str, Program]:
        programs = super().programs()
        pattern = programs["scheduler"]
        told = {"PSOT_PORT": str(self.port), "PSOT_BASE_URL": self.url, "PSOT_LOG_LEVEL": "WARNING"}
        environment = dict(pattern.environment) | told
        web = Program(name="web", argv=(*pattern.argv[:-1], "web"), environment=environment)
        return {**programs, "web": web}

    def open(self) -> Runtime:
        made = super().open()
        load_start(made.database)  # a race asks questions of the library
        self._start("web")
        wait_until(self.answers)
        return made

    def answers(self) -> bool:
        """Whether the web process answers."""
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:  # noqa: S310 - ours
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def kill_web(self) -> None:
        """``kill -9`` the web process: every socket is gone."""
        self.running["web"].kill()
        self.faults["web killed"] += 1

    def restart_web(self) -> None:
        """Let the web process end as a release does, and come back."""
        self.running["web"].send_signal(signal.SIGTERM)
        self.faults["web restarted"] += 1
