"""One HTTP request of a bot: small, and without a thread of its own."""

import asyncio
import json
import ssl
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

PATIENCE_S = 20.0
_LARGEST_LINE = 1 << 20


class Lost(ConnectionError):  # noqa: N818 - read as a sentence: raise Lost(...)
    """The product did not answer, or the connection ended."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where the product is: its address taken apart."""

    base: str

    @property
    def host(self) -> str:
        """Return the name of the host."""
        return urlsplit(self.base).hostname or "localhost"

    @property
    def secure(self) -> bool:
        """Whether it is spoken to over TLS."""
        return self.base.startswith("https:")

    @property
    def port(self) -> int:
        """Return the TCP port."""
        return urlsplit(self.base).port or (443 if self.secure else 80)

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Return a new connection. Raises Lost."""
        # A name with two addresses costs a refused attempt per connection: the product listens on
        # the first of them by default.
        host = "127.0.0.1" if self.host == "localhost" else self.host
        context = ssl.create_default_context() if self.secure else None
        try:
            return await asyncio.wait_for(
                asyncio.open_connection(host, self.port, ssl=context, limit=_LARGEST_LINE),
                PATIENCE_S,
            )
        except (OSError, TimeoutError) as error:
            raise Lost(f"{self.base} does not answer") from error


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the product answered: ``status``, the body as text, and the cookies it set."""

    status: int
    text: str
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def json(self) -> dict[str, Any]:
        """Return the body as an object. Raises Lost for a page, such as that of a proxy."""
        try:
            read = json.loads(self.text)
        except ValueError as error:
            raise Lost(f"status {self.status} and no JSON") from error
        if not isinstance(read, dict):
            raise Lost(f"status {self.status} and no object")
        return read


@dataclass(kw_only=True)
class Browser:
    """A session of a member: its cookie, and the CSRF token once a page was read."""

    place: Place
    cookies: dict[str, str] = field(default_factory=dict)
    csrf: str = ""

    @property
    def _headers(self) -> dict[str, str]:
        headers = {
            "Host": f"{self.place.host}:{self.place.port}",
            "Origin": self.place.base,
            "Referer": f"{self.place.base}/",
            "User-Agent": "psot-bot",
            "Accept": "application/json, text/html",
            "Connection": "close",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        if self.csrf:
            headers["X-CSRFToken"] = self.csrf
        return headers

    async def get(self, path: str) -> Answer:
        """Return the page at ``path``. Raises Lost."""
        return await self._send("GET", path, self._headers, b"")

    async def post(self, path: str, payload: dict[str, Any]) -> Answer:
        """Send ``payload`` as JSON to ``path``. Raises Lost."""
        body = json.dumps(payload).encode()
        told = {"Content-Type": "application/json", "Content-Length": str(len(body))}
        return await self._send("POST", path, self._headers | told, body)

    async def _send(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        reader, writer = await self.place.connect()
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        try:
            writer.write(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body)
            answer = await asyncio.wait_for(_read(reader), PATIENCE_S)
        except (OSError, TimeoutError, asyncio.IncompleteReadError, ValueError) as error:
            raise Lost(f"{method} {path} was not answered") from error
        finally:
            writer.close()
        self.cookies.update(answer.cookies)
        return answer


async def _read(reader: asyncio.StreamReader) -> Answer:
    first = await reader.readline()
    status = int(first.split()[1]) if first else 0
    if not status:
        raise Lost("the connection ended")
    headers: dict[str, str] = {}
    cookies: dict[str, str] = {}
    while (line := (await reader.readline()).decode("latin-1").strip()) != "":
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
        if name.lower() == "set-cookie":
            cookie, _, text = value.partition(";")[0].strip().partition("=")
            cookies[cookie] = text
    if headers.get("transfer-encoding", "").lower() == "chunked":
        body = await _chunks(reader)
    else:
        size = int(headers.get("content-length", "-1"))
        body = await (reader.read() if size < 0 else reader.readexactly(size))
    return Answer(status=status, text=body.decode("utf-8", "replace"), cookies=cookies)


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    parts = []
    while size := int((await reader.readline()).split(b";")[0], 16):
        parts.append(await reader.readexactly(size))
        await reader.readexactly(2)
    return b"".join(parts)
