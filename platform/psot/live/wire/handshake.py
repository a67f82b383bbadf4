"""The opening handshake of RFC 6455, section 4.2: who may upgrade, and the answer. Pure."""

import base64
import binascii
import hashlib
from dataclasses import dataclass, field
from typing import Any

VERSION = "13"
KEY_BYTES = 16
_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_PLAIN = ("Content-Type", "text/plain; charset=utf-8")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not upgraded: an HTTP answer."""

    status: str
    reason: str
    headers: list[tuple[str, str]] = field(default_factory=list)

    def answer(self) -> dict[str, Any]:
        """Return the answer in the shape Engine.IO gives its own."""
        return {
            "status": self.status,
            "headers": [_PLAIN, *self.headers],
            "response": self.reason.encode(),
        }


def refusal(environ: dict[str, Any]) -> Refusal | None:
    """Tell why the request may not become a websocket, None where it may."""
    if environ.get("REQUEST_METHOD") != "GET" or environ.get("SERVER_PROTOCOL") != "HTTP/1.1":
        return Refusal("400 BAD REQUEST", "A websocket begins with a GET of HTTP/1.1.")
    if not _lists(environ.get("HTTP_CONNECTION", ""), "upgrade") or not _lists(
        environ.get("HTTP_UPGRADE", ""), "websocket"
    ):
        return Refusal("400 BAD REQUEST", "The headers ask for no upgrade to a websocket.")
    if environ.get("CONTENT_LENGTH", "") not in {"", "0"} or "HTTP_TRANSFER_ENCODING" in environ:
        return Refusal("400 BAD REQUEST", "A request to upgrade has no body.")
    if environ.get("HTTP_SEC_WEBSOCKET_VERSION") != VERSION:
        told = [("Sec-WebSocket-Version", VERSION), ("Upgrade", "websocket")]
        return Refusal("426 UPGRADE REQUIRED", "Only version 13 is spoken here.", told)
    if not _is_key(environ.get("HTTP_SEC_WEBSOCKET_KEY", "")):
        return Refusal("400 BAD REQUEST", "Sec-WebSocket-Key is no key.")
    return None


def acceptance(key: str) -> bytes:
    """Return the answer that upgrades a request with ``key``; no extension, no subprotocol."""
    digest = hashlib.sha1(key.encode() + _GUID, usedforsecurity=False).digest()
    return (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: " + base64.b64encode(digest) + b"\r\n\r\n"
    )


def _lists(header: str, wanted: str) -> bool:
    return wanted in {one.strip().lower() for one in header.split(",")}


def _is_key(text: str) -> bool:
    try:
        return len(base64.b64decode(text, validate=True)) == KEY_BYTES
    except (binascii.Error, ValueError):
        return False
