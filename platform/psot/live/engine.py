"""Limits below Socket.IO that the stock engine lacks: slow readers, floods, half-open sockets.

* A client that does not read is cut once `LONGEST_QUEUE` messages or `LARGEST_QUEUE_BYTES` wait for
  it; it reconnects and asks for what it missed.
* A websocket message is refused while it arrives, not after it has been kept in memory.
* permessage-deflate is not offered: it doubles the CPU and costs 160 KB a client.
* Frames are written whole and one at a time: the stock path takes a partial write for a full one.
* A closed socket is shut down, so that its reader ends even where the peer is gone.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from socket import SHUT_RDWR, SO_SNDBUF, SOL_SOCKET
from typing import Any

import structlog
from engineio.async_drivers import gevent as driver
from engineio.packet import Packet
from engineio.server import Server as Engine
from engineio.socket import Socket as EngineSocket
from gevent.lock import RLock
from simple_websocket import Server as WebSocket

LARGEST_MESSAGE_BYTES = 16 * 1024
LONGEST_QUEUE = 64
LARGEST_QUEUE_BYTES = 256 * 1024
SEND_BUFFER_BYTES = 128 * 1024
"""What the kernel may keep for a client besides; left alone it grows to megabytes for each."""

LONGEST_BACKLOG = 64
"""Messages from one client that wait for their handlers; a client that floods beyond is cut."""

_log = structlog.get_logger()


def guard(engine: Engine, on_cut: Callable[[str], None]) -> None:
    """Put the limits into ``engine``; ``on_cut`` is told why a client was cut.

    Engine.IO takes its parts from the instance, so the parts are replaced there and nowhere else.
    """
    # A driver's table is shared by the module: this engine gets one of its own.
    engine._async = {**engine._async, "websocket": Wire}  # noqa: SLF001 - the only way in
    engine.psot_wires = set()

    def send_packet(sid: str, packet: Packet) -> None:
        socket = engine.sockets.get(sid)
        if socket is None or socket.closed or getattr(socket, "is_cut", False):
            return
        if is_behind(socket.queue.queue):
            cut(socket)
            on_cut("slow_reader")
            return
        socket.send(packet)

    def disconnect(sid: str) -> None:
        # The stock one waits until the client has read everything, which may be never.
        socket = engine.sockets.get(sid)
        if socket is not None:
            cut(socket)

    engine.send_packet = send_packet
    engine.disconnect = disconnect


def wires(engine: Engine) -> list["Wire"]:
    """Return the websocket connections of ``engine`` that have not ended."""
    return list(_open_wires(engine))


def is_behind(waiting: Iterable[Packet | None]) -> bool:
    """Tell whether so much waits for a client that it must be cut."""
    sizes = [len(packet.encode()) for packet in waiting if packet is not None]
    return len(sizes) >= LONGEST_QUEUE or sum(sizes) >= LARGEST_QUEUE_BYTES


def cut(socket: EngineSocket) -> None:
    """End the connection of ``socket`` at once, without a word: nothing more is queued for it."""
    socket.is_cut = True
    wire: Wire | None = getattr(socket, "wire", None)
    if wire is None:
        socket.close(wait=False, abort=True)
    else:
        wire.abort()
        # Whatever still waits is dropped here; the writer ends on the closed connection.
        socket.queue.queue.clear()


def _open_wires(engine: Engine) -> set["Wire"]:
    found: set[Wire] = engine.psot_wires
    return found


class Wire:
    """One websocket connection, as Engine.IO's gevent driver wants it."""

    def __init__(self, handler: Callable[["Wire"], Any], of: Engine) -> None:
        self._handler = handler
        self._open_wires = _open_wires(of)
        self.socket: EngineSocket = handler.__self__  # type: ignore[attr-defined]
        self.socket.wire = self
        self._websocket: _BoundedWebSocket | None = None

    def __call__(self, environ: dict[str, Any], _start_response: object) -> Any:
        """Answer the upgrade and serve the connection until it ends."""
        self._websocket = _BoundedWebSocket(
            environ,
            max_message_size=LARGEST_MESSAGE_BYTES,
            thread_class=driver.Thread,
            event_class=driver.Event,
        )
        self._open_wires.add(self)
        try:
            return self._handler(self)
        finally:
            self._open_wires.discard(self)
            self.abort()

    def send(self, message: str | bytes) -> None:
        """Send one message. Raises OSError where the connection is closed."""
        assert self._websocket is not None  # noqa: S101 - the driver sends after the upgrade
        try:
            self._websocket.send(message)
        except RuntimeError as error:  # simple-websocket's ConnectionClosed
            raise OSError("closed") from error

    def wait(self) -> str | bytes | None:
        """Return the next message, None once the connection is closed."""
        assert self._websocket is not None  # noqa: S101 - the driver waits after the upgrade
        try:
            return self._websocket.receive()  # type: ignore[no-any-return]  # untyped package
        except RuntimeError:  # simple-websocket's ConnectionClosed
            return None

    def close(self) -> None:
        """Say good-bye if the connection can still carry it, and end."""
        if self._websocket is not None and self._websocket.connected:
            with suppress(OSError, RuntimeError):
                self._websocket.close()
        self.abort()

    def abort(self) -> None:
        """End the connection; readers and writers that wait on it wake up."""
        if self._websocket is not None:
            self._websocket.sock.shut_down()


class _BoundedWebSocket(WebSocket):  # type: ignore[misc]  # simple-websocket has no types
    sock: Any
    environ: dict[str, Any]

    def handshake(self) -> None:
        self.sock = _WholeFrames(self.sock)
        self.environ = {
            name: value
            for name, value in self.environ.items()
            if name != "HTTP_SEC_WEBSOCKET_EXTENSIONS"
        }
        super().handshake()

    def _handle_events(self) -> bool:
        goes_on: bool = super()._handle_events()
        if len(self.input_buffer) > LONGEST_BACKLOG:
            _log.warning("live_client_cut", reason="flood")
            self.input_buffer.clear()
            self.event.set()
            return False
        return goes_on


class _WholeFrames:
    """A socket that sends all of what it is given before anybody else may send."""

    def __init__(self, sock: Any) -> None:
        self._sock = sock
        sock.setsockopt(SOL_SOCKET, SO_SNDBUF, SEND_BUFFER_BYTES)
        self._turn = RLock()

    def send(self, data: bytes) -> int:
        with self._turn:
            self._sock.sendall(data)
        return len(data)

    def recv(self, size: int) -> bytes:
        received: bytes = self._sock.recv(size)
        return received

    def shut_down(self) -> None:
        with suppress(OSError):
            self._sock.shutdown(SHUT_RDWR)

    def close(self) -> None:
        self._sock.close()
