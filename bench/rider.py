"""The sockets of a bench's clients: so cheap that ten thousand leave the machine to the product.

What nobody reads is not decoded: of the server's own messages only those somebody listens for.
"""

import asyncio
import base64
import json
import os
import struct
from collections.abc import Callable
from typing import Any, cast

from psot.bots.browser import Lost, Place

Hear = Callable[[bytes], None]
"""What to do with an event of the server's own: the message as it came."""

_TEXT, _CLOSE, _PING, _PONG = 1, 8, 9, 10
_SHORT, _MIDDLE = 126, 65_536
_PATIENCE_S = 60.0


class Rider(asyncio.Protocol):
    """One connection over a websocket. Ask with `ask`; events of the server go to ``hear``."""

    def __init__(self, place: Place, ticket: str, hear: Hear | None) -> None:
        self._place, self._ticket, self._hear = place, ticket, hear
        self._transport: asyncio.Transport | None = None
        self._rest = b""
        self._upgraded = False
        self._number = 0
        self._asked: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self.welcome: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @classmethod
    async def connect(cls, place: Place, ticket: str, hear: Hear | None = None) -> "Rider":
        """Return a connection that has shown ``ticket``. Raises Lost."""
        made = cls(place, ticket, hear)
        loop = asyncio.get_running_loop()
        try:
            await loop.create_connection(lambda: made, "127.0.0.1", place.port)
            await asyncio.wait_for(made.welcome, _PATIENCE_S)
        except (OSError, TimeoutError) as error:
            raise Lost("the websocket was not answered") from error
        return made

    async def ask(self, event: str, payload: dict[str, Any]) -> dict[str, Any]:
        """Send ``event`` and return its acknowledgement. Raises Lost where the connection ends."""
        self._number += 1
        future: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._asked[self._number] = future
        self._write(_TEXT, f"42{self._number}{json.dumps([event, payload])}".encode())
        return await future

    def drop(self) -> None:
        """End the connection without a word."""
        if self._transport is not None:
            self._transport.abort()

    # -- what the loop tells ----------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the websocket."""
        self._transport = transport = cast("asyncio.Transport", transport)
        key = base64.b64encode(os.urandom(16)).decode()
        transport.write(
            (
                "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n"
                f"Host: {self._place.host}:{self._place.port}\r\nOrigin: {self._place.base}\r\n"
                "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n"
            ).encode()
        )

    def data_received(self, data: bytes) -> None:
        """Take the frames that are whole."""
        self._rest += data
        if not self._upgraded:
            head, end, rest = self._rest.partition(b"\r\n\r\n")
            if not end:
                return
            if b" 101 " not in head.split(b"\r\n")[0]:
                self.drop()
                return
            self._upgraded, self._rest = True, rest
            self._write(_TEXT, b"40" + json.dumps({"ticket": self._ticket}).encode())
        while frame := _frame(self._rest):
            kind, begin, until = frame
            told, self._rest = self._rest[begin:until], self._rest[until:]
            self._take(kind, told)

    def connection_lost(self, _error: Exception | None) -> None:
        """Tell everybody who waits."""
        waiting: list[asyncio.Future[Any]] = [*self._asked.values(), self.welcome]
        for future in waiting:
            if not future.done():
                future.set_exception(Lost("the connection ended"))
                future.exception()  # perhaps nobody waits for it

    # -- inside -----------------------------------------------------------------------------------

    def _take(self, kind: int, told: bytes) -> None:
        if kind == _PING:
            self._write(_PONG, told)
        elif kind == _CLOSE or told == b"1":
            self.drop()
        elif told.startswith(b"43"):
            digits, bracket, rest = told[2:].partition(b"[")
            future = self._asked.pop(int(digits), None)
            if future is not None and not future.done():
                future.set_result(json.loads(bracket + rest)[0])
        elif told.startswith(b"42"):
            if self._hear is not None:
                self._hear(told)
        elif told.startswith(b"40") and not self.welcome.done():
            self.welcome.set_result(None)
        elif told == b"2":
            self._write(_TEXT, b"3")

    def _write(self, kind: int, data: bytes) -> None:
        if self._transport is None or self._transport.is_closing():
            raise Lost("the connection ended")
        size = len(data)
        if size < _SHORT:
            head = bytes((0x80 | kind, 0x80 | size))
        elif size < _MIDDLE:
            head = bytes((0x80 | kind, 0x80 | _SHORT)) + struct.pack("!H", size)
        else:
            head = bytes((0x80 | kind, 0xFF)) + struct.pack("!Q", size)
        # A mask of zeros is as good as any between two programs of one machine.
        self._transport.write(head + bytes(4) + data)


def _frame(data: bytes) -> tuple[int, int, int] | None:
    """Return (kind, begin, end) of the first frame of ``data``, None where it is not whole."""
    if len(data) < 2:  # noqa: PLR2004 - the two bytes every frame begins with
        return None
    size, begin = data[1] & 0x7F, 2
    if size == _SHORT:
        if len(data) < 4:  # noqa: PLR2004 - and two of its length
            return None
        (size,), begin = struct.unpack_from("!H", data, 2), 4
    elif size > _SHORT:
        if len(data) < 10:  # noqa: PLR2004 - or eight
            return None
        (size,), begin = struct.unpack_from("!Q", data, 2), 10
    return (data[0] & 0x0F, begin, begin + size) if len(data) >= begin + size else None
