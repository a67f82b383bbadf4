"""Asks a server for a page again and again while something else goes on."""

import http.client
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

EVERY_S = 0.05
PATIENCE_S = 20.0
AT_ONCE = 64


@dataclass
class Answers:
    """How long each answer took, in ms; one that did not come counts as the whole patience."""

    taken_ms: list[float] = field(default_factory=list)
    failed: int = 0


@contextmanager
def probing(
    host: str, port: int, path: str = "/healthz", every_s: float = EVERY_S
) -> Iterator[Answers]:
    """Ask for ``path`` each ``every_s``, over a new connection each, during the block.

    A slow answer holds up no other: all that were asked for are waited for at the end.
    """
    answers, over = Answers(), threading.Event()

    def ask() -> None:
        began_s = time.monotonic()
        connection = http.client.HTTPConnection(host, port, timeout=PATIENCE_S)
        try:
            connection.request("GET", path)
            connection.getresponse().read()
            answers.taken_ms.append((time.monotonic() - began_s) * 1000)
        except (OSError, http.client.HTTPException):
            answers.failed += 1
            answers.taken_ms.append(PATIENCE_S * 1000)
        finally:
            connection.close()

    def run(pool: ThreadPoolExecutor) -> None:
        while not over.wait(every_s):
            pool.submit(ask)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        asker = threading.Thread(target=run, args=(pool,))
        asker.start()
        try:
            yield answers
        finally:
            over.set()
            asker.join()
