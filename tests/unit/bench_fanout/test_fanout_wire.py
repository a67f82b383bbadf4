import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import fanout_wire as wire
from psot.live.versions import Board, difference

NUMBERS = st.integers(1, 10**9)
MOMENTS = st.integers(0, 2**62)


def server_frame(payload: bytes, opcode: int = wire.TEXT) -> bytes:
    """A frame as a server writes it: whole, without a mask."""
    size = len(payload)
    if size < 126:
        return bytes((0x80 | opcode, size)) + payload
    if size < 65536:
        return struct.pack("!BBH", 0x80 | opcode, 126, size) + payload
    return struct.pack("!BBQ", 0x80 | opcode, 127, size) + payload


@given(NUMBERS, MOMENTS, st.integers(0, 5000))
def test_a_broadcast_tells_its_number_and_its_moment(seq: int, at_ns: int, size: int) -> None:
    text = wire.message(seq, wire.row(seq, at_ns, size))

    assert wire.broadcast_of(text) == (seq, at_ns)


@given(NUMBERS, MOMENTS, st.integers(300, 5000))
def test_a_broadcast_is_as_long_as_asked(seq: int, at_ns: int, size: int) -> None:
    assert len(wire.message(seq, wire.row(seq, at_ns, size))) == size


def test_the_peers_send_what_the_product_sends() -> None:
    before = Board(name=wire.BOARD, epoch="0" * 16, version=7, rows={"row": {"seq": 6}})
    told = wire.row(7, 123, 200)

    delta = difference(before, {"row": told})

    assert delta is not None
    assert json.loads(wire.message(7, told)[2:]) == ["board.delta", delta.wire()]


@pytest.mark.parametrize(
    "text",
    [
        b"2",
        b'42["live.hello",{"retry_ms":[200,2000]}]',
        b'42["board.snapshot",{"rows":{"row":{"seq":1,"at":2}}}]',
        b'430[{"ok":true}]',
        b'42["board.delta",{"set":{}}]',
    ],
)
def test_nothing_else_is_taken_for_a_broadcast(text: bytes) -> None:
    assert wire.broadcast_of(text) is None


@given(st.lists(st.sampled_from((0, 1, 125, 126, 2048, 65_535, 65_536)), min_size=1, max_size=4))
def test_frames_in_a_row_are_read_one_after_the_other(sizes: list[int]) -> None:
    payloads = [bytes((65 + nth,)) * size for nth, size in enumerate(sizes)]
    data = b"".join(map(server_frame, payloads))
    read, start = [], 0

    while (frame := wire.frame_at(data, start)) is not None:
        opcode, begin, start = frame
        read.append((opcode, data[begin:start]))

    assert read == [(wire.TEXT, one) for one in payloads]
    assert start == len(data)


@given(st.binary(max_size=300), st.data())
def test_a_frame_is_not_read_before_its_end_is_there(payload: bytes, data: st.DataObject) -> None:
    frame = server_frame(payload)
    here = data.draw(st.integers(0, len(frame) - 1))

    assert wire.frame_at(frame[:here], 0) is None


@pytest.mark.parametrize("head", [b"\x01\x01x", b"\x81\x81\0\0\0\0x"])
def test_frames_in_parts_and_masked_ones_are_not_understood(head: bytes) -> None:
    with pytest.raises(ValueError, match="frame"):
        wire.frame_at(head, 0)


@given(st.text(max_size=400))
def test_a_client_masks_what_it_says(text: str) -> None:
    frame, data = wire.said(text), text.encode()
    wide = 2 if len(data) > 125 else 0

    assert frame[0] == 0x81
    assert frame[1] & 0x80
    size = int.from_bytes(frame[2 : 2 + wide], "big") if wide else frame[1] & 0x7F
    assert size == len(data)
    assert frame[2 + wide :] == bytes(4) + data


def test_a_ping_is_answered_with_its_own_words() -> None:
    assert wire.pong(b"here?") == bytes((0x8A, 0x85)) + bytes(4) + b"here?"


def test_a_request_asks_for_an_upgrade_from_the_right_origin() -> None:
    head = wire.product("http://psot.test").request("psot.test").decode().split("\r\n")

    assert head[0].startswith("GET /socket.io/?EIO=4&transport=websocket&ticket=")
    assert {"Host: psot.test", "Origin: http://psot.test", "Upgrade: websocket"} <= set(head)
    assert head[-2:] == ["", ""]


def test_a_ticket_finds_its_place_in_the_request() -> None:
    request = wire.product("http://psot.test").request("psot.test")
    head = request.replace(wire.TICKET.encode(), b"a-ticket").split(b"\r\n")[0]

    assert head == b"GET /socket.io/?EIO=4&transport=websocket&ticket=a-ticket HTTP/1.1"
