"""Requests take turns: so many are answered at once, the others wait at the door in their order.

A crowd that is let in all at once stands in its own way: each request asks the database a dozen
times, waits for everybody else before each answer, and waits for a connection until that is given
up. Sixteen at a time are answered sooner, the last one too. What takes no turn: files and signs of
life, and bodies so large that their sender may be slow.

Where very many wait already, whoever only wants to read is told so at once, and to come again:
waiting longer than that ends in nothing, and each that waits makes all others wait. Who has
something to tell is never turned away here.
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
MOST_WAITING: Final = 400
"""What is read within `LONGEST_WAIT_S`, a page taking some 12 ms of a process."""
READING: Final = frozenset({"GET", "HEAD"})
AHEAD: Final = "psot.turns.ahead"
"""In the environ: many wait for this one, so it takes no turn and is not turned away."""
UNTURNED: Final = ("/static/", "/healthz", "/readyz", "/metrics", "/socket.io")

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Turns:
    """An application whose requests take turns while they are answered, not while they are sent.

    ``busy`` answers whoever is turned away.
    """

    def __init__(
        self,
        application: Application,
        busy: Application,
        *,
        at_once: int = AT_ONCE,
        longest_wait_s: float = LONGEST_WAIT_S,
        most_waiting: int = MOST_WAITING,
    ) -> None:
        self._application = application
        self._busy = busy
        self._longest_wait_s = longest_wait_s
        self._most_waiting = most_waiting
        self._waiting = 0
        self._turns = BoundedSemaphore(at_once)

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """Answer as the application does, in turn."""
        if not _takes_turns(environ):
            return self._application(environ, start)
        if self._waiting >= self._most_waiting and environ.get("REQUEST_METHOD") in READING:
            return self._busy(environ, start)
        size = int(environ.get("CONTENT_LENGTH") or 0)
        if size:
            environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(size))
        self._waiting += 1
        try:
            mine = self._turns.acquire(timeout=self._longest_wait_s)
        finally:
            self._waiting -= 1
        try:
            return self._application(environ, start)
        finally:
            if mine:
                self._turns.release()


def _takes_turns(environ: dict[str, Any]) -> bool:
    if AHEAD in environ:
        return False
    told = environ.get("CONTENT_LENGTH") or "0"
    small = told.isdecimal() and int(told) <= LARGEST_READ_BYTES
    whole = "HTTP_TRANSFER_ENCODING" not in environ
    return small and whole and not environ.get("PATH_INFO", "").startswith(UNTURNED)
