"""Socket.IO's message queue on Redis: what one process emits, every process brings to its sockets.

Three things differ from the stock manager. It survives a Redis that goes away (the stock one waits
up to a minute and trips over redis-py's default time-out); it knows the rooms of each socket, so
that a disconnect costs its own rooms instead of all rooms; and its rooms are plain: the stock ones
know the way back from Engine.IO's id in every room, which is asked for in one, and who is about to
come in is looked for in a list.
"""

import json
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from typing import Any

import structlog
from redis import Redis
from redis.exceptions import RedisError
from socketio import PubSubManager

from psot.live.channel import listen

CHANNEL = "psot:live:queue"
"""Named here for every process: the defaults of Flask-SocketIO and python-socketio differ."""

_log = structlog.get_logger()


class Room(dict[str, str]):
    """Who is in a room: Engine.IO's id of each socket."""

    @property
    def _fwdm(self) -> "Room":
        return self


class Everybody(Room):
    """All sockets, with the way back from Engine.IO's id."""

    def __init__(self) -> None:
        super().__init__()
        self._invm: dict[str, str] = {}

    def __setitem__(self, sid: str, eio_sid: str) -> None:
        """Let a socket in."""
        super().__setitem__(sid, eio_sid)
        self._invm[eio_sid] = sid

    def __delitem__(self, sid: str) -> None:
        """Let a socket go."""
        eio_sid = self[sid]
        super().__delitem__(sid)
        del self._invm[eio_sid]


class Pending(dict[str, None]):
    """Who is about to come or to go, found at once however many they are."""

    def append(self, sid: str) -> None:
        """Put a socket on the list."""
        self[sid] = None

    def remove(self, sid: str) -> None:
        """Take a socket off the list."""
        del self[sid]


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

    def guests(self) -> AbstractSet[str]:
        """Return Engine.IO's ids of all sockets that have come in."""
        everybody: Everybody = self.rooms.get("/", {}).get(None) or Everybody()
        return everybody._invm.keys()  # noqa: SLF001 - a room of ours

    def inside(self, room: str) -> list[str]:
        """Return Engine.IO's ids of all sockets of this process in ``room``."""
        return list(self.rooms.get("/", {}).get(room, Room()).values())

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

    def pre_connect(self, eio_sid: str, namespace: str) -> str | None:
        """Begin to let a client in; None for one that is in already."""
        if self.sid_from_eio_sid(eio_sid, namespace) is not None:
            return None
        self.pending_connect.setdefault(namespace, Pending())
        sid: str = super().pre_connect(eio_sid, namespace)
        return sid

    def pre_disconnect(self, sid: str, namespace: str) -> str | None:
        """Begin to let a client go; gives Engine.IO's id of it."""
        self.pending_disconnect.setdefault(namespace, Pending())
        eio_sid: str | None = super().pre_disconnect(sid, namespace)
        return eio_sid

    def basic_enter_room(
        self, sid: str, namespace: str, room: str | None, eio_sid: str | None = None
    ) -> None:
        """Enter ``room`` and remember it for the way out."""
        if eio_sid is not None or namespace in self.rooms:
            rooms = self.rooms.setdefault(namespace, {})
            if room not in rooms:
                rooms[room] = Everybody() if room is None else Room()
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
