"""Protocols in brief: what their pages show of every racer, remembered by the hash of the whole.

A protocol of ten thousand racers with all its splits is some fourteen megabytes of JSON: too much
to read for every page of a hundred lines. What a hash names never changes, so it is read once.
Names are no part of it: they are asked at every page.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from threading import RLock
from typing import Any, Final

from sqlalchemy.orm import Session

from psot.jury.queries import published
from psot.jury.values import Publication
from psot.races.queries import regions_listed

Row = Mapping[str, Any]

ROWS: Final = 50_000
"""Rows that a process remembers at most, unless one protocol alone is longer."""

SHOWN: Final = (
    "bib",
    "leg",
    "team",
    "rank",
    "irm",
    "shootings",
    "misses",
    "total_ms",
    "adjust_ms",
    "behind_ms",
    "points",
)


@dataclass(frozen=True, kw_only=True)
class Brief:
    """The rows of a protocol without splits, its teams whole, and the regions of its racers."""

    results: tuple[Row, ...]
    teams: tuple[Row, ...]
    regions: frozenset[str]


class _Memory:
    def __init__(self) -> None:
        self.lock = RLock()
        self.known: OrderedDict[str, Brief] = OrderedDict()

    def get(self, sha256: str) -> Brief | None:
        with self.lock:
            found = self.known.get(sha256)
            if found is not None:
                self.known.move_to_end(sha256)
            return found

    def put(self, sha256: str, brief: Brief) -> None:
        with self.lock:
            self.known[sha256] = brief
            rows = sum(len(one.results) for one in self.known.values())
            while rows > ROWS and len(self.known) > 1:
                rows -= len(self.known.popitem(last=False)[1].results)


_memory = _Memory()


def brief(session: Session, publication: Publication) -> Brief:
    """Return the protocol of ``publication`` in brief; reads the whole at the first call only."""
    found = _memory.get(publication.sha256)
    if found is None:
        whole = published(session, publication.race, publication.stage)
        body = whole.body if whole is not None else {"results": (), "teams": ()}
        found = Brief(
            results=tuple({key: row[key] for key in SHOWN} for row in body["results"]),
            teams=tuple(body["teams"]),
            regions=regions_listed(session, publication.race),
        )
        _memory.put(publication.sha256, found)
    return found
