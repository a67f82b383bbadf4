"""A plain event is what Socket.IO would have made of it, and so is its acknowledgement."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from socketio.packet import ACK, EVENT

from psot.live import plain
from psot.live.packets import Malformed, TextPacket

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)
EVENTS = st.builds(
    lambda number, said: f"2{number}{json.dumps(said)}",
    st.sampled_from(
        ["", "0", "7", "07", "999999999", "1000000000", "/a,7", "1-7", "-1", "٣", "7 "]
    ),
    st.lists(VALUES, max_size=3) | st.tuples(st.text(max_size=4), VALUES) | VALUES,
)


@given(packet=EVENTS | st.text(alphabet='42[]"{},7a/-', max_size=12))
@example(packet='27["connect",{}]')
@example(packet='27["*"]')
@example(packet='27["a",NaN]')
@example(packet='27["a"]]')
@example(packet="27[]")
@example(packet='07["a"]')
@example(packet='37["a"]')
def test_what_is_read_as_plain_is_what_socket_io_reads(packet: str) -> None:
    event = plain.read(f"4{packet}")

    if event is None:
        return
    stock = TextPacket(encoded_packet=packet)
    assert stock.packet_type == EVENT
    assert stock.namespace in {None, "/"}
    assert str(stock.id) == event.number
    assert (stock.data[0], *stock.data[1:]) == (event.name, *event.arguments)


@given(number=st.integers(0, 999_999_999), arguments=st.lists(VALUES, max_size=2))
def test_an_event_to_be_acknowledged_is_read_and_its_acknowledgement_is_socket_ios(
    number: int, arguments: list[object]
) -> None:
    told = {"ok": True, "echo": arguments}
    stock = TextPacket(EVENT, data=["race.echo", *arguments], id=number)

    event = plain.read(f"4{stock.encode()}")

    assert event == (str(number), "race.echo", tuple(arguments))
    assert event.acknowledgement(told) == f"4{TextPacket(ACK, data=[told], id=number).encode()}"


@pytest.mark.parametrize(
    "message", ["", "2", "40", "3probe", '42["a"]', '47["a"]', '427["a"', "427"]
)
def test_everything_else_is_left_to_socket_io(message: str) -> None:
    assert plain.read(message) is None


@pytest.mark.parametrize("packet", ['27["connect"]', "27[7]", "27[]", '27["a"'])
def test_what_socket_io_calls_malformed_is_not_plain(packet: str) -> None:
    with pytest.raises(Malformed):
        TextPacket(encoded_packet=packet)
    assert plain.read(f"4{packet}") is None
