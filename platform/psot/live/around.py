"""Each racer's own window on a board, whatever part of the board is open: sent when it changes.

The room that owns the board computes the windows; here they are asked for once a second for all
watchers of this process at once, and compared with what each was sent last.
"""

import json
import threading
from collections.abc import Callable
from typing import Any
from uuid import UUID

import structlog
from redis import Redis
from redis.exceptions import RedisError

from psot.live.kinds import BoardKinds

_log = structlog.get_logger()

Send = Callable[[str, str, dict[str, Any]], None]


class Around:
    """Who of this process watches the own window on which board."""

    def __init__(self, redis: Redis, kinds: BoardKinds, send: Send) -> None:
        self._redis = redis
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
        """Ask for the windows of every watched board and send those that changed."""
        for board in list(self._watchers):
            try:
                self._look(board)
            except (RedisError, OSError) as error:
                _log.warning("live_windows_not_read", board=board, error=str(error))

    def _look(self, board: str) -> None:
        windows = self._kinds.of(board).windows
        watchers = dict(self._watchers.get(board, {}))
        if windows is None or not watchers:
            return
        seen = windows(self._redis, board, sorted(set(watchers.values())))
        texts = {member: json.dumps(payload) for member, payload in seen.items()}
        with self._lock:
            still_here = self._watchers.get(board, {})
            for sid, member in watchers.items():
                text = texts.get(member)
                if text is None or sid not in still_here or self._sent.get((board, sid)) == text:
                    continue
                self._sent[board, sid] = text
                self._send(sid, "around.me", {**seen[member], "board": board})
