"""What a client may put on the wire, and what we put there."""

import json

import pytest
from socketio.packet import EVENT, Packet

from psot.live.packets import Encoded, Malformed, TextPacket, event


@pytest.mark.parametrize(
    "message",
    [
        "x",
        "7",
        "51-" + '["x",{"_placeholder":true,"num":0}]',
        "61-1[]",
        '4{"message":"x"}',
        '2["connect",{}]',
        '2["disconnect"]',
        '2["*"]',
        "2[]",
        "2",
        '2{"a":1}',
        "2[1]",
        '2[["board.watch"]]',
        '2["unfinished',
        '2"text"',
    ],
)
def test_binary_malformed_and_reserved_messages_are_refused(message: str) -> None:
    with pytest.raises(Malformed):
        TextPacket(encoded_packet=message)


def test_an_event_with_its_payload_is_read() -> None:
    packet = TextPacket(encoded_packet='27["board.watch",{"board":"open:q"}]')

    assert (packet.packet_type, packet.id) == (EVENT, 7)
    assert packet.data == ["board.watch", {"board": "open:q"}]


def test_a_payload_encoded_before_looks_like_any_other() -> None:
    payload = {"board": "open:q", "rows": {"анна": {"rank": 1}}}
    stock = Packet(EVENT, data=["board.snapshot", payload]).encode()

    assert event("board.snapshot", Encoded(payload)) == event("board.snapshot", payload)
    assert json.loads(event("board.snapshot", payload)[1:]) == json.loads(stock[1:])
    assert event("board.snapshot", payload)[0] == stock[0]
