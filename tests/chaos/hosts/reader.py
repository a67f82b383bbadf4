"""Somebody who reads page after page, and notes how each was answered."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException

from tests.visitors import Visitor

PAUSE_S = 0.4


@contextmanager
def reading(visitor: Visitor, path: str) -> Iterator[list[int | str]]:
    """Ask for ``path`` again and again during the block; gives the statuses, or what went wrong."""
    statuses: list[int | str] = []
    enough = threading.Event()

    def read_on() -> None:
        while not enough.is_set():
            try:
                statuses.append(visitor.ask(path)[0])
            except (OSError, HTTPException) as error:
                statuses.append(repr(error))
            enough.wait(PAUSE_S)

    reader = threading.Thread(target=read_on, name="reader")
    reader.start()
    try:
        yield statuses
    finally:
        enough.set()
        reader.join()
