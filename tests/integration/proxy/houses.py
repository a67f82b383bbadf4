"""nginx with the configuration that is shipped, before real web processes of one house."""

import http.cookiejar
import ipaddress
import json
import os
import re
import socket
import ssl
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from simple_websocket import Client as WebSocket
from simple_websocket import ConnectionClosed

from psot.supervisor.program import Program
from tests.houses import PSOT, ROOT, START_S, free_port
from tests.services import running, wait_until
from tests.web import SECRET

SHIPPED = ROOT / "deploy" / "nginx" / "psot.conf"
PATIENCE_S = 120.0

# What a distribution's own nginx.conf says around the shipped file, for an account without rights.
AROUND = """\
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/errors notice;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxied;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/psot.conf;
}}
"""


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

    def visitor(self) -> "Visitor":
        return Visitor(self)


class Visitor:
    """A browser without pictures: cookies, pages, and sockets of either transport."""

    def __init__(self, house: Proxied) -> None:
        self.house = house
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=house.trust),
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()),
        )

    def ask(
        self, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], str]:
        """Return status, headers (names in small letters) and text of one answer."""
        asked = urllib.request.Request(self.house.base + path, data=body, headers=headers or {})  # noqa: S310
        try:
            with self._opener.open(asked, timeout=PATIENCE_S) as answer:
                told = {name.lower(): value for name, value in answer.headers.items()}
                return answer.status, told, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, dict(error.headers), error.read().decode()

    def head(self, path: str, headers: dict[str, str]) -> dict[str, str]:
        """Return the headers (names in small letters) of an answer whose bytes are not read."""
        asked = urllib.request.Request(self.house.base + path, headers=headers)  # noqa: S310
        with self._opener.open(asked, timeout=PATIENCE_S) as answer:
            return {name.lower(): value for name, value in answer.headers.items()}

    def ticket(self) -> str:
        """Return a ticket for a socket of this visitor."""
        found = re.search(r'name="csrf-token" content="([^"]+)"', self.ask("/")[2])
        assert found is not None
        told = {"X-CSRFToken": found[1], "Referer": self.house.base + "/"}
        return str(json.loads(self.ask("/live/ticket", b"", told)[2])["ticket"])

    def socket(self) -> "Socket":
        return Socket(self)

    def poll(self) -> str:
        """Connect by long polling alone; returns what the server said to the ticket."""
        told = {"Origin": self.house.base, "Content-Type": "text/plain;charset=UTF-8"}
        path = "/socket.io/?EIO=4&transport=polling"
        opened = self.ask(path, None, told)[2]
        path += f"&sid={json.loads(opened[1:])['sid']}"
        shown = json.dumps({"ticket": self.ticket()})
        status, _, text = self.ask(path, f"40{shown}".encode(), told)
        assert (status, text) == (200, "OK")
        return self.ask(path, None, told)[2]


class Socket:
    """A Socket.IO client over a websocket; what arrives is kept in ``seen``."""

    def __init__(self, visitor: Visitor) -> None:
        house = visitor.house
        self.seen: list[tuple[str, Any]] = []
        self.ended = threading.Event()
        self._change = threading.Condition()
        self._wire = WebSocket.connect(
            house.base.replace("https", "wss") + "/socket.io/?EIO=4&transport=websocket",
            headers={"Origin": house.base},
            ssl_context=house.trust,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self._wire.send("40" + json.dumps({"ticket": visitor.ticket()}))
        self.wait("live.hello")

    def watch(self, board: str, have: dict[str, Any] | None = None) -> None:
        self._wire.send("42" + json.dumps(["board.watch", {"board": board, "have": have}]))

    def wait(self, name: str, when: Callable[[Any], bool] = lambda _: True) -> Any:
        """Return the payload of the first ``name`` for which ``when`` holds."""

        def found() -> list[Any]:
            return [told for said, told in self.seen if said == name and when(told)]

        with self._change:
            assert self._change.wait_for(found, PATIENCE_S), self.seen[-5:]
            return found()[0]

    def close(self) -> None:
        with suppress(ConnectionClosed, OSError):
            self._wire.close()
        self._reader.join(PATIENCE_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _read(self) -> None:
        with suppress(ConnectionClosed):
            while True:
                text = str(self._wire.receive())
                if text == "2":
                    self._wire.send("3")
                if text.startswith("42"):
                    with self._change:
                        self.seen.append(tuple(json.loads(text[2:])))
                        self._change.notify_all()
        self.ended.set()


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
    trust = _certify(folder)
    nginx = Program(
        name="nginx",
        argv=("nginx", "-p", str(folder), "-c", str(_written(folder, ports))),
        environment=usual,
    )
    try:
        for one in webs:
            one.start()
        for one in webs:
            one.ready()
        with running(nginx, lambda: _open(ports["https"]), folder / "nginx.log"):
            yield Proxied(base, f"http://localhost:{ports['http']}", trust, (webs[0], webs[1]))
    finally:
        for one in webs:
            if hasattr(one, "process"):
                one.kill()


def _written(folder: Path, ports: dict[str, int]) -> Path:
    """Write the shipped file with the addresses of this house, and what stands around it."""
    text = SHIPPED.read_text(encoding="utf-8")
    for theirs, ours in {
        "127.0.0.1:8001": f"127.0.0.1:{ports['one']}",
        "127.0.0.1:8002": f"127.0.0.1:{ports['two']}",
        "listen 443": f"listen 127.0.0.1:{ports['https']}",
        "listen 80": f"listen 127.0.0.1:{ports['http']}",
        "psot.example": "localhost",
        "/etc/ssl/psot": str(folder),
        "/var/cache/nginx/psot": str(folder / "cache"),
    }.items():
        assert theirs in text, f"{SHIPPED.name} no longer says {theirs}"
        text = text.replace(theirs, ours)
    (folder / "psot.conf").write_text(text, encoding="utf-8")
    around = folder / "nginx.conf"
    around.write_text(AROUND.format(folder=folder), encoding="utf-8")
    return around


def _open(port: int) -> bool:
    with suppress(OSError):
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
        return True
    return False


def _certify(folder: Path) -> ssl.SSLContext:
    """Write a certificate of this hour for localhost; returns a context that trusts it alone."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    written = certificate.public_bytes(serialization.Encoding.PEM)
    (folder / "fullchain.pem").write_bytes(written)
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return ssl.create_default_context(cadata=written.decode())
