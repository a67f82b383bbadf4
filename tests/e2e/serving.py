"""Serve an app on a free port of the loopback for as long as a test needs it."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from werkzeug.serving import make_server


class Closing:
    """An answer that is closed when it is forgotten.

    The development server leaves it open where a browser stops reading, as players of films do.
    """

    def __init__(self, answer: Iterable[bytes]) -> None:
        self.answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.answer)

    def close(self) -> None:
        close = getattr(self.answer, "close", None)
        if close is not None:
            close()

    __del__ = close


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Yield the base address of `app`."""

    def closing(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        return Closing(app(environ, start_response))

    server = make_server("127.0.0.1", 0, closing, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
