"""How many statements something sends to the database, and over how many connections at once."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import TextClause, event

from psot import trips
from psot.database import Database


@dataclass
class Sent:
    """The statements that were ``said``, and the ``most`` connections in use at one moment."""

    said: list[str] = field(default_factory=list)
    most: int = 0
    trips: list[int] = field(default_factory=list)
    """How many of them each trip of several had."""
    _open: int = 0

    def note(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        self.said.append(statement)

    def taken(self, *_told: Any) -> None:
        self._open += 1
        self.most = max(self.most, self._open)

    def given_back(self, *_told: Any) -> None:
        self._open -= 1


@contextmanager
def statements(database: Database) -> Iterator[Sent]:
    """Give what ``database`` is told within the block."""
    sent = Sent()
    heard = (
        (database.engine, "before_cursor_execute", sent.note),
        (database.engine, "checkout", sent.taken),
        (database.engine, "checkin", sent.given_back),
    )
    for told in heard:
        event.listen(*told)
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(trips, "Trip", _noting(sent))
            yield sent
    finally:
        for told in heard:
            event.remove(*told)


def _noting(sent: Sent) -> type[trips.Trip]:
    class Noting(trips.Trip):
        """A trip whose statements are counted too."""

        def __init__(self, connection: Any) -> None:
            super().__init__(connection)
            sent.trips.append(0)

        def ask(self, statement: TextClause, values: Mapping[str, Any]) -> trips.Asked:
            sent.trips[-1] += 1
            sent.said.append(str(statement))
            return super().ask(statement, values)

    return Noting
