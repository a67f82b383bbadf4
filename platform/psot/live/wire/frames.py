"""The frames of RFC 6455: bytes to messages and back. Pure: it knows no socket and no clock.

A server's frames are not masked, a client's are. No extension is ever agreed to, so the reserved
bits are always zero.
"""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, field

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
OPCODES = frozenset({CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG})

NORMAL, PROTOCOL_ERROR, NOT_UTF8, TOO_BIG = 1000, 1002, 1007, 1009
LARGEST_CONTROL_BYTES = 125

_FINAL, _RESERVED, _CONTROL, _OPCODE = 0x80, 0x70, 0x08, 0x0F
_MASKED, _SIZE = 0x80, 0x7F
_TWO_BYTES, _EIGHT_BYTES = 126, 127
_MASK_BYTES = 4

_Utf8Decoder = codecs.getincrementaldecoder("utf-8")


@dataclass(frozen=True, slots=True)
class Message:
    """A whole message, however many frames it came in: text as ``str``, binary as ``bytes``."""

    data: str | bytes


@dataclass(frozen=True, slots=True)
class Ping:
    """The peer asks for a pong with the same data."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Pong:
    """The peer's answer to a ping, or a word unasked."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Close:
    """The peer says good-bye; ``code`` is None where it gave no reason."""

    code: int | None
    reason: str = ""


Event = Message | Ping | Pong | Close


class Violation(Exception):  # noqa: N818 - it ends a connection, it is no fault of ours
    """The peer broke the protocol; ``code`` is what a close frame tells it."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


def frame(opcode: int, payload: bytes) -> bytes:
    """Return one final, unmasked frame.

    >>> frame(TEXT, b"Hello").hex()
    '810548656c6c6f'
    """
    size = len(payload)
    if size < _TWO_BYTES:
        head = bytes((_FINAL | opcode, size))
    elif size < 1 << 16:
        head = bytes((_FINAL | opcode, _TWO_BYTES)) + size.to_bytes(2, "big")
    else:
        head = bytes((_FINAL | opcode, _EIGHT_BYTES)) + size.to_bytes(8, "big")
    return head + payload


def text(message: str) -> bytes:
    """Return ``message`` as one frame; what is no character is sent as "?"."""
    return frame(TEXT, message.encode("utf-8", "replace"))


def close(code: int | None = None, reason: str = "") -> bytes:
    """Return a close frame; ``reason`` is cut to what fits."""
    if code is None:
        return frame(CLOSE, b"")
    told = reason.encode()[: LARGEST_CONTROL_BYTES - 2].decode("utf-8", "ignore")
    return frame(CLOSE, code.to_bytes(2, "big") + told.encode())


def masked(payload: bytes, mask: bytes) -> bytes:
    """Return ``payload`` with ``mask`` laid over it; done twice, it is as it was."""
    size = len(payload)
    cover = (mask * (size // _MASK_BYTES + 1))[:size]
    mixed = int.from_bytes(payload, "big") ^ int.from_bytes(cover, "big")
    return mixed.to_bytes(size, "big")


@dataclass(slots=True)
class _Growing:
    """A message of which more is to come."""

    decoder: codecs.IncrementalDecoder | None
    size: int = 0
    pieces: list[str | bytes] = field(default_factory=list)

    def add(self, payload: bytes, *, final: bool) -> None:
        self.size += len(payload)
        piece: str | bytes = payload
        if self.decoder is not None:
            try:
                piece = self.decoder.decode(payload, final)
            except UnicodeDecodeError as error:
                raise Violation(NOT_UTF8, "text that is not UTF-8") from error
        if piece:
            self.pieces.append(piece)

    def whole(self) -> str | bytes:
        if self.decoder is None:
            return b"".join(one for one in self.pieces if isinstance(one, bytes))
        return "".join(one for one in self.pieces if isinstance(one, str))


class Reader:
    """Reads a client's frames from bytes that come in any pieces.

    ``limit_bytes`` bounds a whole message; one that says it will be larger is refused before it has
    come.
    """

    __slots__ = ("_buffer", "_growing", "_limit_bytes", "_over")

    def __init__(self, limit_bytes: int) -> None:
        self._limit_bytes = limit_bytes
        self._buffer = bytearray()
        self._growing: _Growing | None = None
        self._over = False

    def feed(self, data: bytes) -> Iterator[Event]:
        """Yield what ``data`` completes, up to a close. Raises Violation after what came before."""
        self._buffer += data
        while not self._over:
            taken = self._take()
            if taken is None:
                return
            event = self._understand(*taken)
            if event is not None:
                yield event

    def _take(self) -> tuple[int, bool, bytes] | None:
        """Take the next frame off the buffer: opcode, whether it is final, payload."""
        buffer = self._buffer
        if len(buffer) < 2:  # noqa: PLR2004 - the least any frame has
            return None
        opcode, final = buffer[0] & _OPCODE, bool(buffer[0] & _FINAL)
        short = buffer[1] & _SIZE
        self._check_head(buffer[0], buffer[1])
        start = {_TWO_BYTES: 4, _EIGHT_BYTES: 10}.get(short, 2)
        if len(buffer) < start:
            return None
        size = short if start == 2 else int.from_bytes(buffer[2:start], "big")  # noqa: PLR2004 - as above
        self._check_size(opcode, short, size)
        end = start + _MASK_BYTES + size
        if len(buffer) < end:
            return None
        mask = bytes(buffer[start : start + _MASK_BYTES])
        payload = masked(bytes(buffer[start + _MASK_BYTES : end]), mask)
        del buffer[:end]
        return opcode, final, payload

    def _check_head(self, first: int, second: int) -> None:
        opcode = first & _OPCODE
        if first & _RESERVED:
            raise Violation(PROTOCOL_ERROR, "reserved bits are set")
        if opcode not in OPCODES:
            raise Violation(PROTOCOL_ERROR, "an unknown opcode")
        if not second & _MASKED:
            raise Violation(PROTOCOL_ERROR, "a frame without a mask")
        if opcode & _CONTROL:
            if not first & _FINAL:
                raise Violation(PROTOCOL_ERROR, "a control frame in pieces")
            if second & _SIZE > LARGEST_CONTROL_BYTES:
                raise Violation(PROTOCOL_ERROR, "a control frame too large")
        elif opcode == CONTINUATION and self._growing is None:
            raise Violation(PROTOCOL_ERROR, "nothing to continue")
        elif opcode != CONTINUATION and self._growing is not None:
            raise Violation(PROTOCOL_ERROR, "a message inside another")

    def _check_size(self, opcode: int, short: int, size: int) -> None:
        least = {_TWO_BYTES: _TWO_BYTES, _EIGHT_BYTES: 1 << 16}.get(short, 0)
        if size < least or size >= 1 << 63:
            raise Violation(PROTOCOL_ERROR, "a size written too long")
        so_far = self._growing.size if self._growing else 0
        if not opcode & _CONTROL and so_far + size > self._limit_bytes:
            raise Violation(TOO_BIG, "a message too large")

    def _understand(self, opcode: int, final: bool, payload: bytes) -> Event | None:  # noqa: FBT001 - as taken
        if opcode == PING:
            return Ping(payload)
        if opcode == PONG:
            return Pong(payload)
        if opcode == CLOSE:
            self._over = True
            return _farewell(payload)
        if self._growing is None:
            self._growing = _Growing(_Utf8Decoder() if opcode == TEXT else None)
        growing = self._growing
        growing.add(payload, final=final)
        if not final:
            return None
        self._growing = None
        return Message(growing.whole())


def _farewell(payload: bytes) -> Close:
    if not payload:
        return Close(None)
    code = int.from_bytes(payload[:2], "big")
    if len(payload) == 1 or not _may_be_sent(code):
        raise Violation(PROTOCOL_ERROR, "a close code that may not be sent")
    try:
        return Close(code, payload[2:].decode())
    except UnicodeDecodeError as error:
        raise Violation(NOT_UTF8, "a reason that is not UTF-8") from error


def _may_be_sent(code: int) -> bool:
    """Tell whether a peer may say ``code``: 1004 to 1006 and 1015 never travel (section 7.4)."""
    return 1000 <= code <= 1003 or 1007 <= code <= 1014 or 3000 <= code <= 4999  # noqa: PLR2004 - the table itself
