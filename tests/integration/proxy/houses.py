"""nginx with the configuration that is shipped, before real web processes of one house."""

import os
import socket
import ssl
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests import nginx
from tests.houses import PSOT, ROOT, START_S, free_port
from tests.services import running, wait_until
from tests.visitors import Visitor
from tests.web import SECRET

PATIENCE_S = 120.0


@dataclass
class Web:
    """One web process that can be ended and started again on its port."""

    port: int
    environment: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] = field(init=False)

    @property
    def is_up(self) -> bool:
        return self.process.poll() is None

    def start(self) -> None:
        """Start it; it answers once `ready` returns."""
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, PSOT, "web"],
                env=self.environment | {"PSOT_PORT": str(self.port)},
                stdout=output,
                stderr=output,
            )

    def ready(self) -> None:
        """Return once it answers."""
        wait_until(self._answers, START_S)

    def _answers(self) -> bool:
        with suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2).close()
            return True
        assert self.is_up, self.log.read_text()
        return False

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE_S)


@dataclass
class Proxied:
    """A house of two web processes; ``base`` is the address that members see."""

    base: str
    plain: str
    trust: ssl.SSLContext
    webs: tuple[Web, Web]

    def revive(self) -> None:
        """Start what a test has ended."""
        ended = [one for one in self.webs if not one.is_up]
        for one in ended:
            one.start()
        for one in ended:
            one.ready()

    def visitor(self) -> Visitor:
        return Visitor(self.base, self.trust)


@contextmanager
def proxied(database_url: str, redis_url: str, folder: Path) -> Iterator[Proxied]:
    """Two web processes behind nginx on the given services."""
    ports = {name: free_port() for name in ("https", "http", "one", "two")}
    base = f"https://localhost:{ports['https']}"
    usual = {name: value for name, value in os.environ.items() if not name.startswith("PSOT_")}
    environment = usual | {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "SECRET_KEY": SECRET,
        "PSOT_DATA_DIR": str(folder),
        "PSOT_BASE_URL": base,
        "PSOT_PROXY_HOPS": "1",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'platform'}",
    }
    webs = tuple(Web(ports[one], environment, folder / f"{one}.log") for one in ("one", "two"))
    trust = nginx.certify(folder)
    changes = {
        "127.0.0.1:8001": f"127.0.0.1:{ports['one']}",
        "127.0.0.1:8002": f"127.0.0.1:{ports['two']}",
        "listen 443": f"listen 127.0.0.1:{ports['https']}",
        "listen 80": f"listen 127.0.0.1:{ports['http']}",
        "psot.example": "localhost",
    }
    proxy = nginx.program(folder, changes, usual)
    try:
        for one in webs:
            one.start()
        for one in webs:
            one.ready()
        with running(proxy, lambda: _open(ports["https"]), folder / "nginx.log"):
            yield Proxied(base, f"http://localhost:{ports['http']}", trust, (webs[0], webs[1]))
    finally:
        for one in webs:
            if hasattr(one, "process"):
                one.kill()


def _open(port: int) -> bool:
    with suppress(OSError):
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
        return True
    return False
