"""That sessions were used: noted for many at once, so that a crowd costs a statement a second.

A note tells when a session was used last, and lets it live on from then. Nobody waits for it, and
it may be lost with its process: a session that goes on being used is noted again.
"""

import time
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

import structlog
from sqlalchemy.exc import SQLAlchemyError

from psot import clock
from psot.database import Database
from psot.members import session_store
from psot.members.living import Living

TOUCH_EVERY: Final = timedelta(minutes=1)
"""The moment of last use is written at most this often."""
GATHER_S: Final = 1.0
"""So long notes wait for others: little beside the days after which an unused session ends."""

_log = structlog.get_logger()


class Uses:
    """Notes which sessions were used; each at once, until it is told to `gather`.

    A session lives on for ``unused_for`` from its last use.
    """

    def __init__(self, database: Database, unused_for: timedelta) -> None:
        self._database = database
        self._unused_for = unused_for
        self._spawn: Callable[[Callable[[], None]], Any] | None = None
        self._used: dict[uuid.UUID, datetime] = {}

    def gather(self, spawn: Callable[[Callable[[], None]], Any]) -> None:
        """From now on write notes together, by tasks that ``spawn`` begins."""
        self._spawn = spawn

    def note(self, stored: Living) -> None:
        """Note that the session ``stored`` was used now, if its note is not new enough."""
        now = clock.now()
        if stored.member is None or now - stored.last_used_at <= TOUCH_EVERY:
            return
        first = not self._used
        self._used[stored.key] = now
        if self._spawn is None:
            self.write()
        elif first:
            self._spawn(self._write_soon)

    def write(self) -> None:
        """Write what has been noted and is not written yet."""
        used, self._used = self._used, {}
        if not used:
            return
        try:
            with self._database.begin() as rows:
                session_store.touch(rows, used, unused_for=self._unused_for)
        except SQLAlchemyError as error:
            # Whoever used them has been answered; that they were used is noted the next time.
            _log.warning("session_use_not_noted", error=type(error).__name__)

    def _write_soon(self) -> None:
        time.sleep(GATHER_S)
        self.write()
