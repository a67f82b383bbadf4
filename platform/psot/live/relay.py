"""The relay of one web process: keeps copies of watched boards and tells watchers what changed.

A bell only says that a board changed. What changed is read from Redis, at most four times a second
per board, merged into one delta and sent to the board's room; once a second everything watched is
compared besides, so that a lost bell costs a second and nothing else. A watcher gets the copy that
the relay has, under the same lock that sends deltas: the next delta always fits.
"""

import threading
import time
from collections.abc import Callable
from typing import Any, Protocol

import structlog
from redis import Redis
from redis.exceptions import RedisError

from psot.live import boards
from psot.live.boards import Stored
from psot.live.metrics import Metrics
from psot.live.orders import board_room
from psot.live.packets import Encoded
from psot.live.versions import bridge

EVERY_S = 0.25
"""Time between two messages of one board; at most so often over any while."""
EARLY_S = 0.1
"""A message may be so much too soon after one that was late: who publishes four times a second does
so a little sooner or later, and no message is to wait for the latest of all before it."""

DELAYED_AFTER_S = 3.0
"""Redis silent for so long: watchers are told that standings are delayed."""

PATIENCE_S = 3.0
"""A watcher waits so long for another's read before it is told to come back."""

Have = tuple[str, int] | None
"""Epoch and version that a client already has."""

_log = structlog.get_logger()


class Speaker(Protocol):
    """How the relay speaks to sockets of its own process."""

    def emit_here(self, to: str, event: str, payload: dict[str, Any] | Encoded) -> None:
        """Send ``event`` to the room or socket ``to``."""

    def join(self, sid: str, room: str) -> None:
        """Put a socket into a room."""

    def is_empty(self, room: str) -> bool:
        """Tell whether nobody of this process is in ``room``."""


class Relay:
    """Copies of the boards that are watched here; every method may run in any greenlet."""

    def __init__(
        self,
        redis: Redis,
        speaker: Speaker,
        metrics: Metrics,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._redis = redis
        self._speaker = speaker
        self._metrics = metrics
        self._monotonic = monotonic
        self._lock = threading.RLock()
        self._reading = threading.RLock()
        self._wake = threading.Event()
        self._copies: dict[str, Stored | None] = {}
        self._encoded: dict[str, Encoded] = {}
        self._behind: set[str] = set()
        self._due_s: dict[str, float] = {}
        self._answered_at_s = monotonic()
        self._delayed = False

    def watch(self, sid: str, name: str, have: Have) -> str:
        """Let ``sid`` watch a board and send what it lacks; returns what that was.

        "current": nothing; "delta" or "snapshot"; "waiting": nobody has published it yet. Raises
        RedisError where it cannot be read.
        """
        if name not in self._copies:
            self._read(name)
        with self._lock:
            self._speaker.join(sid, board_room(name))
            self._copies.setdefault(name, None)
            if self._delayed:
                self._speaker.emit_here(sid, "live.delayed", {"delayed": True})
            return self._bring_up(sid, name, have)

    def ring(self, name: str) -> None:
        """Hear that a board changed."""
        if name in self._copies:
            self._behind.add(name)
            self._wake.set()

    def beat(self) -> None:
        """Compare everything that is watched with Redis; forget what nobody watches any more."""
        with self._lock:
            for name in [one for one in self._copies if self._is_unwatched(one)]:
                self._forget(name)
            have = {
                name: (copy.board.epoch, copy.board.version) if copy else None
                for name, copy in self._copies.items()
            }
        try:
            newest = boards.tips(self._redis, have)
        except (RedisError, OSError) as error:
            self._silence(error)
            return
        self._hear()
        for name, tip in newest.items():
            if have[name] != tip:
                self.ring(name)

    def run(self) -> None:
        """Send what changed, for ever."""
        while True:
            wait_s = self.step()
            self._wake.wait(wait_s)
            self._wake.clear()

    def step(self) -> float:
        """Send every change that is due; returns the seconds until the next may be."""
        now_s = self._monotonic()
        wait_s = 1.0
        for name in list(self._behind):
            early_s = self._due_s.get(name, now_s) - EARLY_S - now_s
            if early_s > 0:
                wait_s = min(wait_s, early_s)
                continue
            self._behind.discard(name)
            try:
                self._catch_up(name, now_s)
            except (RedisError, OSError) as error:
                self._behind.add(name)
                self._silence(error)
        return wait_s

    def _read(self, name: str) -> None:
        """Read a board once for all who arrive meanwhile; nobody waits long for a silent Redis."""
        if not self._reading.acquire(timeout=PATIENCE_S):
            raise RedisError("others wait for Redis already")
        try:
            if name not in self._copies:
                loaded = boards.load(self._redis, name)
                with self._lock:
                    self._copies[name] = loaded
        finally:
            self._reading.release()

    def _catch_up(self, name: str, now_s: float) -> None:
        newest = boards.load(self._redis, name)
        with self._lock:
            if newest is None or name not in self._copies:
                return
            copy = self._copies[name]
            board = newest.board
            if copy is not None and copy.board.epoch == board.epoch:
                if board.version <= copy.board.version:
                    # Redis came back with less than it had: the publisher begins a new epoch.
                    return
                delta = bridge(newest.history, copy.board.version, board.version)
            else:
                delta = None
            self._copies[name] = newest
            self._encoded.pop(name, None)
            self._due_s[name] = max(now_s, self._due_s.get(name, now_s)) + EVERY_S
            if delta is not None:
                self._send(board_room(name), "board.delta", Encoded(delta.wire()))
            else:
                self._send(board_room(name), "board.snapshot", self._snapshot(name, newest))

    def _bring_up(self, sid: str, name: str, have: Have) -> str:
        copy = self._copies[name]
        if copy is None:
            return "waiting"
        board = copy.board
        if have == (board.epoch, board.version):
            return "current"
        if have is not None and have[0] == board.epoch:
            delta = bridge(copy.history, have[1], board.version)
            if delta is not None:
                self._send(sid, "board.delta", Encoded(delta.wire()))
                return "delta"
        self._send(sid, "board.snapshot", self._snapshot(name, copy))
        return "snapshot"

    def _snapshot(self, name: str, copy: Stored) -> Encoded:
        if name not in self._encoded:
            self._encoded[name] = Encoded(copy.board.wire())
        return self._encoded[name]

    def _send(self, to: str, event: str, payload: Encoded) -> None:
        self._metrics.sent(event.removeprefix("board."))
        self._speaker.emit_here(to, event, payload)

    def _is_unwatched(self, name: str) -> bool:
        return self._speaker.is_empty(board_room(name))

    def _forget(self, name: str) -> None:
        del self._copies[name]
        self._encoded.pop(name, None)
        self._due_s.pop(name, None)
        self._behind.discard(name)

    def _hear(self) -> None:
        self._answered_at_s = self._monotonic()
        self._tell_delayed(delayed=False)

    def _silence(self, error: Exception) -> None:
        _log.warning("live_boards_not_read", error=str(error))
        if self._monotonic() - self._answered_at_s >= DELAYED_AFTER_S:
            self._tell_delayed(delayed=True)

    def _tell_delayed(self, *, delayed: bool) -> None:
        with self._lock:
            if delayed == self._delayed:
                return
            self._delayed = delayed
            for name in self._copies:
                self._speaker.emit_here(board_room(name), "live.delayed", {"delayed": delayed})
