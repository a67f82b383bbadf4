"""The other guests of a crowd: spectators of the public board, and those who ask a bare peer."""

import json
import time
from uuid import UUID

from bench.crowd_heard import Heard, points_of
from bench.crowd_racers import AROUND, CALLS, Rhythm
from bench.crowd_sockets import Line, Sockets

FIELD = ".field"
"""What the name of a race's board is followed by where it is the picture of the course."""
_FIELD, _HEAD_BYTES = f'{FIELD}"'.encode(), 120


class Picture:
    """The boards as their last messages told them: everybody is sent the same bytes."""

    def __init__(self, heard: Heard) -> None:
        self._heard = heard
        # Of each board, the last message and where to note that it has come.
        self._known: dict[bool, tuple[bytes, list[dict[int, float]]]] = {}

    def fresh(self, payload: bytes) -> list[dict[int, float]]:
        """Return where to note that a message has come."""
        course = _FIELD in payload[:_HEAD_BYTES]
        known, fresh = self._known.get(course, (b"", []))
        if payload != known:
            _, told = json.loads(payload[2:])
            rows = told.get("rows") or told.get("set") or {}
            if not course:
                fresh = self._heard.boards.fresh(points_of(rows.values()))
            elif "sections" in rows:
                fresh = [self._heard.course.message(rows["sections"])]
            else:
                fresh = []
            self._known[course] = payload, fresh
        return fresh


class Spectator:
    """One who looks at the public board, and at the picture of the course beside it."""

    __slots__ = ("_board", "_number", "_picture", "member")

    def __init__(self, number: int, board: str, picture: Picture) -> None:
        self.member: UUID | None = None
        self._number, self._board, self._picture = number, board, picture

    def welcome(self, line: Line) -> None:
        """Ask for both boards."""
        for board in (self._board, self._board + FIELD):
            line.say(f'42{AROUND}["board.watch",{{"board":"{board}","have":null}}]')

    def told(self, payload: bytes, now_s: float) -> None:
        """Note what has come."""
        if payload.startswith((b'42["board.delta"', b'42["board.snapshot"')):
            for moments in self._picture.fresh(payload):
                moments.setdefault(self._number, now_s)

    def acknowledged(self, number: int, body: bytes, now_s: float) -> None:
        """Be told that the board is watched."""

    def due(self, now_s: float) -> None:
        """Have nothing to do."""

    def cut(self) -> None:
        """Look no more."""


class Caller:
    """One who asks a bare server for an echo, in the rhythm of a racer."""

    __slots__ = (
        "_begun_s",
        "_heard",
        "_line",
        "_nth",
        "_rhythm",
        "_sent_s",
        "_sockets",
        "bib",
        "member",
    )

    def __init__(self, bib: int, sockets: Sockets, heard: Heard) -> None:
        self.bib = bib
        self.member: UUID | None = None
        self._sockets, self._heard = sockets, heard
        self._line: Line | None = None
        self._rhythm = Rhythm(first_s=0.0, every_s=0.0, count=0)
        self._nth, self._begun_s, self._sent_s = 0, 0.0, 0.0

    @property
    def waits(self) -> bool:
        """Whether the next answer is still to come."""
        return not self.done

    @property
    def done(self) -> bool:
        """Whether nothing is to come any more."""
        return self._nth >= self._rhythm.count

    def race(self, rhythm: Rhythm, begun_s: float) -> None:
        """Ask in ``rhythm``."""
        self._rhythm, self._begun_s = rhythm, begun_s
        if rhythm.count:
            self._sockets.at(begun_s + rhythm.first_s, self)

    def welcome(self, line: Line) -> None:
        """Keep the connection."""
        self._line = line

    def cut(self) -> None:
        """Be without one."""
        self._line = None

    def told(self, payload: bytes, now_s: float) -> None:
        """Hear nothing."""

    def due(self, now_s: float) -> None:  # noqa: ARG002 - the moment it really leaves is taken
        """Ask, with a message as long as an answer."""
        if self._line is not None:
            self._sent_s = time.monotonic()
            said = {"race": "-" * 36, "seat": "-" * 32, "option": "-" * 16}
            self._line.say(f"42{CALLS}" + json.dumps(["echo", said]))

    def acknowledged(self, number: int, body: bytes, now_s: float) -> None:  # noqa: ARG002 - any is the answer
        """Ask again at the next moment."""
        self._heard.answered(self.bib, self._sent_s, now_s, repeated=False)
        self._nth += 1
        if not self.done:
            next_s = self._begun_s + self._rhythm.first_s + self._nth * self._rhythm.every_s
            self._sockets.at(max(now_s, next_s), self)
