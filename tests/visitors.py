"""Visitors who come over TLS and trust one certificate alone: pages, and sockets."""

import http.cookiejar
import json
import re
import socket
import ssl
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Self

from simple_websocket import Client as WebSocket
from simple_websocket import ConnectionClosed

PATIENCE_S = 120.0
BEGINNING_S = 20.0


class Visitor:
    """A browser without pictures: cookies, pages, and sockets of either transport."""

    def __init__(self, base: str, trust: ssl.SSLContext, *, patience_s: float = PATIENCE_S) -> None:
        self.base = base
        self.trust = trust
        self.patience_s = patience_s
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=trust),
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()),
        )

    def ask(
        self, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], str]:
        """Return status, headers (names in small letters) and text of one answer."""
        asked = urllib.request.Request(self.base + path, data=body, headers=headers or {})  # noqa: S310
        try:
            with self._opener.open(asked, timeout=self.patience_s) as answer:
                told = {name.lower(): value for name, value in answer.headers.items()}
                return answer.status, told, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, dict(error.headers), error.read().decode()

    def head(self, path: str, headers: dict[str, str]) -> dict[str, str]:
        """Return the headers (names in small letters) of an answer whose bytes are of no use here.

        They are read all the same: nginx keeps nothing of what a client did not take whole.
        """
        asked = urllib.request.Request(self.base + path, headers=headers)  # noqa: S310 - our own
        with self._opener.open(asked, timeout=self.patience_s) as answer:
            answer.read()
            return {name.lower(): value for name, value in answer.headers.items()}

    def ticket(self) -> str:
        """Return a ticket for a socket of this visitor."""
        found = re.search(r'name="csrf-token" content="([^"]+)"', self.ask("/")[2])
        assert found is not None
        told = {"X-CSRFToken": found[1], "Referer": self.base + "/"}
        return str(json.loads(self.ask("/live/ticket", b"", told)[2])["ticket"])

    def socket(self) -> "Socket":
        return Socket(self)

    def poll(self) -> tuple[str, str]:
        """Connect by long polling; returns Engine.IO's id and what the server said then."""
        told = {"Origin": self.base, "Content-Type": "text/plain;charset=UTF-8"}
        path = "/socket.io/?EIO=4&transport=polling"
        opened = self.ask(f"{path}&ticket={self.ticket()}", None, told)[2]
        sid = str(json.loads(opened[1:])["sid"])
        path += f"&sid={sid}"
        status, _, text = self.ask(path, b"40", told)
        assert (status, text) == (200, "OK")
        return sid, self.ask(path, None, told)[2]

    def probe(self, sid: str) -> str:
        """Try a websocket for a connection that polls; returns what the server says to it."""
        wire = _wire(self, f"sid={sid}")
        try:
            wire.send("2probe")
            return str(wire.receive(self.patience_s))
        finally:
            wire.close()


class _Wire(WebSocket):
    """A websocket that waits for its beginning no longer than pages do, and leaves nothing open."""

    def handshake(self) -> None:
        self.sock.settimeout(BEGINNING_S)
        try:
            super().handshake()
        except BaseException:
            self.sock.close()
            raise
        self.sock.settimeout(None)

    def close(self, reason: int | None = None, message: str | None = None) -> None:
        """Leave. The library's thread closes the socket once it reads no more.

        Closed under its hands, the number of the descriptor would be another socket's by the time
        it reads from it again.
        """
        with suppress(ConnectionClosed, OSError):
            super(WebSocket, self).close(reason, message)
        with suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)
        self.thread.join()


def _wire(visitor: Visitor, shown: str) -> _Wire:
    """Return a websocket of ``visitor`` that shows a ticket, or a connection's id."""
    return _Wire.connect(
        visitor.base.replace("https", "wss") + f"/socket.io/?EIO=4&transport=websocket&{shown}",
        headers={"Origin": visitor.base},
        ssl_context=visitor.trust,
    )


class Socket:
    """A Socket.IO client over a websocket; what arrives is kept in ``seen``."""

    def __init__(self, visitor: Visitor) -> None:
        self.seen: list[tuple[str, Any]] = []
        self.ended = threading.Event()
        self._change = threading.Condition()
        self.patience_s = visitor.patience_s
        self._wire = _wire(visitor, f"ticket={visitor.ticket()}")
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        try:
            self._wire.send("40")
            self.wait("live.hello")
        except BaseException:
            self.close()
            raise

    def watch(self, board: str, have: dict[str, Any] | None = None) -> None:
        self._wire.send("42" + json.dumps(["board.watch", {"board": board, "have": have}]))

    def wait(self, name: str, when: Callable[[Any], bool] = lambda _: True) -> Any:
        """Return the payload of the first ``name`` for which ``when`` holds."""

        def found() -> list[Any]:
            return [told for said, told in self.seen if said == name and when(told)]

        with self._change:
            self._change.wait_for(lambda: found() or self.ended.is_set(), self.patience_s)
            assert found(), self.seen[-5:]
            return found()[0]

    def close(self) -> None:
        self._wire.close()
        self._reader.join(self.patience_s)

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
        with self._change:
            self.ended.set()
            self._change.notify_all()
