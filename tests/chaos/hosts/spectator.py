"""Somebody who watches a board as the page does, and writes down whatever it showed."""

import itertools
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from simple_websocket.errors import SimpleWebsocketError

from psot.live.versions import Board, apply, board_from, delta_from
from tests.visitors import Socket, Visitor

LOOK_EVERY_S = 0.05
AGAIN_S = 0.3
NO_ANSWER = (OSError, ValueError, AssertionError, SimpleWebsocketError)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What a page showed: the board's version, when the race changed and how many are in."""

    epoch: str
    version: int
    now_ms: int
    finished: int


class Spectator:
    """Watches ``board``; one who is restless (``stays_s``) comes anew again and again."""

    def __init__(self, visitor: Visitor, board: str, *, stays_s: float = float("inf")) -> None:
        self.shown: list[Shown] = []
        self.sockets = 0
        self.copy: Board | None = None
        self._visitor = visitor
        self._board = board
        self._stays_s = stays_s
        self._enough = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="spectator")

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._enough.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._enough.is_set():
            try:
                with self._visitor.socket() as socket:
                    self.sockets += 1
                    self._follow(socket)
            except NO_ANSWER:
                self._enough.wait(AGAIN_S)

    def _follow(self, socket: Socket) -> None:
        copy = self.copy
        socket.watch(self._board, {"epoch": copy.epoch, "version": copy.version} if copy else None)
        until_s = time.monotonic() + self._stays_s
        taken = 0
        while time.monotonic() < until_s and not self._enough.is_set():
            ended = socket.ended.is_set()
            for name, payload in socket.seen[taken:]:
                taken += 1
                if name.startswith("board."):
                    self._take(name, payload)
            if ended:
                return
            self._enough.wait(LOOK_EVERY_S)

    def _take(self, name: str, payload: dict[str, Any]) -> None:
        """Take a message as pages do: what is older than what is known of an epoch is passed."""
        copy = self.copy
        if name == "board.snapshot":
            newer = board_from(payload)
        else:
            assert copy is not None, "a delta before any snapshot"
            newer = apply(copy, delta_from(payload))
        if copy is None or newer.epoch != copy.epoch or newer.version > copy.version:
            self.copy = newer
            self.shown.append(_shown(newer))


def _shown(board: Board) -> Shown:
    race = board.rows["race"]
    return Shown(
        epoch=board.epoch,
        version=board.version,
        now_ms=race["now_ms"],
        finished=race["finished"],
    )


@contextmanager
def watching(board: str, visitors: Sequence[tuple[Visitor, float]]) -> Iterator[list[Spectator]]:
    """Spectators of a board for the length of the block: visitors, and how long each stays."""
    crowd = [Spectator(visitor, board, stays_s=stays_s) for visitor, stays_s in visitors]
    try:
        for one in crowd:
            one.start()
        yield crowd
    finally:
        for one in crowd:
            one.stop()


def went_back(shown: Sequence[Shown]) -> list[tuple[Shown, Shown]]:
    """Return the pairs of states that followed each other the wrong way round."""
    measures: tuple[Callable[[Shown], int], ...] = (
        lambda one: one.now_ms,
        lambda one: one.finished,
    )
    return [
        (before, after)
        for before, after in itertools.pairwise(shown)
        if before.epoch != after.epoch
        or before.version >= after.version
        or any(measure(before) > measure(after) for measure in measures)
    ]
