"""A web process whose websockets send back whatever they are sent, on a free port of the loopback.

``python -m tests.programs.echo_web`` prints its port. "/borrowed" serves the connection within the
request, as gunicorn's gevent worker lets an application do.
"""

from gevent import monkey

monkey.patch_all()

# ruff: noqa: E402
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import structlog
from engineio.server import Server as StockEngine

from psot import server
from psot.config import Settings
from psot.live.engine import BORROWED, Engine
from psot.live.wire import frames
from psot.live.wire.wire import Wire
from psot.server import HAND_OVER, StartResponse

SETTINGS = Settings(
    database_url="", redis_url="", data_dir=Path(), port=0, secret_key="s" * 32, allowed_origins=()
)


def echo(wire: Wire, greeting: bytes, early: bytes) -> None:
    """Send everything back."""
    wire.send(greeting)
    for message in wire.messages(early):
        opcode, data = (
            (frames.TEXT, message.encode())
            if isinstance(message, str)
            else (frames.BINARY, message)
        )
        wire.send(frames.frame(opcode, data))


def build() -> server.Application:
    """Return the application."""
    engine = Engine(StockEngine(async_mode="gevent"), lambda _reason: None)

    def application(environ: dict[str, Any], start: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/nowhere":
            del environ[HAND_OVER]
        if environ["PATH_INFO"] == "/borrowed":
            environ.pop(HAND_OVER)
            environ[BORROWED] = environ["wsgi.input"].raw._sock
            try:
                engine.enter(environ, echo)
            except StopIteration:
                return []
        answer = engine.enter(environ, echo)
        if answer:
            start(answer["status"], answer["headers"])
            return [answer["response"]]
        return []

    return application


def main() -> None:
    """Serve until SIGTERM."""
    bound = server.listener(SETTINGS)
    sys.stdout.write(f"{bound.getsockname()[1]}\n")
    sys.stdout.flush()
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    server.serve(build(), bound)


if __name__ == "__main__":
    main()
