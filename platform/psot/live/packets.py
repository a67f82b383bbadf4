"""Socket.IO packets as we speak them: text only, and no client speaks for the server."""

import json
from typing import Any

from socketio.packet import ACK, BINARY_ACK, BINARY_EVENT, CONNECT_ERROR, EVENT, Packet

RESERVED = frozenset({"connect", "disconnect", "*"})
"""Names of our own handlers: a client's event must not reach them."""


class Encoded:
    """A payload whose JSON is at hand: a snapshot is encoded once, however many ask for it."""

    __slots__ = ("text",)

    def __init__(self, payload: dict[str, Any]) -> None:
        self.text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))


def check(message: object) -> None:
    """Raise ValueError, TypeError or RecursionError unless ``message`` is a packet we speak."""
    if not isinstance(message, str) or not message:
        raise ValueError("no text")
    TextPacket(encoded_packet=message)


class TextPacket(Packet):  # type: ignore[misc]  # python-socketio has no types
    """A packet that refuses binary data, malformed events and reserved names with ValueError."""

    uses_binary_events = False

    def encode(self) -> str:
        """Return the text on the wire."""
        if self.packet_type == EVENT and isinstance(self.data[-1], Encoded):
            return f"{EVENT}[{json.dumps(self.data[0])},{self.data[-1].text}]"
        text: str = super().encode()
        return text

    def decode(self, encoded_packet: str) -> int:
        """Read the text from the wire. Raises ValueError."""
        attachments: int = super().decode(encoded_packet)
        if self.packet_type in {BINARY_EVENT, BINARY_ACK, CONNECT_ERROR}:
            raise ValueError("unexpected packet type")
        if self.packet_type in {EVENT, ACK} and not isinstance(self.data, list):
            raise ValueError("event without a list")
        if self.packet_type == EVENT and (
            not self.data or not isinstance(self.data[0], str) or self.data[0] in RESERVED
        ):
            raise ValueError("event without a name of its own")
        return attachments
