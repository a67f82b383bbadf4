"""A small Socket.IO client over a raw websocket: it shows every message and hides nothing."""

import json
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from simple_websocket import Client as WebSocket
from simple_websocket import ConnectionClosed

ORIGIN = "http://live.test"
PATIENCE_S = 20.0

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

    def __init__(self, port: int, *, origin: str | None = ORIGIN, visitor: str = "") -> None:
        self.port = port
        self.seen: list[Message] = []
        self.ended = False
        self._acks: dict[int, Any] = {}
        self._change = threading.Condition()
        self._number = 0
        headers = {"Origin": origin} if origin else {}
        try:
            self.websocket = WebSocket.connect(
                f"ws://127.0.0.1:{port}/socket.io/?EIO=4&transport=websocket", headers=headers
            )
        except Exception as error:
            raise Refused(str(error)) from error
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.visitor = visitor

    def connect(self, shown: str | None = None) -> "Client":
        """Show a ticket, a new one unless one is given. Raises Refused."""
        auth = {"ticket": ticket(self.port, self.visitor) if shown is None else shown}
        self.websocket.send("40" + json.dumps(auth))
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


def raw_socket(port: int) -> socket.socket:
    """Open a websocket by hand, with the smallest receive buffer, and read no further than that."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.settimeout(PATIENCE_S)
    connection.connect(("127.0.0.1", port))
    connection.sendall(
        b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
        b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        b"Sec-WebSocket-Extensions: permessage-deflate\r\n"
        b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nOrigin: " + ORIGIN.encode() + b"\r\n\r\n"
    )
    return connection
