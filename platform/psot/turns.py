"""Requests take turns: so many are answered at once, the others wait at the door in their order.

A crowd that is let in all at once stands in its own way: each request asks the database a dozen
times, waits for everybody else before each answer, and waits for a connection until that is given
up. Sixteen at a time are answered sooner, the last one too. What takes no turn: files and signs of
life, and bodies so large that their sender may be slow.
"""

from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any, Final

from gevent.lock import BoundedSemaphore

AT_ONCE: Final = 16
"""Twice the connections to the database: half of them may be making a page meanwhile."""
LONGEST_WAIT_S: Final = 5.0
"""Then a request goes on without a turn: whoever holds one for long must not keep all others."""
LARGEST_READ_BYTES: Final = 64 * 1024
"""A body up to this size is read before the turn is taken, however slowly it comes."""
UNTURNED: Final = ("/static/", "/healthz", "/readyz", "/metrics", "/socket.io")

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Turns:
    """An application whose requests take turns while they are answered, not while they are sent."""

    def __init__(
        self,
        application: Application,
        *,
        at_once: int = AT_ONCE,
        longest_wait_s: float = LONGEST_WAIT_S,
    ) -> None:
        self._application = application
        self._longest_wait_s = longest_wait_s
        self._turns = BoundedSemaphore(at_once)

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """Answer as the application does, in turn."""
        if not _takes_turns(environ):
            return self._application(environ, start)
        size = int(environ.get("CONTENT_LENGTH") or 0)
        if size:
            environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(size))
        mine = self._turns.acquire(timeout=self._longest_wait_s)
        try:
            return self._application(environ, start)
        finally:
            if mine:
                self._turns.release()


def _takes_turns(environ: dict[str, Any]) -> bool:
    told = environ.get("CONTENT_LENGTH") or "0"
    small = told.isdecimal() and int(told) <= LARGEST_READ_BYTES
    whole = "HTTP_TRANSFER_ENCODING" not in environ
    return small and whole and not environ.get("PATH_INFO", "").startswith(UNTURNED)
