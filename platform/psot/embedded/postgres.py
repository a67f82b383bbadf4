"""PostgreSQL 18 on a private unix socket, durable, in UTC."""

import shutil
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg

from psot.embedded.account import hand_over, let_walk, unprivileged
from psot.embedded.programs import postgres_folder
from psot.errors import PsotError
from psot.supervisor.program import Account, Program

SUPERUSER = "psot"
DATABASE = "psot"

DURABLE = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_connections": "200",
    "fsync": "on",
    "synchronous_commit": "on",
    "logging_collector": "off",
}


class PostgresFailed(PsotError):  # noqa: N818 - read as a sentence
    """The cluster could not be made."""

    code = "postgres_failed"
    status = 500


@dataclass(frozen=True)
class Postgres:
    """One cluster: ``data`` keeps it, ``sockets`` is the folder where it answers.

    ``extra`` are server settings on top of ``DURABLE``.
    """

    data: Path
    sockets: Path
    extra: dict[str, str] = field(default_factory=dict)

    def url(self, database: str = DATABASE) -> str:
        """Address in the form of ``DATABASE_URL``."""
        return f"postgresql+psycopg://{SUPERUSER}@/{database}?host={quote(str(self.sockets))}"

    def connect(self, database: str = DATABASE) -> psycopg.Connection:
        """Connect directly, each statement a transaction of its own."""
        return psycopg.connect(
            host=str(self.sockets), user=SUPERUSER, dbname=database, autocommit=True
        )

    def initialise(self) -> None:
        """Make the cluster once; what a killed run made half is thrown away and made anew.

        Raises PostgresFailed with the program's own last line.
        """
        account = unprivileged()
        self.sockets.mkdir(mode=0o700, parents=True, exist_ok=True)
        hand_over(self.sockets, account)
        if account:
            let_walk(postgres_folder())
        if self.data.exists():
            return
        unfinished = self.data.with_name(f"{self.data.name}.unfinished")
        if unfinished.exists():
            shutil.rmtree(unfinished)
        unfinished.mkdir(mode=0o700, parents=True)
        hand_over(unfinished, account)
        self._make(unfinished, account)
        unfinished.rename(self.data)

    def _make(self, folder: Path, account: Account | None) -> None:
        try:
            made = subprocess.run(  # noqa: S603 - the wheel's own program
                [
                    postgres_folder() / "initdb",
                    f"--pgdata={folder}",
                    f"--username={SUPERUSER}",
                    "--auth=trust",  # the socket's folder decides who may come in
                    "--encoding=UTF8",
                    "--locale-provider=builtin",  # the same order of letters on every machine
                    "--builtin-locale=C.UTF-8",
                    "--locale=C",
                ],
                capture_output=True,
                text=True,
                check=False,
                cwd="/",
                user=account.uid if account else None,
                group=account.gid if account else None,
                extra_groups=[] if account else None,
            )
        except OSError as error:
            raise PostgresFailed(f"PostgreSQL cannot be run: {error}") from error
        if made.returncode != 0:
            last = (made.stderr.strip() or "no message").splitlines()[-1]
            raise PostgresFailed(f"PostgreSQL could not make its folder {self.data}: {last}")

    def program(self) -> Program:
        """The server in the foreground; it ends open sessions and stops on SIGINT."""
        argv = [str(postgres_folder() / "postgres"), "-D", str(self.data), "-k", str(self.sockets)]
        for name, value in (DURABLE | self.extra).items():
            argv += ["-c", f"{name}={value}"]
        return Program(
            name="postgres",
            argv=tuple(argv),
            account=unprivileged(),
            stop_signal=signal.SIGINT,
            patience_s=20.0,
        )

    def ready(self) -> bool:
        """Whether it accepts sessions; makes the ``psot`` database on the first one."""
        if not (self.sockets / ".s.PGSQL.5432").exists():
            return False
        try:
            with self.connect("postgres") as session:
                found = session.execute(
                    "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]
                ).fetchone()
                if not found:
                    session.execute(f"CREATE DATABASE {DATABASE}")
        except psycopg.OperationalError:
            return False
        return True

    def stop_leftover(self, patience_s: float = 20.0) -> None:
        """Stop a server that a killed run left on this cluster, and clear what it left behind."""
        pid_file = self.data / "postmaster.pid"
        try:
            pid = int(pid_file.read_text().split("\n", 1)[0])
            process = psutil.Process(pid)
            ours = process.name() == "postgres" and str(self.data) in process.cmdline()
        except (OSError, ValueError, psutil.Error):
            ours = False
        if ours:
            with suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGINT)
            _, alive = psutil.wait_procs([process], timeout=patience_s)
            for stubborn in alive:
                stubborn.send_signal(signal.SIGQUIT)
                psutil.wait_procs([stubborn], timeout=5)
        # A number that now belongs to another process would make PostgreSQL refuse to start.
        with suppress(FileNotFoundError):
            pid_file.unlink()

    @cached_property
    def version(self) -> str:
        """Such as ``18.4``."""
        printed = subprocess.run(  # noqa: S603 - the wheel's own program
            [postgres_folder() / "postgres", "--version"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        return printed.split()[2]
