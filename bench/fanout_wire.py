"""What the crowd of `bench/fanout.py` says and hears: the least of WebSocket and of each server.

Every server sends the same text, a change of a board with one row. The row carries ``seq``, the
number of the broadcast, and ``at``, the moment of its emission by the machine's monotonic clock in
nanoseconds, which all processes of a machine share.
"""

import json
import re
import struct
from dataclasses import dataclass

BOARD = "ratings:fanout"
EVENT = b'42["board.delta",'
"""How a broadcast begins, as Socket.IO 5 over Engine.IO 4."""

TEXT, BINARY, CLOSE, PING, PONG = 0x1, 0x2, 0x8, 0x9, 0xA
_SHORT, _MIDDLE = 126, 127
_SEQ = re.compile(rb'"seq":\s*(\d+),\s*"at":\s*(\d+)')
_EPOCH = "0" * 16
"""As long as the product's, where a server has none."""


@dataclass(frozen=True, kw_only=True)
class Dialogue:
    """How a client gets in: the request, and what it says to what it hears, in this order.

    ``path`` may have `TICKET` in it, which each client replaces. ``steps`` pairs the beginning of
    an awaited message with the answer; an empty one says nothing. A client is in after the last
    step. ``refusals`` are the beginnings of messages that send it away.
    """

    path: str
    headers: tuple[tuple[str, str], ...] = ()
    steps: tuple[tuple[str, str], ...] = ()
    refusals: tuple[str, ...] = ("44", '430[{"ok":false', '430[{"ok": false')

    def request(self, host: str) -> bytes:
        """Return the request for an upgrade."""
        told = "".join(f"{name}: {value}\r\n" for name, value in self.headers)
        return (
            f"GET {self.path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\n{told}Sec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
        ).encode()


TICKET = "{ticket}"
SOCKET_IO = "/socket.io/?EIO=4&transport=websocket"
WITH_TICKET = f"{SOCKET_IO}&ticket={TICKET}"


def product(origin: str) -> Dialogue:
    """Return the way into the product: with a ticket, then to the board."""
    watch = json.dumps(["board.watch", {"board": BOARD, "have": None}])
    return Dialogue(
        path=WITH_TICKET,
        headers=(("Origin", origin),),
        steps=(("0{", "40"), ("40", f"420{watch}"), ("430", "")),
    )


def socket_io() -> Dialogue:
    """Return the way into a bare Socket.IO server, which chooses the room itself."""
    return Dialogue(path=SOCKET_IO, steps=(("0{", "40"), ("40", "")))


def raw() -> Dialogue:
    """Return the way into a server of bare WebSockets."""
    return Dialogue(path="/")


def row(seq: int, at_ns: int, size: int) -> dict[str, int | str]:
    """Return the row of a broadcast whose whole message is about ``size`` bytes long."""
    bare = len(message(seq, {"seq": seq, "at": at_ns, "pad": ""}))
    return {"seq": seq, "at": at_ns, "pad": "x" * max(0, size - bare)}


def message(seq: int, told: dict[str, int | str]) -> bytes:
    """Return the message about a row, as the product writes it."""
    delta = {
        "board": BOARD,
        "epoch": _EPOCH,
        "from": seq,
        "to": seq + 1,
        "set": {"row": told},
        "gone": [],
    }
    return EVENT + json.dumps(delta, separators=(",", ":")).encode() + b"]"


def broadcast_of(payload: bytes) -> tuple[int, int] | None:
    """Return ``seq`` and ``at`` of a broadcast; None for any other message.

    >>> broadcast_of(message(7, row(7, 123, 200))), broadcast_of(b'42["live.hello",{}]')
    ((7, 123), None)
    """
    if not payload.startswith(EVENT):
        return None
    found = _SEQ.search(payload)
    return (int(found[1]), int(found[2])) if found else None


def said(text: str) -> bytes:
    """Return a client's text frame, masked with zeros."""
    return _masked(TEXT, text.encode())


def pong(payload: bytes) -> bytes:
    """Return a client's answer to a ping of the WebSocket protocol."""
    return _masked(PONG, payload)


def _masked(opcode: int, data: bytes) -> bytes:
    size = len(data)
    if size < _SHORT:
        head = bytes((0x80 | opcode, 0x80 | size))
    else:
        head = struct.pack("!BBH", 0x80 | opcode, 0x80 | _SHORT, size)
    return head + bytes(4) + data


def frame_at(data: bytes, start: int) -> tuple[int, int, int] | None:
    """Return opcode, beginning and end of the payload of the server's frame at ``start``.

    None while its end has not arrived. Raises ValueError for a frame in parts or masked: none of
    the measured servers sends such.
    """
    here = len(data) - start
    if here < 2:  # noqa: PLR2004 - the shortest head
        return None
    first, size = data[start], data[start + 1]
    if not first & 0x80 or size & 0x80:
        raise ValueError("a frame in parts, or a masked one")
    begin = start + 2
    if size >= _SHORT:
        wide = 2 if size == _SHORT else 8
        if here < 2 + wide:
            return None
        size = int.from_bytes(data[begin : begin + wide], "big")
        begin += wide
    end = begin + size
    return (first & 0x0F, begin, end) if end <= len(data) else None
