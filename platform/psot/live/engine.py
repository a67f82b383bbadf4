"""Engine.IO with websockets of our own, and with limits that the stock one lacks.

* A message is framed once, however many it goes to, and written straight to each client.
* A client that does not read is cut once too much waits for it; it reconnects and asks for what it
  missed.
* One greenlet pings all clients.
* A closed connection whose peer does not let go is told by `Engine.serving`, to be cut.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from engineio.packet import MESSAGE, OPEN, Packet
from engineio.server import Server as StockEngine
from gevent.socket import socket as GreenSocket  # noqa: N812 - a class spelled like a function

from psot.live.pings import Pings
from psot.live.sockets import Serve, Socket
from psot.live.wire import handshake
from psot.live.wire.handshake import Refusal
from psot.live.wire.wire import Wire
from psot.server import HAND_OVER

Admit = Callable[[dict[str, Any]], dict[str, Any] | Refusal]

BORROWED = "gunicorn.socket"
"""Where gunicorn's gevent worker leaves the connection."""


class Engine:
    """The connections of one process; ``on_cut`` is told why one was cut.

    Who asks for a connection is shown to ``admit``, which gives what is kept of the request, or why
    there is none; a websocket is not upgraded before. A message of a websocket is first offered to
    ``at_once``, which tells whether it was dealt with.
    Engine.IO takes its parts from the instance, so the parts are replaced there and nowhere else.
    """

    def __init__(
        self,
        stock: StockEngine,
        on_cut: Callable[[str], None],
        admit: Admit = lambda _environ: {},
        at_once: Callable[[Socket, str], bool] = lambda _socket, _message: False,
    ) -> None:
        self.stock = stock
        self.pings: Pings[Socket] = Pings(stock.ping_interval, stock.ping_timeout)
        self.serving: set[Socket] = set()
        """All whose websocket has not ended."""
        self.at_once = at_once
        self._on_cut = on_cut
        self._admit = admit
        self._pinging = False
        stock.start_service_task = False  # our own pings find who is gone
        stock.send_packet = self.send_packet
        stock.disconnect = self.disconnect
        stock._handle_connect = self._connect  # noqa: SLF001 - pinned by test_live_private_names

    def sockets(self) -> list[Socket]:
        """Return all clients, polling ones too."""
        return list(self.stock.sockets.values())

    def socket(self, sid: str) -> Socket | None:
        """Return the client with Engine.IO's ``sid``."""
        found: Socket | None = self.stock.sockets.get(sid)
        return found

    def send_packet(self, sid: str, packet: Packet) -> None:
        """Send ``packet`` to a client, if it is still there."""
        socket = self.stock.sockets.get(sid)
        if socket is not None:
            socket.send(packet)

    def broadcast(self, sids: Iterable[str], message: str) -> None:
        """Send ``message`` to all clients of these who are still there."""
        packet = Packet(MESSAGE, message)
        sockets = self.stock.sockets
        for sid in sids:
            socket = sockets.get(sid)
            if socket is not None:
                socket.send(packet)

    def disconnect(self, sid: str) -> None:
        """End a connection; the stock one waits until the client has read everything."""
        socket = self.socket(sid)
        if socket is not None:
            self.end(socket)

    def cut(self, socket: Socket, reason: str) -> None:
        """End a connection at once, without a word, and count why."""
        self._on_cut(reason)
        self.end(socket)

    def end(self, socket: Socket) -> None:
        """End a connection at once, without a word: nothing more leaves for it."""
        if socket.wire is None:
            socket.close(wait=False, abort=True)
        else:
            socket.wire.abort()

    def forget(self, socket: Socket) -> None:
        """Hear that ``socket`` is closed."""
        self.pings.end(socket)
        self.stock.sockets.pop(socket.sid, None)

    def enter(self, environ: dict[str, Any], serve: Serve) -> Any:
        """Let ``serve`` have the connection of a request, or answer why not."""
        refusal = handshake.refusal(environ)
        return refusal.answer() if refusal else self._hand_over(environ, serve)

    def _hand_over(self, environ: dict[str, Any], serve: Serve) -> Any:
        greeting = handshake.acceptance(environ["HTTP_SEC_WEBSOCKET_KEY"])
        take = partial(_take, greeting, serve)
        if HAND_OVER in environ:
            environ[HAND_OVER](take)
            return ()  # a list would be taken for packets to answer a poll with
        if BORROWED in environ:
            take(environ[BORROWED], b"")
            # Tells gunicorn that the connection is not its own any more.
            raise StopIteration
        return self.stock._bad_request("No websockets from this server.")  # noqa: SLF001 - as the stock one answers

    def _connect(
        self,
        environ: dict[str, Any],
        _start_response: object,
        transport: str,
        jsonp_index: int | None = None,
    ) -> Any:
        """Begin a connection; in place of the stock one, which starts greenlets for each."""
        refusal = handshake.refusal(environ) if transport == "websocket" else None
        kept = refusal or self._admit(environ)
        if isinstance(kept, Refusal):
            return kept.answer()
        if transport == "polling":
            socket = self._begin(transport, kept)
            socket.connected = True
            return self.stock._ok(socket.poll(), jsonp_index=jsonp_index)  # noqa: SLF001 - as the stock one answers

        def serve(wire: Wire, greeting: bytes, early: bytes) -> None:
            self._begin(transport, kept).serve(wire, greeting, early)

        return self._hand_over(environ, serve)

    def _begin(self, transport: str, kept: dict[str, Any]) -> Socket:
        stock = self.stock
        if not self._pinging:
            self._pinging = True
            stock.start_background_task(self.pings.run)
        sid = stock.generate_id()
        socket = stock.sockets[sid] = Socket(self, sid)
        opening = {
            "sid": sid,
            "upgrades": stock._upgrades(sid, transport),  # noqa: SLF001 - as the stock one does
            "pingTimeout": int(stock.ping_timeout * 1000),
            "pingInterval": int(stock.ping_interval * 1000),
            "maxPayload": stock.max_http_buffer_size,
        }
        socket.send(Packet(OPEN, opening))
        stock._trigger_event("connect", sid, kept, run_async=False)  # noqa: SLF001 - as the stock one does
        self.pings.begin(socket)
        return socket


def _take(greeting: bytes, serve: Serve, connection: GreenSocket, early: bytes) -> None:
    wire = Wire(connection)
    try:
        serve(wire, greeting, early)
    finally:
        wire.close()
