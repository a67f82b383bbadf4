"""A web server on gevent around any application, told to stop by SIGTERM.

Use it only after ``gevent.monkey.patch_all()``.
"""

import os
import resource
import signal
import socket
import time
from collections.abc import Callable, Iterable
from io import BufferedIOBase, BufferedReader
from typing import Any

import gevent
import structlog
from gevent.event import Event
from gevent.pool import Pool
from gevent.pywsgi import WSGIHandler, WSGIServer
from gevent.socket import socket as GreenSocket  # noqa: N812 - a class spelled like a function

from psot.config import Settings
from psot.heads import Head

LISTEN_FD = "PSOT_LISTEN_FD"
BACKLOG = 2048
FINISH_WITHIN_S = 10.0
LEAVE_WITHIN_S = 1.0
FILES_PER_CLIENT = 1
FILES_OF_OUR_OWN = 200

HAND_OVER = "psot.hand_over"
"""In the environ: a request calls it with an `Heir` and answers nothing. Then the heir is called
with the connection, and with what the client sent too early; the connection is its own until it
returns, and is closed then. It runs in the greenlet that served the request, so a stop ends it.
"""

StartResponse = Callable[..., Any]
Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]
Heir = Callable[[GreenSocket, bytes], None]

log = structlog.get_logger("psot.server")


class Handler(WSGIHandler):
    """Answers the requests of one connection, until one of them hands the connection over."""

    heir: Heir | None = None
    early = b""

    def get_environ(self) -> dict[str, Any]:
        """Return the environ, with the way to take the connection over."""
        environ: dict[str, Any] = super().get_environ()
        environ[HAND_OVER] = self._hand_over
        return environ

    def MessageClass(self, fp: BufferedIOBase, *_told: object) -> Head:  # type: ignore[override]  # noqa: N802 - pywsgi's own, and it asks for no more than a `Head` tells
        """Return the headers of a request, read by a reader of our own."""
        return Head(fp)

    def log_request(self) -> None:
        """Log nothing, and make no line for it: `psot.observability` tells of requests."""

    def _hand_over(self, heir: Heir) -> None:
        self.heir = heir
        self.early = already_read(self.socket, self.rfile)
        # pywsgi neither writes nor closes any more.
        self.close_connection = True
        self.socket = None  # type: ignore[assignment]  # as `handle` foresees


def already_read(connection: GreenSocket, stream: BufferedReader) -> bytes:
    """Return what has arrived behind the last request, without waiting for more."""
    before = connection.gettimeout()
    connection.settimeout(0)
    try:
        return stream.read1(len(stream.peek()))
    except OSError:
        return b""  # whoever reads next finds out
    finally:
        connection.settimeout(before)


class Server(WSGIServer):
    """A web server whose connections can be taken over by whoever answers a request."""

    handler_class = Handler

    def handle(self, connection: GreenSocket, address: Any) -> None:
        """Serve one connection; what a request needed is gone before an heir takes over."""
        handler = self.handler_class(connection, address, self)
        stream = handler.rfile
        handler.handle()
        heir, early = handler.heir, handler.early
        del handler
        if heir is not None:
            # It counts as a user of the connection: a descriptor would be kept after the end.
            stream.close()
            heir(connection, early)


class InFlight:
    """Counts requests being answered, so that a stop can wait for them.

    Sockets and long polls are not counted: they never end by themselves and their clients resync.
    Once ``leaving`` is set, every answer also closes its connection.
    """

    def __init__(self, application: Application) -> None:
        self.leaving = False
        self._application = application
        self._open = 0

    @property
    def idle(self) -> bool:
        """Whether no counted request is open."""
        return self._open == 0

    def __call__(self, environ: dict[str, Any], start: StartResponse) -> Iterable[bytes]:
        """Answer as the application does."""
        if environ.get("PATH_INFO", "").startswith("/socket.io"):
            return self._application(environ, start)
        return self._counted(environ, start)

    def _counted(self, environ: dict[str, Any], start: StartResponse) -> Iterable[bytes]:
        def start_and_leave(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start(status, [*headers, ("Connection", "close")], *rest)

        self._open += 1
        try:
            body = self._application(environ, start_and_leave if self.leaving else start)
            try:
                yield from body
            finally:
                if close := getattr(body, "close", None):
                    close()
        finally:
            self._open -= 1


def serve(
    application: Application, bound: socket.socket, farewell: Callable[[], None] = lambda: None
) -> None:
    """Serve ``application`` on the listening socket ``bound`` until SIGTERM, SIGINT or SIGHUP.

    Then nothing new is accepted, ``farewell`` is called, and open requests are finished before it
    returns.
    """
    clients = max(1, (raise_file_limit() - FILES_OF_OUR_OWN) // FILES_PER_CLIENT)
    counted = InFlight(application)
    connections = Pool(clients)
    server = Server(bound, counted, log=None, spawn=connections)
    asked = Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        gevent.signal_handler(number, asked.set)
    server.start()
    log.info("web.started", port=server.server_port, clients_at_most=clients)
    asked.wait()
    stop(server, connections, counted, farewell)
    log.info("web.stopped")


def stop(
    server: WSGIServer, connections: Pool, counted: InFlight, farewell: Callable[[], None]
) -> None:
    """Accept nothing new, let open requests finish, then close idle connections and sockets."""
    counted.leaving = True
    server.close()
    deadline = time.monotonic() + FINISH_WITHIN_S
    farewell()
    connections.join(timeout=LEAVE_WITHIN_S)
    while not counted.idle and time.monotonic() < deadline:
        gevent.sleep(0.02)
    connections.kill(timeout=LEAVE_WITHIN_S)


def listener(settings: Settings) -> socket.socket:
    """The supervisor's socket, or one of our own on the configured address.

    A supervisor hands its listening socket over in ``PSOT_LISTEN_FD``: a process started after
    this one then takes the connections that arrive meanwhile, and none is refused.
    Small answers leave at once (TCP_NODELAY is inherited by every accepted connection); without it
    each keep-alive answer waits 40 ms. Raises OSError when the address is busy.
    """
    handed_over = os.environ.get(LISTEN_FD)
    if handed_over:
        bound = socket.socket(fileno=int(handed_over))
    else:
        bound = socket.create_server((settings.host, settings.port), backlog=BACKLOG)
    bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    bound.setblocking(False)  # noqa: FBT003 - the standard library's own signature
    return bound


def raise_file_limit() -> int:
    """Raise the soft limit of open files to the hard one; returns the limit now in force."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        log.info("web.file_limit_raised", before=soft, now=hard)
    return hard
