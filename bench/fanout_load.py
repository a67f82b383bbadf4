"""The crowd of `bench/fanout.py`: thousands of sockets in one process, on epoll and little else.

    python -m bench.fanout_load '{"host": ..., "port": ..., "dialogue": {...}, "redis": ...}'

It hears orders on its input and answers each with a line of JSON, while it goes on to answer pings:
`main` tells which. Everybody hears the same bytes, so a broadcast is read once and then known
again by comparing: a message costs the crowd less than it costs the leanest server.
"""

import itertools
import json
import select
import socket
import sys
import time
from array import array
from collections import deque
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from redis import Redis

from bench import fanout_wire as wire
from bench.orders import many_files, obey
from psot.live import tickets
from psot.live.visitor import Visitor

BEATS = 4096
MOST_BYTES = 65536
TICKETS_AT_ONCE = 256
NOBODY = -1
_TICKET = wire.TICKET.encode()


@dataclass(slots=True)
class Client:
    """One socket; ``step`` counts what is said, ``NOBODY`` until the upgrade was answered."""

    sock: socket.socket
    recv: Callable[[int], bytes]
    step: int = NOBODY
    rest: bytes = b""
    inside: bool = False


@dataclass(slots=True)
class Heard:
    """When a broadcast was emitted and came to each client, in nanoseconds."""

    at_ns: int
    size: int
    stamps: "array[int]" = field(default_factory=lambda: array("q"))

    def told(self, seq: int) -> dict[str, float]:
        """Return the figures of a broadcast."""
        late = sorted(self.stamps)
        delays = [(one - self.at_ns) / 1e6 for one in (late[int(0.95 * (len(late) - 1))], late[-1])]
        return {
            "seq": seq,
            "heard": len(late),
            "bytes": self.size,
            "p95_ms": delays[0],
            "last_ms": delays[1],
        }


class Crowd:
    """Clients of one server."""

    def __init__(
        self, address: tuple[str, int], dialogue: wire.Dialogue, redis: Redis | None
    ) -> None:
        self.lost = 0
        self._address = address
        self._dialogue = dialogue
        self._redis = redis
        self._request = dialogue.request(f"{address[0]}:{address[1]}")
        self._tickets: deque[str] = deque()
        self._clients: dict[int, Client] = {}
        self._on_way: set[int] = set()
        self._numbers = itertools.count(1)
        self._poll = select.epoll()
        self._heard: dict[int, Heard] = {}
        self._known = b""
        self._stamps: array[int] = array("q")
        self._total = 0
        self._inside = 0

    # -- orders ---------------------------------------------------------------------------------

    def enter(self, count: int, at_once: int, stalled_s: float) -> dict[str, float]:
        """Let ``count`` more in, so many at the same moment; returns how many are in now.

        A server that lets nobody in for ``stalled_s`` is taken for full.
        """
        began_s = moved_s = time.monotonic()
        wanted, before = self._inside + count, self._inside
        self._tickets.clear()  # they do not live long
        while self._inside < wanted:
            missing = wanted - self._inside - len(self._on_way)
            for _ in range(min(missing, at_once - len(self._on_way))):
                self._knock()
            self.turn(0.2)
            now_s = time.monotonic()
            if self._inside != before:
                before, moved_s = self._inside, now_s
            elif now_s - moved_s > stalled_s:
                break
        took_s = moved_s - began_s
        for fd in list(self._on_way):
            self._forget(fd)
        return {"held": self._inside, "took_s": took_s}

    def drop(self, count: int) -> dict[str, float]:
        """Let ``count`` clients fall off without a word."""
        for fd in [fd for fd, one in self._clients.items() if one.inside][:count]:
            self._forget(fd)
        return {"held": self._inside}

    def heard(self, expected: int, quiet_s: float) -> dict[str, Any]:
        """Wait for so many messages, or until it is quiet; returns and forgets what was heard."""
        total, since_s = self._total, time.monotonic()
        while self._total < expected and time.monotonic() - since_s < quiet_s:
            self.turn(0.05)
            if self._total != total:
                total, since_s = self._total, time.monotonic()
        told = [one.told(seq) for seq, one in sorted(self._heard.items()) if one.stamps]
        self._heard.clear()
        self._known, self._stamps, self._total = b"", array("q"), 0
        return {"broadcasts": told, "held": self._inside, "lost": self.lost}

    def turn(self, timeout_s: float) -> None:
        """Serve whoever has something to say; an order ends the waiting too."""
        clients = self._clients
        for fd, events in self._poll.poll(timeout_s, BEATS):
            client = clients.get(fd)
            if client is None:
                continue
            if client.step == NOBODY and events & select.EPOLLOUT:
                self._ask(fd, client)
            else:
                self._hear(fd, client)

    def listen(self) -> None:
        """Hear orders too, from now on."""
        self._poll.register(sys.stdin.fileno(), select.EPOLLIN)

    def close(self) -> None:
        """Let everybody go."""
        for fd in list(self._clients):
            self._forget(fd)
        self._poll.close()

    # -- getting in -----------------------------------------------------------------------------

    def _knock(self) -> None:
        sock = socket.socket()
        sock.setblocking(False)  # noqa: FBT003 - the standard library's own signature
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.connect_ex(self._address)
        fd = sock.fileno()
        self._clients[fd] = Client(sock=sock, recv=sock.recv)
        self._on_way.add(fd)
        self._poll.register(fd, select.EPOLLIN | select.EPOLLOUT)

    def _ask(self, fd: int, client: Client) -> None:
        self._poll.modify(fd, select.EPOLLIN)
        try:
            client.sock.send(self._request.replace(_TICKET, self._ticket()))
        except OSError:
            self._lose(fd)

    def _answer(self, fd: int, client: Client, payload: bytes) -> None:
        text = payload.decode()
        if text.startswith(self._dialogue.refusals):
            self._lose(fd)
            return
        awaited, answer = self._dialogue.steps[client.step]
        if not text.startswith(awaited):
            return
        client.step += 1
        if answer:
            client.sock.send(wire.said(answer))
        self._welcome(fd, client)

    def _welcome(self, fd: int, client: Client) -> None:
        if client.step == len(self._dialogue.steps):
            client.inside = True
            self._inside += 1
            self._on_way.discard(fd)

    def _ticket(self) -> bytes:
        if self._redis is None:
            return b""
        if not self._tickets:
            with self._redis.pipeline(transaction=False) as pipe:
                for _ in range(TICKETS_AT_ONCE):
                    visitor = Visitor(member=UUID(int=next(self._numbers)))
                    self._tickets.append(tickets.issue(pipe, visitor))
                pipe.execute()
        return self._tickets.popleft().encode()

    # -- hearing --------------------------------------------------------------------------------

    def _hear(self, fd: int, client: Client) -> None:
        try:
            data = client.recv(MOST_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data == self._known and not client.rest and data:
            self._stamps.append(time.monotonic_ns())
            self._total += 1
        elif data:
            client.rest += data
            self._read(fd, client)
        else:
            self._lose(fd)

    def _read(self, fd: int, client: Client) -> None:
        if client.step == NOBODY:
            head, end, rest = client.rest.partition(b"\r\n\r\n")
            if not end:
                return
            if b" 101 " not in head[:16]:
                self._lose(fd)
                return
            client.step, client.rest = 0, rest
            self._welcome(fd, client)
        data, start = client.rest, 0
        while (frame := wire.frame_at(data, start)) is not None:
            opcode, begin, end_ = frame
            self._take(fd, client, opcode, data[begin:end_], data[start:end_])
            start = end_
            if fd not in self._clients:
                return
        client.rest = data[start:]

    def _take(self, fd: int, client: Client, opcode: int, payload: bytes, whole: bytes) -> None:
        if opcode == wire.CLOSE:
            self._lose(fd)
        elif opcode == wire.PING:
            client.sock.send(wire.pong(payload))
        elif payload == b"2":
            client.sock.send(wire.said("3"))
        elif not client.inside:
            self._answer(fd, client, payload)
        else:
            self._note(payload, whole)

    def _note(self, payload: bytes, whole: bytes) -> None:
        found = wire.broadcast_of(payload)
        if found is None:
            return
        seq, at_ns = found
        heard = self._heard.setdefault(seq, Heard(at_ns, len(payload)))
        self._known, self._stamps = whole, heard.stamps
        heard.stamps.append(time.monotonic_ns())
        self._total += 1

    # -- going ----------------------------------------------------------------------------------

    def _lose(self, fd: int) -> None:
        self.lost += 1
        self._forget(fd)

    def _forget(self, fd: int) -> None:
        client = self._clients.pop(fd)
        self._on_way.discard(fd)
        self._inside -= client.inside
        client.sock.close()


def main() -> None:
    """Read whose crowd it is, and serve it."""
    told = json.loads(sys.argv[1])
    many_files()
    redis = Redis.from_url(told["redis"]) if told["redis"] else None
    steps = tuple((awaited, answer) for awaited, answer in told["dialogue"].pop("steps"))
    headers = tuple((name, value) for name, value in told["dialogue"].pop("headers"))
    refusals = tuple(told["dialogue"].pop("refusals"))
    dialogue = wire.Dialogue(steps=steps, headers=headers, refusals=refusals, **told["dialogue"])
    crowd = Crowd((told["host"], told["port"]), dialogue, redis)
    with closing(crowd), suppress(KeyboardInterrupt):
        crowd.listen()
        orders = {"enter": crowd.enter, "drop": crowd.drop, "heard": crowd.heard}
        obey(lambda: crowd.turn(1.0), orders)


if __name__ == "__main__":
    main()
