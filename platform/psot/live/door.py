"""The door to the sockets: the only module that knows Flask-SocketIO.

Everything else speaks to a `Door`, so that a leaner way to the sockets can take its place. Handlers
are registered at python-socketio, below Flask-SocketIO's own `on`: that would rebuild the request
and open the member's session in the database for every single event, while a connection here knows
its visitor from the ticket that its request showed.
"""

import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

import structlog
from flask import Flask
from flask_socketio import ConnectionRefusedError as Refused
from flask_socketio import SocketIO
from redis import Redis
from redis.exceptions import RedisError

from psot.config import Settings
from psot.live import admission, boards, orders, packets, plain, tickets, watching
from psot.live.around import Around
from psot.live.channel import listen
from psot.live.engine import Engine
from psot.live.events import Answer, Connection, Event, Events, Unpleasant
from psot.live.hello import Hello, retry_ms
from psot.live.idlers import Idlers
from psot.live.kinds import BoardKind, BoardKinds
from psot.live.metrics import Metrics
from psot.live.origins import gate
from psot.live.packets import Encoded, Malformed, TextPacket
from psot.live.queue import RedisQueue
from psot.live.relay import Relay
from psot.live.sockets import Socket
from psot.live.visitor import Recognition
from psot.live.wire.handshake import Refusal
from psot.live.wire.wire import LARGEST_MESSAGE_BYTES
from psot.policies import SOCKET_EVENTS

PING_EVERY_S = 25
PING_TIMEOUT_S = 20

BEAT_S = 1.0
SESSIONS_EVERY_S = 60
"""How often sessions are asked for whether they still live, besides being told when they end."""

GOODBYE_S = 0.5
"""Time for the last messages to leave before the connections are closed."""

_log = structlog.get_logger()


class Door:
    """The sockets of one web process, and the way to those of all the others."""

    def __init__(self, app: Flask, settings: Settings, redis: Redis) -> None:
        self.app = app
        self.redis = redis
        self.tickets = tickets.Counter(redis)
        self._hello = Hello()
        self.recognition = Recognition()
        self.kinds = BoardKinds()
        self._connections: dict[str, Connection] = {}
        self._queue = RedisQueue(redis, at_first=self._start)
        self.metrics = Metrics(lambda: len(self._connections))
        self.events = Events(SOCKET_EVENTS, self.metrics)
        self._relay = Relay(redis, self, self.metrics)
        self._around = Around(redis, self.kinds, self.emit_here, pause=self._pause)
        watching.register(self.events, self.kinds, self._relay, self._around, self._leave)
        self.socketio = self._build(app, settings)
        eio = self.socketio.server.eio
        self.engine = Engine(eio, self.metrics.cut, self._admit, self._at_once)
        self._idlers = Idlers(self.engine)

    # -- speaking -------------------------------------------------------------------------------

    def broadcast(self, room: str, event: str, payload: dict[str, Any]) -> None:
        """Send ``event`` to everybody in ``room``, in all web processes."""
        self._queue.emit(event, payload, room=room)

    def send_to_member(self, member: UUID, event: str, payload: dict[str, Any]) -> None:
        """Send ``event`` to all sockets of ``member``, in all web processes."""
        self.broadcast(orders.member_room(member), event, payload)

    def send_to_session(self, session: str, event: str, payload: dict[str, Any]) -> None:
        """Send ``event`` to the sockets of one session, in all web processes."""
        self.broadcast(orders.session_room(session), event, payload)

    def emit_here(self, to: str, event: str, payload: dict[str, Any] | Encoded) -> None:
        """Send ``event`` to the room or socket ``to`` of this process only."""
        self.engine.broadcast(self._queue.inside(to), packets.event(event, payload))

    # -- rooms ----------------------------------------------------------------------------------

    def join(self, sid: str, room: str) -> None:
        """Put a socket of this process into ``room``; only the server chooses rooms."""
        self.socketio.server.enter_room(sid, room, namespace="/")

    def is_empty(self, room: str) -> bool:
        """Tell whether no socket of this process is in ``room``."""
        return room not in self._queue.rooms.get("/", {})

    # -- ending ---------------------------------------------------------------------------------

    def cut_session(self, session: str) -> None:
        """Cut the sockets of a session that has ended: here at once, elsewhere through Redis."""
        self._cut_room(orders.session_room(session))
        try:
            orders.cut_session(self.redis, session)
        except RedisError as error:
            # The others find out when they next ask whether their sessions live.
            _log.warning("live_cut_not_told", error=str(error))

    def cut_member(self, member: UUID) -> None:
        """Cut all sockets of ``member``, in all web processes."""
        self._cut_room(orders.member_room(member))
        try:
            orders.cut_member(self.redis, member)
        except RedisError as error:
            _log.warning("live_cut_not_told", error=str(error))

    def goodbye(self) -> None:
        """Ask all clients of this process to come back to another, spread in time; close them."""
        for sid in list(self._connections):
            self.emit_here(sid, "live.goodbye", {"retry_ms": retry_ms(len(self._connections))})
        if self._connections:
            self.socketio.sleep(GOODBYE_S)
        for socket in self.engine.sockets():
            self.engine.end(socket)

    # -- building -------------------------------------------------------------------------------

    def _build(self, app: Flask, settings: Settings) -> SocketIO:
        socketio = SocketIO(
            app,
            async_mode="gevent",
            client_manager=self._queue,
            serializer=TextPacket,
            cors_allowed_origins=list(settings.allowed_origins),
            cors_credentials=False,
            manage_session=False,
            # One connection's events are answered in their order, and never pile up as greenlets.
            async_handlers=False,
            max_http_buffer_size=LARGEST_MESSAGE_BYTES,
            ping_interval=PING_EVERY_S,
            ping_timeout=PING_TIMEOUT_S,
            http_compression=False,
        )
        origins = frozenset(settings.allowed_origins)
        app.wsgi_app = gate(app.wsgi_app, origins, LARGEST_MESSAGE_BYTES)  # type: ignore[method-assign, assignment]  # Flask's documented way
        server = socketio.server
        server.on("connect", self._connect)
        server.on("disconnect", self._disconnect)
        server.on("*", self._event)
        hear = server._handle_eio_message  # noqa: SLF001 - to stand before it
        server.eio.on("message", self._hearing(hear))
        return socketio

    def _hearing(self, hear: Callable[[str, Any], None]) -> Callable[[str, Any], None]:
        """Return ``hear`` with malformed messages ending the connection instead of the log."""

        def message(eio_sid: str, data: Any) -> None:
            # Their packet would take an empty message for one that it need not read.
            if not isinstance(data, str) or not data:
                self._cut(eio_sid, "malformed")
                return
            try:
                hear(eio_sid, data)
            except Malformed:
                self._cut(eio_sid, "malformed")
            except Unpleasant:
                self._cut(eio_sid, "unpleasant")

        return message

    # -- what clients do ------------------------------------------------------------------------

    def _admit(self, environ: dict[str, Any]) -> dict[str, Any] | Refusal:
        told = admission.admit(environ, self.tickets.redeem)
        if told is admission.NO_TICKET:
            self.metrics.cut("ticket_refused")
        return told

    def _connect(self, sid: str, kept: dict[str, Any], _auth: object = None) -> None:
        visitor = admission.visitor_of(kept)
        if visitor is None:
            raise Refused("ticket_refused")
        self._connections[sid] = Connection(sid=sid, visitor=visitor)
        if visitor.session:
            self.join(sid, orders.session_room(visitor.session))
        if visitor.member:
            self.join(sid, orders.member_room(visitor.member))
        hello = self._hello.packet(len(self._connections))
        self.engine.send_packet(self._queue.eio_sid_from_sid(sid, "/"), hello)

    def _disconnect(self, sid: str, _reason: str = "") -> None:
        connection = self._connections.pop(sid, None)
        for board in connection.boards if connection else ():
            self._around.leave(sid, board)

    def _at_once(self, socket: Socket, message: str) -> bool:
        event = plain.read(message)
        sid = self._queue.sid_from_eio_sid(socket.sid, "/") if event else None
        connection = self._connections.get(sid or "")
        if event is None or connection is None:
            return False
        try:
            told = self._answer(connection, event.name, event.arguments)
        except Unpleasant:
            self.engine.cut(socket, "unpleasant")
        else:
            socket.say(event.acknowledgement(told))
        return True

    def _event(self, name: str, sid: str, *arguments: Any) -> Answer | None:
        connection = self._connections.get(sid)
        return self._answer(connection, name, arguments) if connection else None

    def _answer(self, connection: Connection, name: str, arguments: tuple[Any, ...]) -> Answer:
        with self.app.app_context():
            return self.events.answer(connection, name, arguments)

    # -- housekeeping ---------------------------------------------------------------------------

    def _start(self) -> None:
        for task in (self._listen, self._relay.run, self._beat, self._around.run):
            self.socketio.start_background_task(task)

    def _listen(self) -> None:
        for message in listen(self.redis, boards.CHANNEL):
            told = orders.read(message)
            if "board" in told:
                self._relay.ring(str(told["board"]))
            elif "cut" in told:
                self._cut_room(str(told["cut"]))

    def _beat(self) -> None:
        asked_at_s = time.monotonic()
        while True:
            self.socketio.sleep(BEAT_S)
            now_s = time.monotonic()
            try:
                self._relay.beat()
                self._idlers.look(self._queue.guests(), now_s)
                if now_s - asked_at_s >= SESSIONS_EVERY_S:
                    asked_at_s = now_s
                    self._cut_ended_sessions()
            except Exception:  # noqa: BLE001 - the next beat comes whatever happened to this one
                _log.exception("live_beat_failed")

    def _pause(self, seconds: float) -> None:
        self.socketio.sleep(seconds)

    def _cut_ended_sessions(self) -> None:
        sessions = {one.visitor.session for one in self._connections.values()} - {""}
        if not sessions:
            return
        with self.app.app_context():
            alive = self.recognition.alive(sessions)
        for session in sessions - alive:
            self._cut_room(orders.session_room(session))

    def _cut_room(self, room: str) -> None:
        for sid, eio_sid in list(self._queue.get_participants("/", room)):
            self.emit_here(sid, "live.ended", {"code": "session_ended"})
            self.socketio.server.disconnect(sid, namespace="/", ignore_queue=True)
            socket = self.engine.socket(eio_sid)
            if socket is not None:
                self.metrics.cut("session_ended")
                socket.close(wait=False)

    def _cut(self, eio_sid: str, reason: str) -> None:
        socket = self.engine.socket(eio_sid)
        if socket is not None:
            self.engine.cut(socket, reason)

    def _leave(self, sid: str, room: str) -> None:
        self.socketio.server.leave_room(sid, room, namespace="/")

    # -- what rooms register --------------------------------------------------------------------

    def register_board(self, kind: BoardKind) -> None:
        """Let clients watch boards of ``kind``."""
        self.kinds.register(kind)

    def register_event(self, event: Event) -> None:
        """Let clients send ``event``; it needs its line in `psot.policies.SOCKET_EVENTS`."""
        self.events.register(event)
