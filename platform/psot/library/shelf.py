"""What a process remembers of the published library, until the stamp in the database moves.

The stamp is read once per transaction, everything else once per change. A transaction that has
itself written reads past the memory, and puts nothing into it before its commit.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from threading import RLock
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.quiz import Act, Memo, Norm, Plan, Question, Quiz, Term
from psot.library import reading
from psot.library.models import Document, Stamp, Version
from psot.library.values import PackView, TopicView

REMEMBERED = 20_000
"""Questions kept per process; each is a few kilobytes."""
HOUSES = 4
"""Databases remembered at once: one in production, a few in tests."""

_KEY = "psot.library.shelf"
_WRITTEN = "psot.library.written"

SMALL = ("pack", "topic", "act", "norm", "memo", "term", "quiz", "plan")


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """All published documents but questions and lessons, as they stand at ``stamp``."""

    stamp: int
    packs: Mapping[str, PackView]
    topics: Mapping[str, TopicView]
    acts: Mapping[str, Act]
    norms: Mapping[str, Norm]
    memos: Mapping[str, Memo]
    terms: Mapping[str, Term]
    quizzes: Mapping[str, Quiz]
    plans: Mapping[str, Plan]
    questions: dict[tuple[str, int], Question] = field(default_factory=dict, repr=False)
    """Questions read so far by id and version, with their sources as they stand now."""

    def as_of(self, pack: str) -> date | None:
        """Return the day on which a pack's facts were checked."""
        found = self.packs.get(pack)
        return found.as_of if found else None


class _Memory:
    def __init__(self) -> None:
        self.lock = RLock()
        self.shelves: OrderedDict[str, Shelf] = OrderedDict()

    def get(self, house: str, stamp: int) -> Shelf | None:
        with self.lock:
            found = self.shelves.get(house)
            return found if found is not None and found.stamp == stamp else None

    def put(self, house: str, shelf: Shelf) -> None:
        with self.lock:
            self.shelves[house] = shelf
            self.shelves.move_to_end(house)
            while len(self.shelves) > HOUSES:
                self.shelves.popitem(last=False)


_memory = _Memory()


def shelf(session: Session) -> Shelf:
    """Return what is published now; one small query where nothing has changed."""
    transaction = session.get_transaction()
    known: tuple[Any, Shelf] | None = session.info.get(_KEY)
    if known is not None and transaction is not None and known[0] is transaction:
        return known[1]
    house = str(session.get_bind().engine.url)
    stamp = session.scalar(select(Stamp.number)) or 0
    found = None if _wrote(session) else _memory.get(house, stamp)
    if found is None:
        found = _read(session, stamp)
        if not _wrote(session):
            _memory.put(house, found)
    session.info[_KEY] = (session.get_transaction(), found)
    return found


def written(session: Session) -> None:
    """Say that this transaction changes what readers get: it reads past the memory from now on."""
    session.info[_WRITTEN] = session.get_transaction()
    session.info.pop(_KEY, None)


def remembers(session: Session) -> bool:
    """Tell whether what this transaction reads may be kept for others."""
    return not _wrote(session)


def _wrote(session: Session) -> bool:
    by = session.info.get(_WRITTEN)
    return by is not None and by is session.get_transaction()


def _read(session: Session, stamp: int) -> Shelf:
    rows = session.execute(
        select(
            Document.kind,
            Document.name,
            Document.pack,
            Document.topic,
            Version.number,
            Version.body,
        )
        .join(Version, Version.document_id == Document.id)
        .where(
            Document.kind.in_(SMALL),
            Document.retired_at.is_(None),
            Version.number == Document.published,
        )
        .order_by(Document.pack, Document.position, Document.name)
    ).all()
    of: dict[str, list[Any]] = {kind: [] for kind in SMALL}
    for row in rows:
        of[row.kind].append(row)
    counts = dict(
        session.execute(
            select(Document.topic, func.count())
            .where(
                Document.kind == "question",
                Document.retired_at.is_(None),
                Document.published.is_not(None),
            )
            .group_by(Document.topic)
        ).all()
    )
    lessons = set(
        session.scalars(
            select(Document.name).where(
                Document.kind == "lesson",
                Document.retired_at.is_(None),
                Document.published.is_not(None),
            )
        )
    )
    return Shelf(
        stamp=stamp,
        packs={r.name: reading.pack(r.body, r.number) for r in of["pack"]},
        topics={
            r.name: reading.topic(
                r.body,
                r.number,
                pack=r.pack,
                has_lesson=r.name in lessons,
                questions=counts.get(r.name, 0),
            )
            for r in of["topic"]
        },
        acts={r.name: reading.act(r.body) for r in of["act"]},
        norms={r.name: reading.norm(r.body, r.topic or "") for r in of["norm"]},
        memos={r.name: reading.memo(r.body) for r in of["memo"]},
        terms={r.name: reading.term(r.body) for r in of["term"]},
        quizzes={r.name: reading.quiz(r.body, r.number) for r in of["quiz"]},
        plans={r.name: reading.plan(r.body, r.number) for r in of["plan"]},
    )
