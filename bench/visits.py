"""Visitors of pages, thousands at once, in one light process: for `bench/storms.py`.

    python -m bench.visits '{"ports": [...], "visits": PATH, "every_s": 0.001, "patience_s": 60}'

``visits`` is a file of JSON lines, one visitor each: a list of requests as [name, method, path,
headers, body]. A visitor comes at its moment, asks one after the other over one connection, and
leaves. Prints a line of JSON: per name how long answers took, in ms, and what did not come.
"""

import heapq
import json
import resource
import select
import socket
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.crowd_heard import cuts

BEATS = 256
MOST_BYTES = 262_144
OK = 200


@dataclass(frozen=True, kw_only=True)
class Request:
    """One request: ``name`` is what its time is counted under."""

    name: str
    wire: bytes

    @classmethod
    def of(cls, told: Sequence[Any], host: str) -> "Request":
        """Return the request of ``[name, method, path, headers, body]``."""
        name, method, path, headers, body = told
        lines = {"Host": host, "Accept-Encoding": "gzip", **headers}
        if method == "POST":
            lines["Content-Length"] = str(len(body.encode()))
        head = "".join(f"{key}: {value}\r\n" for key, value in lines.items())
        return cls(name=name, wire=f"{method} {path} HTTP/1.1\r\n{head}\r\n{body}".encode())


def whole(data: bytes) -> int | None:
    r"""Return the status of an answer that is all there; None while something is missing.

    Raises ValueError for one that does not say how long it is.

    >>> whole(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
    200
    >>> whole(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok") is None
    True
    """
    head, end, body = data.partition(b"\r\n\r\n")
    if not end:
        return None
    status = int(head.split(b" ", 2)[1])
    fields = dict(line.split(b":", 1) for line in head.lower().split(b"\r\n")[1:] if b":" in line)
    if b"content-length" in fields:
        return status if len(body) >= int(fields[b"content-length"]) else None
    if b"chunked" in fields.get(b"transfer-encoding", b""):
        return status if body.endswith(b"0\r\n\r\n") else None
    raise ValueError(f"an answer of unknown length: {head[:60]!r}")


@dataclass(slots=True)
class Visitor:
    """One visitor: what is still to be asked, the newest last."""

    requests: list[Request]
    sock: socket.socket | None = None
    sent_s: float = 0.0
    begun_s: float = 0.0
    data: bytearray = field(default_factory=bytearray)


@dataclass(slots=True)
class Seen:
    """What visitors met: times in ms by the name of the request, and failures by how."""

    taken_ms: dict[str, list[float]] = field(default_factory=dict)
    failed: Counter[str] = field(default_factory=Counter)
    whole_ms: list[float] = field(default_factory=list)
    """From coming to leaving, of those who got everything."""

    def told(self) -> dict[str, Any]:
        """Return all figures."""
        names = {name: cuts(times) for name, times in self.taken_ms.items()}
        return {"requests": names, "visit": cuts(self.whole_ms), "failed": dict(self.failed)}


class Visits:
    """All visitors of a storm."""

    def __init__(self, ports: Sequence[int], every_s: float, patience_s: float) -> None:
        self._ports, self._every_s, self._patience_s = ports, every_s, patience_s
        self._poll = select.epoll()
        self._open: dict[int, Visitor] = {}
        self.seen = Seen()

    def run(self, visitors: Sequence[Visitor]) -> None:
        """Let everybody come and wait until the last has left or lost patience."""
        began_s = time.monotonic()
        coming = [(began_s + nth * self._every_s, nth, one) for nth, one in enumerate(visitors)]
        heapq.heapify(coming)
        moved_s = began_s
        while coming or self._open:
            now_s = time.monotonic()
            come = 0
            while coming and coming[0][0] <= now_s and come < BEATS:
                due_s, nth, visitor = heapq.heappop(coming)
                visitor.begun_s = visitor.sent_s = due_s
                self._come(visitor, self._ports[nth % len(self._ports)])
                come += 1
                moved_s = now_s
            pause_s = max(0.0, coming[0][0] - now_s) if coming else 0.2
            for fd, events in self._poll.poll(min(0.2, pause_s), BEATS):
                moved_s = time.monotonic()
                self._serve(fd, events, self._open[fd])
            if time.monotonic() - moved_s > self._patience_s:
                break
        for fd in list(self._open):
            self._leave(fd, "no answer")

    def _come(self, visitor: Visitor, port: int) -> None:
        sock = socket.socket()
        sock.setblocking(False)  # noqa: FBT003 - the standard library's own signature
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.connect_ex(("127.0.0.1", port))
        visitor.sock = sock
        self._open[sock.fileno()] = visitor
        self._poll.register(sock.fileno(), select.EPOLLIN | select.EPOLLOUT)

    def _serve(self, fd: int, events: int, visitor: Visitor) -> None:
        assert visitor.sock  # noqa: S101 - whoever is served has come
        try:
            if events & select.EPOLLOUT:
                self._poll.modify(fd, select.EPOLLIN)
                # The first counts from the visitor's own moment: waiting to be let in is waiting.
                visitor.sock.send(visitor.requests[-1].wire)
                return
            data = visitor.sock.recv(MOST_BYTES)
        except BlockingIOError:
            return
        except OSError as error:
            self._leave(fd, type(error).__name__)
            return
        if not data:
            self._leave(fd, "ended")
            return
        visitor.data += data
        status = whole(bytes(visitor.data))
        if status is not None:
            self._answered(fd, visitor, status)

    def _answered(self, fd: int, visitor: Visitor, status: int) -> None:
        now_s = time.monotonic()
        done = visitor.requests.pop()
        self.seen.taken_ms.setdefault(done.name, []).append(1000 * (now_s - visitor.sent_s))
        visitor.data.clear()
        if status != OK:
            self._leave(fd, f"{done.name} {status}")
        elif not visitor.requests:
            self.seen.whole_ms.append(1000 * (now_s - visitor.begun_s))
            self._leave(fd, "")
        else:
            visitor.sent_s = now_s
            assert visitor.sock  # noqa: S101 - it has just answered
            visitor.sock.send(visitor.requests[-1].wire)

    def _leave(self, fd: int, why: str) -> None:
        visitor = self._open.pop(fd)
        if why:
            self.seen.failed[why] += 1
        if visitor.sock:
            visitor.sock.close()


def visitor_of(told: Sequence[Sequence[Any]], host: str) -> Visitor:
    """Return a visitor who asks for what is told, in this order."""
    return Visitor(requests=[Request.of(one, host) for one in reversed(told)])


def visit(given: Mapping[str, Any]) -> dict[str, Any]:
    """Let all visitors come; returns the figures."""
    host = given.get("host", f"127.0.0.1:{given['ports'][0]}")
    lines = Path(given["visits"]).read_text(encoding="utf-8").splitlines()
    visitors = [visitor_of(json.loads(line), host) for line in lines]
    visits = Visits(given["ports"], given["every_s"], given["patience_s"])
    began_s, used_s = time.monotonic(), time.process_time()
    visits.run(visitors)
    return {
        "visitors": len(visitors),
        "took_s": time.monotonic() - began_s,
        "cpu_s": time.process_time() - used_s,
        **visits.seen.told(),
    }


def main() -> None:
    """Read who visits what, let them, and print what they met."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    print(json.dumps(visit(json.loads(sys.argv[1]))))


if __name__ == "__main__":
    main()
