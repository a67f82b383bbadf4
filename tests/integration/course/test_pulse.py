"""One beat for everybody who is served at the same moment, and its failure is theirs too."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from psot.course.pulse import Heart
from psot.database import Database
from tests.races import NOW


def never(_run: object) -> None:
    """Start no beating of its own."""


def test_many_who_are_served_at_once_are_one_beat(database: Database) -> None:
    beats: list[str] = []

    def statement(_connection: Any, _cursor: Any, words: str, *_rest: Any) -> None:
        if words.startswith("INSERT INTO race_pulse"):
            beats.append(words)

    event.listen(database.engine, "before_cursor_execute", statement)
    heart = Heart(database)
    heart.start(never)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda late: heart.ensure(NOW + timedelta(seconds=late)), range(8)))

    assert len(beats) == 1
    assert heart.known == []


def test_nobody_is_served_while_the_gap_cannot_be_known() -> None:
    heart = Heart(Database("postgresql://psot@127.0.0.1:1/nowhere"))
    heart.start(never)

    def served(_number: int) -> bool:
        with pytest.raises(OperationalError):
            heart.ensure(NOW)
        return False

    with ThreadPoolExecutor(4) as pool:
        assert not any(pool.map(served, range(4)))
