"""A small Socket.IO client over a raw websocket: it shows every message and hides nothing."""

import json
import socket
import struct
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from simple_websocket import Client as WebSocket
from simple_websocket import ConnectionClosed

HOUSE = Path(__file__).resolve().parents[1]
ORIGIN = "http://live.test"
PATH = "/socket.io/?EIO=4&transport=websocket"
PATIENCE_S = 20.0

Start = Callable[[], tuple[int, "subprocess.Popen[str]"]]
"""Starts a web process; gives its port and the process."""

Message = tuple[str, Any]


class Refused(Exception):  # noqa: N818 - read as a sentence
    """The server did not take the connection; says why."""


def ticket(port: int, visitor: str = "") -> str:
    """Return a ticket for ``visitor``: "session member roles", or nobody."""
    _, text = http(port, "POST", "/live/ticket", {"X-Visitor": visitor} if visitor else {})
    return str(json.loads(text)["ticket"])


def http(
    port: int, method: str, path: str, headers: dict[str, str] | None = None, body: bytes = b""
) -> tuple[int, str]:
    """Return status and text of one request."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", method=method, headers=headers or {}, data=body or None
    )
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:  # noqa: S310
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


class Client:
    """One socket. Messages are kept in ``seen`` in the order of their arrival."""

    def __init__(self, port: int, *, visitor: str = "") -> None:
        self.seen: list[Message] = []
        self.ended = False
        self._acks: dict[int, Any] = {}
        self._change = threading.Condition()
        self._number = 0
        shown = ticket(port, visitor)
        self.websocket = WebSocket.connect(
            f"ws://127.0.0.1:{port}{PATH}&ticket={shown}", headers={"Origin": ORIGIN}
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def connect(self) -> "Client":
        """Come in. Raises Refused."""
        self.websocket.send("40")
        name, payload = self.wait_for(lambda one: one[0] in {"connected", "refused"})
        if name == "refused":
            raise Refused(payload["message"])
        return self

    def ask(self, event: str, payload: Any = None) -> dict[str, Any]:
        """Send ``event`` and return its acknowledgement."""
        self._number += 1
        number = self._number
        arguments = [event] if payload is None else [event, payload]
        self.websocket.send(f"42{number}{json.dumps(arguments)}")
        with self._change:
            self._wait(lambda: number in self._acks or self.ended)
            if number not in self._acks:
                raise Refused("the connection ended")
            answer: dict[str, Any] = self._acks.pop(number)
            return answer

    def watch(self, board: str, have: dict[str, Any] | None = None) -> dict[str, Any]:
        """Watch ``board``."""
        return self.ask("board.watch", {"board": board, "have": have})

    def wait_for(self, wanted: Callable[[Message], bool]) -> Message:
        """Return the first message, past or to come, that is ``wanted``."""
        with self._change:
            self._wait(lambda: self.ended or any(wanted(one) for one in self.seen))
            found = next((one for one in self.seen if wanted(one)), None)
            if found is None:
                raise Refused("the connection ended")
            return found

    def wait_event(self, name: str) -> Any:
        """Return the payload of the first event called ``name``."""
        return self.wait_for(lambda one: one[0] == name)[1]

    def wait_end(self) -> None:
        """Return once the server has ended the connection."""
        with self._change:
            self._wait(lambda: self.ended)

    def names(self) -> list[str]:
        """Return the names of all messages so far."""
        with self._change:
            return [name for name, _ in self.seen]

    def close(self) -> None:
        """Leave."""
        with suppress(ConnectionClosed):
            self.websocket.close()
        self._reader.join(PATIENCE_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        self.close()

    def _wait(self, condition: Callable[[], bool]) -> None:
        if not self._change.wait_for(condition, PATIENCE_S):
            raise TimeoutError(f"seen so far: {self.seen[-5:]}")

    def _read(self) -> None:
        while True:
            try:
                text = str(self.websocket.receive())
            except ConnectionClosed:
                break
            with self._change:
                self._take(text)
                self._change.notify_all()
        with self._change:
            self.ended = True
            self._change.notify_all()

    def _take(self, text: str) -> None:
        kind, rest = text[:2], text[2:]
        if text.startswith("2"):
            self.websocket.send("3")
        elif kind == "40":
            self.seen.append(("connected", json.loads(rest)))
        elif kind == "44":
            self.seen.append(("refused", json.loads(rest)))
        elif kind == "41":
            self.seen.append(("disconnected", None))
        elif kind == "42":
            name, payload = json.loads(rest)
            self.seen.append((name, payload))
        elif kind == "43":
            digits = rest[: rest.index("[")]
            self._acks[int(digits)] = json.loads(rest[len(digits) :])[0]


class Raw:
    """A websocket by hand, with the smallest receive buffer; it reads only when told to."""

    def __init__(
        self,
        port: int,
        *,
        origin: str | None = ORIGIN,
        path: str = PATH,
        shown: str = "",
        early: bytes = b"",
    ) -> None:
        self.connection = socket.socket()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.connection.settimeout(PATIENCE_S)
        self.connection.connect(("127.0.0.1", port))
        told = f"Origin: {origin}\r\n" if origin else ""
        path += f"&ticket={shown}" if shown else ""
        self.connection.sendall(
            f"GET {path} HTTP/1.1\r\nHost: x\r\n"
            f"Upgrade: websocket\r\nConnection: Upgrade\r\n{told}"
            "Sec-WebSocket-Extensions: permessage-deflate\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode()
            + early
        )
        self.stream = self.connection.makefile("rb")
        self.head = b"".join(iter(self.stream.readline, b"\r\n"))

    def connect(self) -> "Raw":
        """Come in and read up to the server's welcome."""
        self.send("40")
        return self.skip_to("40{")

    def skip_to(self, text: str) -> "Raw":
        """Read up to the message that contains ``text``."""
        while text not in self.read():
            pass
        return self

    def send(self, text: str) -> None:
        """Send one text frame."""
        data = text.encode()
        length = bytes((len(data),)) if len(data) < 126 else b"\x7e" + struct.pack("!H", len(data))
        head = b"\x81" + bytes((length[0] | 0x80,)) + length[1:]
        self.connection.sendall(head + bytes(4) + data)

    def read(self) -> str:
        """Return the next frame's text. Raises ConnectionError at the end."""
        return self.frame()[1].decode(errors="replace")

    def frame(self) -> tuple[int, bytes]:
        """Return the next frame: opcode and payload. Raises ConnectionError at the end."""
        first, size = self._take(2)
        if size == 126:
            (size,) = struct.unpack("!H", self._take(2))
        elif size == 127:
            (size,) = struct.unpack("!Q", self._take(8))
        return first & 0x0F, self._take(size)

    def frames(self) -> list[tuple[int, bytes]]:
        """Return all frames up to the end of the connection."""
        read: list[tuple[int, bytes]] = []
        with suppress(ConnectionError):
            while True:
                read.append(self.frame())
        return read

    def close(self) -> None:
        """Leave without a word."""
        self.stream.close()
        self.connection.close()

    def _take(self, size: int) -> bytes:
        taken = self.stream.read(size)
        if len(taken) < size:
            raise ConnectionError("the connection ended")
        return taken


def metric(port: int, line: str) -> float:
    """Return the figure after ``line`` of the metrics, 0 where it has none yet."""
    _, text = http(port, "GET", "/metrics")
    found = [one for one in text.splitlines() if one.startswith(line + " ")]
    return float(found[0].split()[-1]) if found else 0.0


@contextmanager
def processes(*arguments: str, program: str = "live_web") -> Iterator[Start]:
    """Give a way to start web processes; all are ended with the block."""
    started: list[subprocess.Popen[str]] = []

    def start() -> tuple[int, "subprocess.Popen[str]"]:
        process = subprocess.Popen(
            [sys.executable, "-m", f"tests.programs.{program}", *arguments],
            cwd=HOUSE,
            env={"PYTHONPATH": f"{HOUSE}:{HOUSE / 'platform'}", "PYTHONWARNINGS": "error"},
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout
        return int(process.stdout.readline()), process

    try:
        yield start
    finally:
        for process in started:
            process.terminate()
        for process in started:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            if process.stdout:
                process.stdout.close()
