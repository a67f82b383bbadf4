"""One websocket connection: what the kernel takes leaves at once, the rest waits in its order.

A client that reads costs a system call for each message: nobody is woken, nothing is queued. Where
the kernel takes less than all, the rest waits for the socket to become writable, and whatever is
sent meanwhile waits behind it.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from socket import SHUT_RDWR, SHUT_WR, SO_SNDBUF, SOL_SOCKET
from typing import Any

import gevent
from gevent.socket import socket

from psot.live.wire import frames

LARGEST_MESSAGE_BYTES = 16 * 1024
LONGEST_QUEUE = 64
LARGEST_QUEUE_BYTES = 256 * 1024
SEND_BUFFER_BYTES = 128 * 1024
"""What the kernel may keep for a client besides; left alone it grows to megabytes for each."""

READ_BYTES = 4096
LINGER_S = 1.0
"""Time for a peer that broke the protocol to read why; closing at once could throw that away."""

_READABLE, _WRITABLE = 1, 2


class TooSlow(Exception):  # noqa: N818 - not an error of ours
    """So much waits for the client that it must be cut."""


class Wire:
    """One upgraded connection. All of it runs in the greenlets of one thread."""

    __slots__ = ("_connection", "_ended", "_raw", "_said_close", "_waiting", "_watcher", "size")

    def __init__(self, connection: socket) -> None:
        self._connection = connection
        # gevent's own send would wait; this one takes what fits and says how much that was.
        self._raw: Any = connection._sock  # type: ignore[attr-defined]  # noqa: SLF001 - pinned by test_live_private_names
        self._waiting: deque[bytes] = deque()
        self._watcher: Any = None
        self._ended = False
        self._said_close = False
        self.size = 0
        """Bytes that wait here for the kernel."""
        with suppress(OSError):  # the peer may be gone already
            connection.setsockopt(SOL_SOCKET, SO_SNDBUF, SEND_BUFFER_BYTES)

    @property
    def length(self) -> int:
        """Messages that wait here for the kernel."""
        return len(self._waiting)

    def send(self, frame: bytes) -> None:
        """Send one whole frame, now or as soon as those before it have left.

        Nothing follows a close frame, and nothing is sent once the connection has ended. Raises
        TooSlow where too much waits already.
        """
        if self._ended or self._said_close:
            return
        if self._waiting:
            self._queue(frame)
            return
        try:
            sent = self._raw.send(frame)
        except BlockingIOError:
            sent = 0
        except OSError:
            self.abort()
            return
        if sent < len(frame):
            self._queue(frame[sent:])
            self._watch()

    def messages(self, early: bytes = b"") -> Iterator[str | bytes]:
        """Yield the peer's messages until the connection ends, by whomever.

        Pings are answered, a close is echoed, a breach of the protocol is told and ends it.
        ``early`` came before this was asked. Raises TooSlow where the peer does not read its pongs.
        """
        reader = frames.Reader(LARGEST_MESSAGE_BYTES)
        try:
            for data in self._received(early):
                for event in reader.feed(data):
                    if isinstance(event, frames.Message):
                        yield event.data
                    elif isinstance(event, frames.Ping):
                        self.send(frames.frame(frames.PONG, event.data))
                    elif isinstance(event, frames.Close):
                        self.finish(event.code)
                        return
        except frames.Violation as breach:
            self.finish(breach.code, breach.reason)
            self._linger()

    def finish(self, code: int | None = frames.NORMAL, reason: str = "") -> None:
        """Say good-bye after what waits; the peer's answer, or its silence, ends the connection."""
        with suppress(TooSlow):
            self.send(frames.close(code, reason))
        self._said_close = True

    def abort(self) -> None:
        """End the connection at once, without a word; its reader wakes and ends."""
        if self._ended:
            return
        self._ended = True
        self._forget_waiting()
        with suppress(OSError):
            self._raw.shutdown(SHUT_RDWR)

    def close(self) -> None:
        """Give the connection back to the system; only its reader does that, when it has ended."""
        self.abort()
        self._connection.close()

    def _queue(self, frame: bytes) -> None:
        if len(self._waiting) >= LONGEST_QUEUE or self.size >= LARGEST_QUEUE_BYTES:
            raise TooSlow
        self._waiting.append(frame)
        self.size += len(frame)

    def _watch(self) -> None:
        self._watcher = gevent.get_hub().loop.io(self._raw.fileno(), _WRITABLE)
        self._watcher.start(self._drain)

    def _drain(self) -> None:
        """Send what waits; called by the event loop, so it may neither wait nor raise."""
        try:
            while self._waiting:
                frame = self._waiting[0]
                sent = self._raw.send(frame)
                self.size -= sent
                if sent < len(frame):
                    self._waiting[0] = frame[sent:]
                    return
                self._waiting.popleft()
        except BlockingIOError:
            return
        except OSError:
            self.abort()
            return
        self._forget_waiting()

    def _forget_waiting(self) -> None:
        self._waiting.clear()
        self.size = 0
        if self._watcher is not None:
            self._watcher.stop()
            self._watcher.close()
            self._watcher = None

    def _received(self, early: bytes) -> Iterator[bytes]:
        if early:
            yield early
        hub = gevent.get_hub()
        watcher = hub.loop.io(self._raw.fileno(), _READABLE)
        try:
            while True:
                # Whoever has more to say waits for the loop too, which has looked at the others
                # by then. To try first would fail for nearly everybody, and cost a system call.
                hub.wait(watcher)
                with suppress(BlockingIOError):  # woken for nothing
                    data = self._raw.recv(READ_BYTES)
                    if not data:
                        return
                    yield data
        except OSError:
            return
        finally:
            watcher.close()

    def _linger(self) -> None:
        with suppress(OSError, gevent.Timeout), gevent.Timeout(LINGER_S):
            if not self._waiting:
                self._raw.shutdown(SHUT_WR)
            while self._connection.recv(READ_BYTES):
                gevent.sleep(0)
