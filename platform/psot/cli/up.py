"""``psot up``: the whole product under one supervisor."""

import os
import shutil
import socket
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click

from psot.config import Settings
from psot.embedded.folder import DataFolder
from psot.errors import PsotError
from psot.supervisor.child import Child
from psot.supervisor.leftovers import RUN, StateFile
from psot.supervisor.probe import Probe
from psot.supervisor.procfile import read_procfile
from psot.supervisor.program import Program
from psot.supervisor.supervisor import StartFailed, StopAsked, Supervisor, write_line

BACKLOG = 2048
DATABASE_STAGE, REDIS_STAGE, HOUSE_STAGE = 0, 1, 2
RELEASE, REDIS, WEB, BOTS = "release", "redis", "web", "bots"
PROJECT = Path(__file__).resolve().parents[3]


class CannotStart(PsotError):  # noqa: N818 - read as a sentence
    """The product cannot be started here; says why and what to do."""

    code = "cannot_start"
    status = 500


@click.command
@click.option(
    "--procfile",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=PROJECT / "Procfile",
    show_default="the project's Procfile",
    help="What to run.",
)
@click.option("--demo", is_flag=True, help="PSOT_DEMO=1 unless the settings say otherwise.")
def command(procfile: Path, *, demo: bool) -> None:
    """Start everything: embedded services where none are configured, web, worker, scheduler.

    Ctrl-C or SIGTERM stops all of it; SIGHUP starts the processes of the product anew while the
    services stay. PSOT_PORT and PSOT_DATA_DIR choose where.

    Example: PSOT_PORT=8000 psot up --demo
    """
    if demo:
        os.environ.setdefault("PSOT_DEMO", "1")
    settings = Settings.from_environment(os.environ)
    try:
        with DataFolder.at(settings.data_dir).held() as folder:
            House(settings, folder, read_procfile(procfile)).live()
    except StartFailed as failure:
        raise CannotStart(str(failure)) from failure
    except StopAsked:
        write_line("psot       | stopped before everything was up")
        sys.exit(130)
    write_line("psot       | everything is stopped")


class House:
    """One run of the product in ``folder``."""

    def __init__(
        self, settings: Settings, folder: DataFolder, programs: dict[str, tuple[str, ...]]
    ) -> None:
        self.settings = settings
        self.folder = folder
        self.programs = programs
        self.state = StateFile(folder.path / "running.json")
        self.services: list[str] = []
        self.environment = os.environ | {
            "PSOT_DATA_DIR": str(folder.path),
            "PATH": f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ.get('PATH', '')}",
            "PYTHONUNBUFFERED": "1",
            RUN: self.state.run,
        }

    def live(self) -> None:
        """Clear what a killed run left, start everything in order, attend to it until the end."""
        if not self.settings.database_url:
            self.folder.settle(demo=self.settings.demo)
        self._clear_leftovers()
        with ExitStack() as stack:
            listening = stack.enter_context(self._listening())
            supervisor = Supervisor(self.state, write_line, terminal=sys.stdin.isatty())
            stack.enter_context(supervisor.attending())
            self._start_services(supervisor)
            if not self.settings.secret_key:
                self.folder.secret_key()
                self.environment["SECRET_KEY_FILE"] = str(self.folder.path / "secret-key")
            if RELEASE in self.programs:
                supervisor.finish(Child(self._program(RELEASE), stage=HOUSE_STAGE))
            for name in self.programs:
                if name not in (RELEASE, REDIS) and (name != BOTS or self.settings.demo):
                    supervisor.start(Child(self._program(name, listening), stage=HOUSE_STAGE))
            supervisor.wait(self._probe(), "the web process")
            supervisor.wait(lambda: supervisor.steady, "some process")
            self._welcome()
            supervisor.run()
            write_line("psot       | stopping")

    def _clear_leftovers(self) -> None:
        stopped = self.state.stop_leftovers()
        if not self.settings.database_url:
            self.folder.postgres.stop_leftover()
        if stopped:
            names = ", ".join(stopped)
            write_line(f"psot       | the last run was killed; stopped what it left: {names}")

    @contextmanager
    def _listening(self) -> Iterator[socket.socket]:
        host, port = self.settings.host, self.settings.port
        try:
            bound = socket.create_server((host, port), backlog=BACKLOG)
        except OSError as error:
            raise CannotStart(
                f"Port {port} on {host} cannot be used ({os.strerror(error.errno or 0)}): "
                "stop what uses it or choose another with PSOT_PORT"
            ) from error
        with bound:
            yield bound

    def _start_services(self, supervisor: Supervisor) -> None:
        if not self.settings.database_url:
            database = self.folder.postgres
            database.initialise()
            self._serve(supervisor, database.program(), DATABASE_STAGE)
            supervisor.wait(database.ready, "PostgreSQL")
            self.environment["DATABASE_URL"] = database.url()
            self.services.append(f"PostgreSQL {database.version} (embedded)")
        else:
            self.services.append("PostgreSQL at DATABASE_URL")
        if not self.settings.redis_url:
            server = self.folder.valkey
            self._serve(supervisor, self._program(REDIS), REDIS_STAGE)
            supervisor.wait(server.ready, "Valkey")
            self.environment["REDIS_URL"] = server.url()
            self.services.append(f"Valkey {server.version} (embedded)")
        else:
            self.services.append("Redis at REDIS_URL")

    def _serve(self, supervisor: Supervisor, program: Program, stage: int) -> None:
        path = self.folder.logs / f"{program.name}.log"
        log = path.open("wb")
        try:
            supervisor.start(Child(program, stage=stage, log=log))
        except StartFailed as failure:
            raise StartFailed(f"{failure}; see {path}") from failure

    def _program(self, name: str, listening: socket.socket | None = None) -> Program:
        if name not in self.programs:
            raise CannotStart(f"The Procfile has no line for {name!r}")
        environment = dict(self.environment)
        keep: tuple[int, ...] = ()
        if name == WEB and listening is not None:
            environment["PSOT_LISTEN_FD"] = str(listening.fileno())
            keep = (listening.fileno(),)
        word, *rest = self.programs[name]
        found = shutil.which(word, path=environment["PATH"]) or word
        return Program(name=name, argv=(found, *rest), environment=environment, keep_fds=keep)

    def _probe(self) -> Probe:
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.settings.host, self.settings.host)  # noqa: S104 - compared, not bound
        return Probe(host, self.settings.port, "/healthz")

    def _welcome(self) -> None:
        lines = [
            "",
            f"  PSOT is ready:  {self.settings.base_url}",
            f"  runs on:        {', '.join(self.services)}",
            f"  data:           {self.folder.path}",
        ]
        if self.settings.demo:
            lines += ["  demo accounts:", *(f"    {line}" for line in demo_accounts())]
        lines += ["  stop with Ctrl-C", ""]
        for line in lines:
            write_line(line)


def demo_accounts() -> list[str]:
    """One line for each account the demo community is entered with."""
    from psot.demo import ACCOUNTS  # noqa: PLC0415 - only in demo mode

    return [f"{one.role:<10} {one.email}  password: {one.password}" for one in ACCOUNTS]
