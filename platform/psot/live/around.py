"""Each racer's own window on a board, whatever part of the board is open: sent when it changes.

The room that owns the board computes the windows; here they are asked for once a second for the
watchers of this process, and compared with what each was sent last. A crowd is asked for in parts,
and less often the longer that takes: nobody's answer waits for somebody else's window.
"""

import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import structlog
from redis import Redis
from redis.exceptions import RedisError

from psot.live.kinds import BoardKinds

_log = structlog.get_logger()

Send = Callable[[str, str, dict[str, Any]], None]

PART = 100
"""Members whose windows are asked for at once; between two parts others have their turn."""
SHARE = 0.25
"""How much of its time a process spends on windows at most: a long look is followed by a rest."""


class Around:
    """Who of this process watches the own window on which board."""

    def __init__(
        self,
        redis: Redis,
        kinds: BoardKinds,
        send: Send,
        *,
        give_way: Callable[[], None] = lambda: None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._redis = redis
        self._give_way = give_way
        self._monotonic = monotonic
        self._resting_until: dict[str, float] = {}
        self._kinds = kinds
        self._send = send
        self._lock = threading.RLock()
        self._watchers: dict[str, dict[str, UUID]] = {}
        self._sent: dict[tuple[str, str], str] = {}

    def watch(self, sid: str, member: UUID, board: str) -> None:
        """Let ``sid`` see the window of ``member``, from the next beat on."""
        with self._lock:
            self._watchers.setdefault(board, {})[sid] = member
            self._sent.pop((board, sid), None)

    def leave(self, sid: str, board: str) -> None:
        """Stop it; nothing happens where it was not on."""
        with self._lock:
            watchers = self._watchers.get(board, {})
            if watchers.pop(sid, None) and not watchers:
                del self._watchers[board]
            self._sent.pop((board, sid), None)

    def beat(self) -> None:
        """Ask for the windows of every watched board that is due and send those that changed."""
        for board in list(self._watchers):
            began_s = self._monotonic()
            if began_s < self._resting_until.get(board, 0.0):
                continue
            try:
                busy_s = self._look(board)
            except (RedisError, OSError) as error:
                _log.warning("live_windows_not_read", board=board, error=str(error))
                continue
            if busy_s > SHARE:  # else the next beat, a second later, comes late enough
                self._resting_until[board] = began_s + busy_s / SHARE
        for board in self._resting_until.keys() - self._watchers.keys():
            del self._resting_until[board]

    def _look(self, board: str) -> float:
        """Send a board's windows; returns for how many seconds nobody else had a turn."""
        windows = self._kinds.of(board).windows
        watchers = dict(self._watchers.get(board, {}))
        if windows is None or not watchers:
            return 0.0
        sockets: dict[UUID, list[str]] = {}
        for sid, member in watchers.items():
            sockets.setdefault(member, []).append(sid)
        busy_s = 0.0
        for members in _parts(sorted(sockets)):
            began_s = self._monotonic()
            self._tell(board, sockets, windows(self._redis, board, members))
            busy_s += self._monotonic() - began_s
            self._give_way()
        return busy_s

    def _tell(
        self, board: str, sockets: dict[UUID, list[str]], seen: dict[UUID, dict[str, Any]]
    ) -> None:
        with self._lock:
            still_here = self._watchers.get(board, {})
            for member, payload in seen.items():
                text = json.dumps(payload)
                for sid in sockets[member]:
                    if sid in still_here and self._sent.get((board, sid)) != text:
                        self._sent[board, sid] = text
                        self._send(sid, "around.me", {**payload, "board": board})


def _parts(members: list[UUID]) -> Iterator[list[UUID]]:
    for first in range(0, len(members), PART):
        yield members[first : first + PART]
