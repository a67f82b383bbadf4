"""Engine.IO's connection on a wire of our own; without a wire it polls, as the stock one does."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import Any, Protocol

import gevent
from engineio.exceptions import UnknownPacketError
from engineio.packet import CLOSE, NOOP, PING, Packet
from engineio.server import Server as StockEngine
from engineio.socket import Socket as StockSocket

from psot.live.pings import Pings
from psot.live.wire import frames
from psot.live.wire.wire import LARGEST_QUEUE_BYTES, LONGEST_QUEUE, TooSlow, Wire

PROBE_S = 10.0
"""Time for a client that polls to finish its upgrade."""

_PROBE, _PROBED, _UPGRADE = "2probe", frames.text("3probe"), "5"
_ASK, _PONG = Packet(PING), "3"

Serve = Callable[[Wire, bytes, bytes], None]
"""Serves an upgraded connection until it ends: the answer to its request, and what came too early.

The answer is sent by whoever serves, with what follows it: each piece is a call of the system.
"""


class House(Protocol):
    """What a socket knows of the engine it belongs to."""

    stock: StockEngine
    pings: "Pings[Socket]"
    serving: "set[Socket]"

    def enter(self, environ: dict[str, Any], serve: Serve) -> Any:
        """Let ``serve`` have the connection of the request, or answer why not."""

    def forget(self, socket: "Socket") -> None:
        """Hear that a socket is closed."""

    def cut(self, socket: "Socket", reason: str) -> None:
        """End a connection at once and count why."""

    def at_once(self, socket: "Socket", message: str) -> bool:
        """Deal with a message that needs nothing of Engine.IO; False where it does."""


def frame_of(packet: Packet) -> bytes:
    """Return the frame of ``packet``, built once however many it is sent to."""
    frame: bytes | None = getattr(packet, "frame", None)
    if frame is None:
        frame = packet.frame = frames.text(packet.encode())
    return frame


class Socket(StockSocket):  # type: ignore[misc]  # python-engineio has no types
    """One client: it polls while ``wire`` is None, and has a websocket from then on."""

    def __init__(self, house: House, sid: str) -> None:
        super().__init__(house.stock, sid)
        self.queue: Any
        self.closed: bool
        self.closing: bool
        self._house = house
        self.wire: Wire | None = None
        self._held: list[bytes] | None = None
        self._new = False
        self.busy = False
        """Whether a message is being dealt with: the next one is read after it."""

    def send(self, packet: Packet) -> None:
        """Send ``packet``, unless the client is gone; one that does not read is cut."""
        if self.closed:
            return
        if self.wire is not None:
            self._frame(self.wire, frame_of(packet))
            return
        try:
            self._keep(packet)
        except TooSlow:
            self._house.cut(self, "slow_reader")

    def say(self, message: str) -> None:
        """Send a message of Engine.IO's to a client with a websocket, unless it is gone."""
        if self.wire is not None and not self.closed:
            self._frame(self.wire, frames.text(message))

    def _frame(self, wire: Wire, frame: bytes) -> None:
        if self._held is not None:
            self._held.append(frame)
            return
        try:
            wire.send(frame)
        except TooSlow:
            self._house.cut(self, "slow_reader")

    @contextmanager
    def _in_one_piece(self) -> Iterator[None]:
        """Send what is sent meanwhile at the end, in its order and by one call of the system."""
        self._held = []
        try:
            yield
        finally:
            held, self._held = self._held, None
            if held and self.wire is not None:
                with suppress(TooSlow):  # nothing can wait for a client that has just come in
                    self.wire.send(b"".join(held))

    def waiting(self) -> int:
        """Return how many messages wait for the client."""
        return self.wire.length if self.wire is not None else len(self.queue.queue)

    def close(self, wait: bool = True, abort: bool = False, reason: str | None = None) -> None:  # noqa: ARG002, FBT001, FBT002 - the stock signature
        """Close the connection; ``abort`` says nothing to the client of Engine.IO's.

        Nobody ever waits for a client to have read what it was sent.
        """
        if self.closed or self.closing:
            return
        if self.wire is None:
            super().close(wait=False, abort=abort, reason=reason)
        else:
            self.closing = True
            told = reason or self.server.reason.SERVER_DISCONNECT
            self.server._trigger_event("disconnect", self.sid, told, run_async=False)  # noqa: SLF001 - as the stock one does
            if not abort:
                self.send(Packet(CLOSE))
            self.closed = True
            self.wire.finish()
        self._house.forget(self)

    def schedule_ping(self) -> None:
        """Hear a pong: in the stock engine that is what sets up the next ping."""
        self._house.pings.answered(self)

    def ping(self) -> None:
        """Ask whether the client is there."""
        self.send(_ASK)

    def give_up(self) -> None:
        """Close the connection of a client that did not answer."""
        self.close(wait=False, reason=self.server.reason.PING_TIMEOUT)

    def serve(self, wire: Wire, greeting: bytes, early: bytes) -> None:
        """Serve a client that came with a websocket, until the connection ends."""
        gevent.sleep(0)  # a crowd that comes back at once is no hindrance to what has begun
        if self.closed:  # meanwhile: this process leaves
            return
        self._move_to(wire, greeting)
        self.queue = None  # polling alone needs it
        self._new = True
        self._listen(wire, wire.messages(early))

    def _upgrade_websocket(self, environ: dict[str, Any], _start_response: object) -> Any:
        """Answer a polling client that wants to go on by websocket."""
        if self.upgrading or self.upgraded or self.closed:
            return self.server._bad_request("upgraded already")  # noqa: SLF001 - as the stock one does
        return self._house.enter(environ, self._probe)

    def _probe(self, wire: Wire, greeting: bytes, early: bytes) -> None:
        """Let the client try the websocket; it goes on polling where that does not work."""
        wire.send(greeting)
        messages = wire.messages(early)
        self.upgrading = True
        works = False
        try:
            with suppress(TooSlow, gevent.Timeout), gevent.Timeout(PROBE_S):
                if next(messages, None) == _PROBE:
                    wire.send(_PROBED)
                    self.queue.put(Packet(NOOP))  # ends a poll that waits
                    works = next(messages, None) == _UPGRADE
        finally:
            self.upgrading = False
        if works and not self.closed:
            self._move_to(wire)
            self._listen(wire, messages)

    def _move_to(self, wire: Wire, greeting: bytes = b"") -> None:
        """Send over ``wire`` from now on, what waited for a poll first."""
        waited = [one for one in self.queue.queue if one is not None]
        frames_ = [frame_of(one) for one in waited if one.packet_type != NOOP]
        if greeting or frames_:
            wire.send(greeting + b"".join(frames_))
        self.queue.queue.clear()
        self.queue.put(Packet(NOOP))  # for a poll that has not ended yet
        self.connected = self.upgraded = True
        self.wire = wire

    def _listen(self, wire: Wire, messages: Iterator[str | bytes]) -> None:
        self._house.serving.add(self)
        try:
            for message in messages:
                if message == _PONG:  # said by everybody all the time, and nobody's turn is taken
                    self.schedule_ping()
                    continue
                gevent.sleep(0)  # what has begun goes on first: a page, an answer of the database
                self._hear(message)
        except TooSlow:
            self._house.cut(self, "slow_reader")
        finally:
            self._house.serving.discard(self)
            wire.abort()
            self.close(wait=False, abort=True, reason=self.server.reason.TRANSPORT_CLOSE)

    def _hear(self, message: str | bytes) -> None:
        if self.closed:
            return
        self.busy = True
        try:
            if not (isinstance(message, str) and self._house.at_once(self, message)):
                self._receive(message)
        finally:
            self.busy = False

    def _receive(self, message: str | bytes) -> None:
        try:
            packet = Packet(encoded_packet=message)
        except (ValueError, RecursionError):
            self._house.cut(self, "malformed")
            return
        # The first thing said is the wish to come in; what follows may take its time.
        new, self._new = self._new, False
        with suppress(UnknownPacketError), self._in_one_piece() if new else nullcontext():
            self.receive(packet)

    def _keep(self, packet: Packet) -> None:
        sizes = [len(one.encode()) for one in self.queue.queue if one is not None]
        if len(sizes) >= LONGEST_QUEUE or sum(sizes) >= LARGEST_QUEUE_BYTES:
            raise TooSlow
        self.queue.put(packet)
