"""Valkey, a Redis-protocol server with an append-only file, on a private unix socket."""

import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

import redis

from psot.embedded.programs import valkey_server
from psot.supervisor.program import Program


@dataclass(frozen=True)
class Valkey:
    """One server: ``data`` keeps its append-only file, ``socket`` is where it answers."""

    data: Path
    socket: Path

    def url(self, database: int = 0) -> str:
        """Address in the form of ``REDIS_URL``."""
        return f"unix://{quote(str(self.socket))}?db={database}"

    def initialise(self) -> None:
        """Make the folder for the append-only file."""
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)

    def program(self) -> Program:
        """The server in the foreground; every write is in its file within a second."""
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.data),
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
            "maxmemory-policy": "noeviction",
            "daemonize": "no",
        }
        argv = [str(valkey_server())]
        for name, value in options.items():
            argv += [f"--{name}", value]
        return Program(name="redis", argv=tuple(argv))

    def ready(self) -> bool:
        """Whether it answers and has loaded its file."""
        if not self.socket.exists():
            return False
        try:
            with redis.Redis.from_url(self.url()) as client:
                return bool(client.ping())
        except redis.exceptions.RedisError:
            return False

    @cached_property
    def version(self) -> str:
        """Such as ``9.1.2``."""
        printed = subprocess.run(  # noqa: S603 - the wheel's own program
            [valkey_server(), "--version"], capture_output=True, text=True, check=True
        ).stdout
        return next(word[2:] for word in printed.split() if word.startswith("v="))
