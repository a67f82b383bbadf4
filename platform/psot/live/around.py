"""Each racer's own window on a board, whatever part of the board is open: sent when it changes.

The room that owns the board computes the windows; here they are asked for once a second for the
watchers of this process, and compared with what each was sent last. A crowd is asked for in parts
with a pause after each, the longer the part took and the busier the process is besides: nobody's
answer waits for somebody else's window.
"""

import threading
import time
from collections.abc import Callable, Mapping
from uuid import UUID

import structlog
from redis import Redis
from redis.exceptions import RedisError

from psot import compact
from psot.live.kinds import BoardKinds, Window
from psot.live.packets import Encoded

_log = structlog.get_logger()

Send = Callable[[str, str, Encoded], None]

EVERY_S = 1.0
PART = 20
"""Members whose windows are asked for at once: some milliseconds, in which nobody is answered."""
LEAST_SHARE, MOST_SHARE = 0.06, 0.25
"""How much of its time a process spends on a crowd's windows: half of what everything else leaves,
within these bounds."""


class Around:
    """Who of this process watches the own window on which board."""

    def __init__(
        self,
        redis: Redis,
        kinds: BoardKinds,
        send: Send,
        *,
        pause: Callable[[float], None] = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
        worked: Callable[[], float] = time.process_time,
    ) -> None:
        self._redis = redis
        self._pause = pause
        self._monotonic = monotonic
        self._worked = worked
        self._share = MOST_SHARE
        self._kinds = kinds
        self._send = send
        self._lock = threading.RLock()
        self._watchers: dict[str, dict[str, UUID]] = {}
        self._sent: dict[tuple[str, str], int] = {}

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

    def run(self) -> None:
        """Tell windows once a second for ever, in a task of its own: a crowd takes longer."""
        while True:
            self._pause(EVERY_S)
            try:
                self.beat()
            except Exception:  # noqa: BLE001 - the next beat comes whatever happened to this one
                _log.exception("live_windows_failed")

    def beat(self) -> None:
        """Ask for the windows of every watched board and send those that changed."""
        for board in list(self._watchers):
            try:
                self._look(board)
            except (RedisError, OSError) as error:
                _log.warning("live_windows_not_read", board=board, error=str(error))

    def _look(self, board: str) -> None:
        kind = self._kinds.of(board)
        windows = kind.windows
        watchers = dict(self._watchers.get(board, {}))
        if windows is None or not watchers:
            return
        sockets: dict[UUID, list[str]] = {}
        for sid, member in watchers.items():
            sockets.setdefault(member, []).append(sid)
        members = kind.neighbours(board, list(sockets))
        for first in range(0, len(members), PART):
            began_s = self._monotonic()
            part = members[first : first + PART]
            self._tell(board, sockets, windows(self._redis, board, part))
            if len(members) > PART:
                self._rest(self._monotonic() - began_s)

    def _rest(self, took_s: float) -> None:
        """Pause after a part, and see what everything else took of the time meanwhile."""
        began_s, worked_s = self._monotonic(), self._worked()
        self._pause(took_s * (1 / self._share - 1))
        passed_s, others_s = self._monotonic() - began_s, self._worked() - worked_s
        if passed_s > 0:
            left = 1 - others_s / passed_s
            self._share = min(MOST_SHARE, max(LEAST_SHARE, left / 2))

    def _tell(
        self, board: str, sockets: dict[UUID, list[str]], seen: Mapping[UUID, Window]
    ) -> None:
        named = f',"board":{compact.dumps(board)}}}'
        with self._lock:
            still_here = self._watchers.get(board, {})
            for member, window in seen.items():
                text = window.text if isinstance(window, Encoded) else compact.dumps(window)
                mark = hash(text)  # a crowd's texts would fill many megabytes
                for sid in sockets[member]:
                    if sid in still_here and self._sent.get((board, sid)) != mark:
                        self._sent[board, sid] = mark
                        self._send(sid, "around.me", Encoded.of(text[:-1] + named))
