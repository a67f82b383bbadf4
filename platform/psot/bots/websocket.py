"""A Socket.IO connection of a bot over a websocket: lean enough for thousands in one process."""

import asyncio
import base64
import json
import os
import struct
from collections.abc import Callable
from typing import Any

from psot.bots.browser import PATIENCE_S, Lost, Place

Hear = Callable[[str, Any], None]
"""What to do with an event: its name and its payload."""

_TEXT, _CLOSE, _PING, _PONG = 1, 8, 9, 10
_SHORT, _MIDDLE = 126, 65_536


class Socket:
    """One open connection. Ask with `ask`; what the server sends by itself goes to ``hear``."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, hear: Hear
    ) -> None:
        self._reader, self._writer, self._hear = reader, writer, hear
        self._number = 0
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._welcome: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._task = asyncio.create_task(self._listen())

    @classmethod
    async def connect(cls, place: Place, ticket: str, hear: Hear) -> "Socket":
        """Return a connection that has shown ``ticket``. Raises Lost."""
        reader, writer = await place.connect()
        key = base64.b64encode(os.urandom(16)).decode()
        writer.write(
            (
                f"GET /socket.io/?EIO=4&transport=websocket&ticket={ticket} HTTP/1.1\r\n"
                f"Host: {place.host}:{place.port}\r\nOrigin: {place.base}\r\n"
                "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n"
            ).encode()
        )
        try:
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE_S)
        except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
            writer.close()
            raise Lost("the websocket was not answered") from error
        if b" 101 " not in head.split(b"\r\n")[0]:
            writer.close()
            raise Lost(f"no websocket: {head[:60]!r}")
        made = cls(reader, writer, hear)
        made._send("40")
        try:
            await asyncio.wait_for(made._welcome, PATIENCE_S)
        except TimeoutError as error:
            made.drop()
            raise Lost("no welcome") from error
        return made

    @property
    def ended(self) -> bool:
        """Whether nothing can be asked any more."""
        return self._task.done()

    async def ask(self, event: str, payload: dict[str, Any]) -> dict[str, Any]:
        """Send ``event`` and return its acknowledgement. Raises Lost."""
        self._number += 1
        number = self._number
        future: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting[number] = future
        try:
            self._send(f"42{number}{json.dumps([event, payload])}")
            return await asyncio.wait_for(future, PATIENCE_S)
        except TimeoutError as error:
            raise Lost(f"{event} was not acknowledged") from error
        finally:
            self._waiting.pop(number, None)

    def drop(self) -> None:
        """End the connection without a word, as a tunnel does."""
        self._writer.transport.abort()
        self._task.cancel()
        self._end()

    def _send(self, text: str) -> None:
        if self._writer.is_closing():
            raise Lost("the connection ended")
        self._write(_TEXT, text.encode())

    def _write(self, kind: int, data: bytes) -> None:
        # A mask of zeros is as good as any between two programs of one machine, and saves the time
        # of masking: what it protects are old proxies.
        size = len(data)
        if size < _SHORT:
            head = bytes((0x80 | kind, 0x80 | size))
        elif size < _MIDDLE:
            head = bytes((0x80 | kind, 0x80 | _SHORT)) + struct.pack("!H", size)
        else:
            head = bytes((0x80 | kind, 0xFF)) + struct.pack("!Q", size)
        self._writer.write(head + bytes(4) + data)

    async def _listen(self) -> None:
        try:
            while True:
                kind, data = await self._frame()
                if kind == _PING:
                    self._write(_PONG, data)
                if kind == _CLOSE or (kind == _TEXT and not self._take(data.decode())):
                    break
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            self._writer.close()
            self._end()

    def _end(self) -> None:
        waiting: list[asyncio.Future[Any]] = [*self._waiting.values(), self._welcome]
        for future in waiting:
            if not future.done():
                future.set_exception(Lost("the connection ended"))
                # Nobody may be waiting for it: then nothing is wrong either.
                future.exception()

    async def _frame(self) -> tuple[int, bytes]:
        """Return the next message; parts of a divided one are put together."""
        kind, whole = 0, b""
        while True:
            first, second = await self._reader.readexactly(2)
            size = second & 0x7F
            if size == _SHORT:
                (size,) = struct.unpack("!H", await self._reader.readexactly(2))
            elif size > _SHORT:
                (size,) = struct.unpack("!Q", await self._reader.readexactly(8))
            whole += await self._reader.readexactly(size)
            kind = kind or first & 0x0F
            if first & 0x80:
                return kind, whole

    def _take(self, text: str) -> bool:
        """Deal with one message of the protocol; False: the server ends it."""
        if text.startswith("2"):
            self._send("3")
        elif text.startswith("42"):
            name, *payload = json.loads(text[2:])
            self._hear(name, payload[0] if payload else None)
        elif text.startswith("43"):
            digits, bracket, rest = text[2:].partition("[")
            future = self._waiting.get(int(digits))
            if future is not None and not future.done():
                future.set_result(json.loads(bracket + rest)[0])
        elif text.startswith("40"):
            if not self._welcome.done():
                self._welcome.set_result(None)
        elif text.startswith(("41", "44", "1")):
            return False
        return True
