"""A client for `bench/pages.py`: GET at a constant rate over connections that stay open.

It is an open loop: a request is due at its moment whether or not those before it were answered,
and its time counts from that moment. A server that stalls is charged for everybody who waited.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

OK = 200
END = b"\r\n\r\n"
PATIENCE_S = 60.0


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One address and the cookie it is asked with; "" as a visitor."""

    path: str
    cookie: str = ""

    def written(self, host: str) -> bytes:
        """Return the request as it travels."""
        lines = [
            f"GET {self.path} HTTP/1.1",
            f"Host: {host}",
            "User-Agent: bench",
            "Accept: text/html",
            "Accept-Language: ru",
            "Accept-Encoding: gzip, br",
            *([f"Cookie: {self.cookie}"] if self.cookie else []),
        ]
        return "\r\n".join([*lines, "", ""]).encode()


@dataclass(kw_only=True)
class Heard:
    """Times from the due moment to the last byte, in ms, and how many were answered otherwise."""

    taken_ms: list[float] = field(default_factory=list)
    failed: int = 0
    took_s: float = 0.0


class Connection:
    """One connection that stays open; opened anew after a failure."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, request: bytes) -> int:
        """Send ``request`` and read its answer whole; returns the status. Raises OSError."""
        if self._streams is None:
            self._streams = await asyncio.open_connection(self._host, self._port)
        reader, writer = self._streams
        try:
            writer.write(request)
            head = (await reader.readuntil(END)).decode("latin-1").lower()
            await reader.readexactly(_length(head))
        except (OSError, asyncio.IncompleteReadError) as error:
            self.close()
            raise OSError("the connection ended within an answer") from error
        if "\r\nconnection: close" in head:
            self.close()
        return int(head.split(" ", 2)[1])

    def close(self) -> None:
        """Close it."""
        if self._streams is not None:
            self._streams[1].close()
        self._streams = None


def _length(head: str) -> int:
    name = "\r\ncontent-length:"
    if name not in head:
        raise SystemExit(f"an answer without its length:\n{head}")
    return int(head.split(name, 1)[1].split("\r\n", 1)[0])


async def load(
    url: str, asks: Sequence[Ask], *, rate: float, seconds: float, connections: int
) -> Heard:
    """Ask for ``asks`` by turns, ``rate`` times a second for so many ``seconds``."""
    parts = urlsplit(url)
    host, port = str(parts.hostname), int(parts.port or 80)
    free: asyncio.LifoQueue[Connection] = asyncio.LifoQueue()
    for _ in range(connections):
        free.put_nowait(Connection(host, port))
    written = [one.written(parts.netloc) for one in asks]
    heard = Heard()
    begun_s = time.monotonic() + 0.1

    async def one(number: int, due_s: float) -> None:
        connection = await free.get()
        try:
            status = await asyncio.wait_for(
                connection.get(written[number % len(written)]), PATIENCE_S
            )
        except (OSError, TimeoutError):
            status = 0
            connection.close()
        free.put_nowait(connection)
        if status == OK:
            heard.taken_ms.append((time.monotonic() - due_s) * 1000)
        else:
            heard.failed += 1

    waiting = []
    for number in range(round(rate * seconds)):
        due_s = begun_s + number / rate
        await asyncio.sleep(max(0.0, due_s - time.monotonic()))
        waiting.append(asyncio.create_task(one(number, due_s)))
    await asyncio.gather(*waiting)
    heard.took_s = time.monotonic() - begun_s
    while not free.empty():
        free.get_nowait().close()
    return heard
