"""What a client may do to a websocket and what must come of it, after the Autobahn test suite.

``answers`` is what an echoing server sends back: frames as (opcode, payload), in order. ``code`` is
the close code at the end; None where the connection simply stays open.
"""

from dataclasses import dataclass

from psot.live.wire.frames import BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT, masked

MASK = b"\x37\xfa\x21\x3d"
LIMIT_BYTES = 16 * 1024
KAPPA = "κόσμε".encode()


@dataclass(frozen=True)
class Case:
    """Bytes a client sends, and what it gets to read."""

    name: str
    sent: bytes
    messages: tuple[str | bytes, ...] = ()
    pongs: tuple[bytes, ...] = ()
    code: int | None = None


def client(
    opcode: int, payload: bytes = b"", *, final: bool = True, rsv: int = 0, mask: bool = True
) -> bytes:
    """Return one frame as a client sends it."""
    first = (0x80 if final else 0) | rsv << 4 | opcode
    size = len(payload)
    bit = 0x80 if mask else 0
    if size < 126:
        head = bytes((first, bit | size))
    elif size < 1 << 16:
        head = bytes((first, bit | 126)) + size.to_bytes(2, "big")
    else:
        head = bytes((first, bit | 127)) + size.to_bytes(8, "big")
    return head + (MASK + masked(payload, MASK) if mask else payload)


def closing(code: int, reason: bytes = b"") -> bytes:
    """Return a client's close frame."""
    return client(CLOSE, code.to_bytes(2, "big") + reason)


def text(*pieces: bytes) -> bytes:
    """Return a text in as many frames as there are pieces."""
    last = len(pieces) - 1
    return b"".join(
        client(TEXT if at == 0 else CONTINUATION, piece, final=at == last)
        for at, piece in enumerate(pieces)
    )


SIZES = (0, 1, 125, 126, 127, 128, 4096, LIMIT_BYTES)
FRAMING = [
    *(Case(f"1.1 text of {n} bytes", client(TEXT, b"*" * n), ("*" * n,)) for n in SIZES),
    *(Case(f"1.2 binary of {n} bytes", client(BINARY, b"\xfe" * n), (b"\xfe" * n,)) for n in SIZES),
]
PINGS = [
    Case("2.1 an empty ping", client(PING), pongs=(b"",)),
    Case("2.3 a ping with what is no text", client(PING, b"\x00\xff"), pongs=(b"\x00\xff",)),
    Case("2.4 a ping of 125 bytes", client(PING, b"x" * 125), pongs=(b"x" * 125,)),
    Case("2.5 a ping of 126 bytes", client(PING, b"x" * 126), code=1002),
    Case("2.7 a pong unasked", client(PONG, b"x") + client(PING), pongs=(b"",)),
    Case(
        "2.10 ten pings",
        b"".join(client(PING, bytes((n,))) for n in range(10)),
        pongs=tuple(bytes((n,)) for n in range(10)),
    ),
]
RESERVED = [
    *(Case(f"3 reserved bits {n}", client(TEXT, b"x", rsv=n), code=1002) for n in range(1, 8)),
    Case("3.3 a text, then a bit", text(b"a") + client(TEXT, rsv=2), ("a",), code=1002),
    *(Case(f"4 opcode {n}", client(n, b"x"), code=1002) for n in (3, 4, 5, 6, 7, *range(11, 16))),
    Case("4 a text, then an opcode", text(b"a") + client(11), ("a",), code=1002),
    Case("no mask", client(TEXT, b"x", mask=False), code=1002),
    Case("a size of 5 in two bytes", b"\x81\xfe\x00\x05" + MASK + b"12345", code=1002),
    Case("a size of 5 in eight bytes", b"\x81\xff" + bytes(7) + b"\x05", code=1002),
    Case("a size above 2**63", b"\x81\xff" + b"\xff" * 8, code=1002),
]
PIECES = [
    Case("5.1 a ping in pieces", client(PING, b"x", final=False), code=1002),
    Case("5.2 a pong in pieces", client(PONG, b"x", final=False), code=1002),
    Case("5.3 a text in two", text(b"frag", b"ment"), ("fragment",)),
    Case("5.4 empty pieces", text(b"", b"", b""), ("",)),
    Case(
        "5.6 a ping in between",
        client(TEXT, b"a", final=False) + client(PING, b"?") + client(CONTINUATION, b"b"),
        ("ab",),
        (b"?",),
    ),
    Case("5.9 nothing to continue", client(CONTINUATION, b"x"), code=1002),
    Case("5.10 nothing to continue, more to come", client(CONTINUATION, final=False), code=1002),
    Case("5.15 a text, then a piece", text(b"a", b"b") + client(CONTINUATION), ("ab",), code=1002),
    Case("5.18 a message in another", client(TEXT, final=False) + client(TEXT, b"x"), code=1002),
    Case(
        "5.19 binary in pieces",
        client(BINARY, b"\xff", final=False) + client(CONTINUATION, b"\xfe"),
        (b"\xff\xfe",),
    ),
]
INVALID = (
    b"\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5\xed\xa0\x80edited",
    b"\xf4\x90\x80\x80",
    b"\xff",
    b"\x80",
    b"\xc0\xaf",
    b"\xe0\x80\xaf",
    b"\xed\xbf\xbf",
    KAPPA[:-1],
)
UTF8 = [
    Case("6.2 a text in characters", text(KAPPA), ("κόσμε",)),
    Case("6.2 a text in octets", text(*(bytes((one,)) for one in KAPPA)), ("κόσμε",)),
    Case("6.9 the last code point", text("\U0010ffff\ufffe".encode()), ("\U0010ffff\ufffe",)),
    *(Case(f"6.3 {one.hex()}", text(one), code=1007) for one in INVALID),
    Case("6.4 told with the piece that breaks", client(TEXT, b"\xff", final=False), code=1007),
]
VALID_CODES = (1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1014, 3000, 3999, 4000, 4999)
INVALID_CODES = (0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535)
CLOSES = [
    Case("7.1 nothing is heard after a close", closing(1000) + text(b"x"), code=1000),
    Case("7.1 a close in a message", client(TEXT, b"x", final=False) + closing(1000), code=1000),
    Case("7.3 a code of one byte", client(CLOSE, b"\x03"), code=1002),
    Case("7.3 a reason", closing(1000, KAPPA), code=1000),
    Case("7.3 a reason of 123 bytes", closing(1000, b"x" * 123), code=1000),
    Case("7.3 a reason of 124 bytes", closing(1000, b"x" * 124), code=1002),
    Case("7.3 a close in pieces", client(CLOSE, final=False), code=1002),
    Case("7.5 a reason that is no text", closing(1000, b"\xff"), code=1007),
    *(Case(f"7.7 code {one}", closing(one), code=one) for one in VALID_CODES),
    *(Case(f"7.9 code {one}", closing(one), code=1002) for one in INVALID_CODES),
]
TOO_LARGE = [
    Case("9 larger than the limit", client(TEXT, b"*" * (LIMIT_BYTES + 1)), code=1009),
    Case("9 larger in pieces", text(b"*" * LIMIT_BYTES, b"*"), code=1009),
    Case("9 larger by its own word", b"\x82\xff" + (1 << 40).to_bytes(8, "big"), code=1009),
]
ALL = [*FRAMING, *PINGS, *RESERVED, *PIECES, *UTF8, *CLOSES, *TOO_LARGE]
