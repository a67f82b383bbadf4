"""Thousands of sockets of a crowd in one process: who they are is told by their guests.

Made to cost little, since the crowd shares its machine with what it measures: one epoll, frames
read by hand, nothing read of a message but its first two letters unless its guest wants it.
"""

import heapq
import itertools
import select
import socket
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from random import Random
from typing import Protocol
from uuid import UUID

from redis import Redis

from bench import fanout_wire as wire
from psot.live import tickets
from psot.live.visitor import Visitor

BEATS = 256
"""Sockets served before the clock is looked at again: nobody's moment waits for all others."""
MOST_BYTES = 262_144
TICKETS_AT_ONCE = 64
BACK_S = (0.2, 2.0)
"""Who was cut off comes back after a random pause of so many seconds, as the product asks."""
_OPENED, _CONNECTED, _EVENT, _ACKNOWLEDGED, _PING = b"0{", b"40", b"42", b"43", b"2"
_TICKET = wire.TICKET.encode()
_ENDINGS = (b"41", b"44", b"1")


class Guest(Protocol):
    """Somebody with a socket, for as many connections as it takes."""

    member: UUID | None
    """Who shows the ticket; None: anybody."""

    def welcome(self, line: "Line") -> None:
        """Take the connection: it is open, and what is asked on it is answered."""

    def told(self, payload: bytes, now_s: float) -> None:
        """Hear an event that the server sent by itself."""

    def acknowledged(self, number: int, body: bytes, now_s: float) -> None:
        """Hear the acknowledgement of the own call ``number``, a JSON array."""

    def due(self, now_s: float) -> None:
        """Do what was to be done at this moment."""

    def cut(self) -> None:
        """Be without a connection from now on."""


class Line:
    """One connection of a guest."""

    __slots__ = ("greeted", "guest", "inside", "port", "recv", "rest", "sock")

    def __init__(self, sock: socket.socket, guest: Guest, port: int) -> None:
        self.sock, self.guest, self.port = sock, guest, port
        self.recv: Callable[[int], bytes] = sock.recv
        self.rest = b""
        self.greeted = self.inside = False

    def say(self, text: str) -> None:
        """Send a text; a connection that takes none ends by itself."""
        try:
            self.sock.send(wire.said(text))
        except OSError:
            # Closed here, the poll would never tell of it: the next reading does.
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)


class Sockets:
    """The connections of a crowd, and the clock of its guests."""

    def __init__(self, ports: Sequence[int], origin: str, redis: Redis | None) -> None:
        self.frames = self.bytes = 0
        # Connections that ended against their guest's will, by how.
        self.lost: Counter[str] = Counter()
        self._redis = redis
        self._ports = itertools.cycle(ports)
        headers = (("Origin", origin),)
        path = wire.SOCKET_IO if redis is None else wire.WITH_TICKET
        dialogue = wire.Dialogue(path=path, headers=headers)
        self._requests = {port: dialogue.request(f"127.0.0.1:{port}") for port in ports}
        self._lines: dict[int, Line] = {}
        self._arriving: set[int] = set()
        self._shown: dict[Guest, str] = {}
        self._poll = select.epoll()
        self._due: list[tuple[float, int, Guest]] = []
        self._order = itertools.count()
        self._back: list[tuple[float, int, Guest]] = []
        self._random = Random(1)  # noqa: S311 - the pauses of a bench

    @property
    def held(self) -> int:
        """How many are in."""
        return len(self._lines) - len(self._arriving)

    def inside(self) -> set[int]:
        """Return the identities of the guests that have a connection or come back."""
        return {id(one.guest) for one in self._lines.values()} | {id(one) for *_, one in self._back}

    def at(self, moment_s: float, guest: Guest) -> None:
        """Let ``guest`` be due at a moment of the monotonic clock."""
        heapq.heappush(self._due, (moment_s, next(self._order), guest))

    def enter(
        self, guests: Iterable[Guest], *, at_once: int, stalled_s: float, every_s: float = 0.0
    ) -> None:
        """Let ``guests`` in, at most so many under way; one begins each ``every_s``.

        Returns when all are in who did not fall off meanwhile, or nobody came in for ``stalled_s``.
        """
        waiting = deque(guests)
        began_s = moved_s = time.monotonic()
        begun, before = 0, self.held
        while waiting or self._arriving or self._back:
            now_s = time.monotonic()
            while waiting and len(self._arriving) < at_once and begun * every_s <= now_s - began_s:
                self._knock(waiting.popleft(), waiting)
                begun += 1
            self.turn(0.02)
            if self.held != before:
                before, moved_s = self.held, time.monotonic()
            elif time.monotonic() - moved_s > max(stalled_s, 2 * every_s):
                for fd in list(self._arriving):
                    self._lose(fd, "not let in")
                break

    def drop(self, guests: Iterable[Guest]) -> None:
        """Let ``guests`` fall off without a word."""
        gone = set(map(id, guests))
        for fd in [fd for fd, one in self._lines.items() if id(one.guest) in gone]:
            self._forget(fd)

    def turn(self, most_s: float) -> None:
        """Do what is due and serve whoever has something to say; waits so long at most."""
        due = self._due
        now_s = time.monotonic()
        while due and due[0][0] <= now_s:
            heapq.heappop(due)[2].due(now_s)
        while self._back and self._back[0][0] <= now_s:
            self._knock(heapq.heappop(self._back)[2], ())
        if due:
            most_s = min(most_s, max(0.0, due[0][0] - time.monotonic()))
        lines = self._lines
        for fd, events in self._poll.poll(most_s, BEATS):
            line = lines.get(fd)
            if line is None:
                continue
            if events & select.EPOLLOUT:
                self._ask(fd, line)
            else:
                self._hear(fd, line)

    def close(self) -> None:
        """Let everybody go."""
        for fd in list(self._lines):
            self._forget(fd)
        self._poll.close()

    # -- getting in -----------------------------------------------------------------------------

    def _knock(self, guest: Guest, behind: Iterable[Guest]) -> None:
        if self._redis is not None and guest not in self._shown:
            self._issue([guest, *itertools.islice(behind, TICKETS_AT_ONCE - 1)], self._redis)
        port = next(self._ports)
        sock = socket.socket()
        sock.setblocking(False)  # noqa: FBT003 - the standard library's own signature
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.connect_ex(("127.0.0.1", port))
        fd = sock.fileno()
        self._lines[fd] = Line(sock, guest, port)
        self._arriving.add(fd)
        self._poll.register(fd, select.EPOLLIN | select.EPOLLOUT)

    def _issue(self, guests: Sequence[Guest], redis: Redis) -> None:
        with redis.pipeline(transaction=False) as pipe:
            for one in guests:
                self._shown[one] = tickets.issue(pipe, Visitor(member=one.member))
            pipe.execute()

    def _ask(self, fd: int, line: Line) -> None:
        self._poll.modify(fd, select.EPOLLIN)
        try:
            shown = self._shown.pop(line.guest, "").encode()
            line.sock.send(self._requests[line.port].replace(_TICKET, shown))
        except OSError as error:
            self._lose(fd, f"no connection: {error}")

    def _upgraded(self, fd: int, line: Line) -> bool:
        head, end, rest = line.rest.partition(b"\r\n\r\n")
        if not end:
            return False
        if b" 101 " not in head[:16]:
            self._lose(fd, head[:40].decode("latin-1"))
            return False
        line.greeted, line.rest = True, rest
        return True

    # -- hearing --------------------------------------------------------------------------------

    def _hear(self, fd: int, line: Line) -> None:
        try:
            data = line.recv(MOST_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._lose(fd, "ended" if line.inside else "ended at the door")
            return
        self.bytes += len(data)
        line.rest = line.rest + data if line.rest else data
        if line.greeted or self._upgraded(fd, line):
            self._read(fd, line, time.monotonic())

    def _read(self, fd: int, line: Line, now_s: float) -> None:
        data, start = line.rest, 0
        while (frame := wire.frame_at(data, start)) is not None:
            opcode, begin, start = frame
            self.frames += 1
            if opcode == wire.TEXT:
                self._take(fd, line, data[begin:start], now_s)
            elif opcode == wire.PING:
                line.sock.send(wire.pong(data[begin:start]))
            elif opcode == wire.CLOSE:
                self._lose(fd, "closed by the server")
            if fd not in self._lines:
                return
        line.rest = data[start:]

    def _take(self, fd: int, line: Line, payload: bytes, now_s: float) -> None:
        kind = payload[:2]
        if kind == _ACKNOWLEDGED:
            bracket = payload.index(b"[")
            line.guest.acknowledged(int(payload[2:bracket]), payload[bracket:], now_s)
        elif kind == _EVENT:
            line.guest.told(payload, now_s)
        elif kind == _PING:
            line.say("3")
        elif kind == _OPENED:
            line.say("40")
        elif kind == _CONNECTED:
            line.inside = True
            self._arriving.discard(fd)
            line.guest.welcome(line)
        elif payload.startswith(_ENDINGS):
            self._lose(fd, payload[:60].decode("utf-8", "replace"))

    # -- going ----------------------------------------------------------------------------------

    def _lose(self, fd: int, how: str) -> None:
        """Let a connection go that ended by itself; its guest comes back."""
        self.lost[how] += 1
        guest = self._lines[fd].guest
        self._forget(fd)
        pause_s = self._random.uniform(*BACK_S)
        heapq.heappush(self._back, (time.monotonic() + pause_s, next(self._order), guest))

    def _forget(self, fd: int) -> None:
        line = self._lines.pop(fd)
        self._arriving.discard(fd)
        line.sock.close()
        line.guest.cut()
