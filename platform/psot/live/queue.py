"""Socket.IO's message queue on Redis: what one process emits, every process brings to its sockets.

Two things differ from the stock manager. It survives a Redis that goes away (the stock one waits up
to a minute and trips over redis-py's default time-out), and it knows the rooms of each socket, so
that a disconnect costs its own rooms instead of all rooms.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

import structlog
from redis import Redis
from redis.exceptions import RedisError
from socketio import PubSubManager

from psot.live.channel import listen

CHANNEL = "psot:live:queue"
"""Named here for every process: the defaults of Flask-SocketIO and python-socketio differ."""

_log = structlog.get_logger()


class RedisQueue(PubSubManager):  # type: ignore[misc]  # python-socketio has no types
    """The manager of one process; ``write_only`` where it has no sockets, as in a worker.

    ``at_first`` is called before the first connection is served.
    """

    name = "psot"

    def __init__(
        self,
        redis: Redis,
        *,
        write_only: bool = False,
        at_first: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(channel=CHANNEL, write_only=write_only, json=json)
        self._redis = redis
        self._at_first = at_first
        self._rooms_of: dict[tuple[str, str], set[str | None]] = {}

    def initialize(self) -> None:
        """Begin to listen, before the first connection is served."""
        super().initialize()
        self._at_first()

    def _publish(self, data: dict[str, Any]) -> None:
        try:
            self._redis.publish(self.channel, json.dumps(data))
        except RedisError as error:
            _log.warning("live_message_stayed_here", name=data.get("event"), error=str(error))

    def _listen(self) -> Iterator[bytes]:
        return (message for message in listen(self._redis, self.channel) if message)

    def basic_enter_room(
        self, sid: str, namespace: str, room: str | None, eio_sid: str | None = None
    ) -> None:
        """Enter ``room`` and remember it for the way out."""
        super().basic_enter_room(sid, namespace, room, eio_sid=eio_sid)
        self._rooms_of.setdefault((namespace, sid), set()).add(room)

    def basic_leave_room(self, sid: str, namespace: str, room: str | None) -> None:
        """Leave ``room``."""
        super().basic_leave_room(sid, namespace, room)
        self._rooms_of.get((namespace, sid), set()).discard(room)

    def get_rooms(self, sid: str, namespace: str) -> list[str]:
        """Return the rooms of ``sid``."""
        return [room for room in self._rooms_of.get((namespace, sid), ()) if room is not None]

    def basic_disconnect(self, sid: str, namespace: str, **_: object) -> None:
        """Forget ``sid``, at the cost of its own rooms."""
        for room in self._rooms_of.pop((namespace, sid), ()):
            super().basic_leave_room(sid, namespace, room)
        self.callbacks.pop(sid, None)
        for waiting in (self.pending_connect, self.pending_disconnect):
            if sid in waiting.get(namespace, ()):
                waiting[namespace].remove(sid)
                if not waiting[namespace]:
                    del waiting[namespace]


class Emitter:
    """Speaks to sockets from a process that has none."""

    def __init__(self, redis: Redis) -> None:
        self._queue = RedisQueue(redis, write_only=True)

    def broadcast(self, room: str, event: str, payload: dict[str, Any]) -> None:
        """Send ``event`` to everybody in ``room``, in all web processes."""
        self._queue.emit(event, payload, room=room)
