"""Socket.IO packets as we speak them: text only, and no client speaks for the server."""

from typing import Any

from socketio.packet import ACK, CONNECT, DISCONNECT, EVENT, Packet

from psot import compact

SPOKEN = frozenset({CONNECT, DISCONNECT, EVENT, ACK})
"""Types of packets that a client may send."""

RESERVED = frozenset({"connect", "disconnect", "*"})
"""Names of our own handlers: a client's event must not reach them."""


class Encoded:
    """A payload whose JSON is at hand: a snapshot is encoded once, however many ask for it."""

    __slots__ = ("text",)

    def __init__(self, payload: dict[str, Any]) -> None:
        self.text = compact.dumps(payload)

    @classmethod
    def of(cls, text: str) -> "Encoded":
        """Return the payload whose JSON is ``text``."""
        made = cls.__new__(cls)
        made.text = text
        return made


def event(name: str, payload: dict[str, Any] | Encoded) -> str:
    """Return an event with one payload as its text on the wire.

    >>> event("live.ended", {"code": "session_ended"})
    '2["live.ended",{"code":"session_ended"}]'
    """
    text = payload.text if isinstance(payload, Encoded) else compact.dumps(payload)
    return f"{EVENT}[{compact.dumps(name)},{text}]"


class Malformed(Exception):  # noqa: N818 - not an error of ours
    """The message is no packet that we speak."""


class TextPacket(Packet):  # type: ignore[misc]  # python-socketio has no types
    """A packet that refuses binary data, malformed events and reserved names with Malformed."""

    uses_binary_events = False
    json = compact

    def decode(self, encoded_packet: str) -> int:
        """Read the text from the wire. Raises Malformed."""
        try:
            attachments: int = super().decode(encoded_packet)
        except (ValueError, TypeError, RecursionError) as error:
            raise Malformed(str(error)) from error
        if self.packet_type not in SPOKEN:
            raise Malformed("unexpected packet type")
        if self.packet_type in {EVENT, ACK} and not isinstance(self.data, list):
            raise Malformed("event without a list")
        if self.packet_type == EVENT and (
            not self.data or not isinstance(self.data[0], str) or self.data[0] in RESERVED
        ):
            raise Malformed("event without a name of its own")
        return attachments
