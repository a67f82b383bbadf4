"""What a process remembers of the published library, until the stamp in the database moves.

The stamp is read once per transaction, everything else once per change. A transaction that has
itself written reads past the memory, and puts nothing into it before its commit.
"""

from collections import Counter, OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from threading import RLock
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.quiz import Act, Lesson, Memo, Norm, Plan, Question, Quiz, Term
from psot.library import reading
from psot.library.models import Document, Stamp, Version
from psot.library.values import Concerns, PackView, ScenarioView, TopicView

REMEMBERED = 20_000
"""Questions kept per process; each is a few kilobytes."""
HOUSES = 4
"""Databases remembered at once: one in production, a few in tests."""

_KEY = "psot.library.shelf"
_WRITTEN = "psot.library.written"

KINDS = ("pack", "topic", "act", "norm", "lesson", "memo", "term", "quiz", "plan", "scenario")
PLAYED = 500
"""Versions of scenarios a process remembers."""
DAYS = 8
"""Days whose concerns are remembered."""


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """All published documents but the questions' rows, as they stand at ``stamp``."""

    stamp: int
    packs: Mapping[str, PackView]
    topics: Mapping[str, TopicView]
    acts: Mapping[str, Act]
    norms: Mapping[str, Norm]
    lessons: Mapping[str, Lesson]
    memos: Mapping[str, Memo]
    terms: Mapping[str, Term]
    quizzes: Mapping[str, Quiz]
    plans: Mapping[str, Plan]
    scenarios: Mapping[str, ScenarioView]
    asked: tuple[tuple[str, int], ...]
    """Ids and versions of the published questions, in the order of their packs."""
    questions: dict[tuple[str, int], Question] = field(default_factory=dict, repr=False)
    """Questions read so far by id and version, with their sources as they stand now."""
    concerns: dict[date, Concerns] = field(default_factory=dict, repr=False)
    """What was found so far, by day."""

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


class _Played:
    """Scenarios by version: what was published never changes, so no stamp need be asked."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.known: OrderedDict[tuple[str, str, int], ScenarioView] = OrderedDict()

    def get(self, session: Session, id_: str, version: int) -> ScenarioView | None:
        """Return a version that this process has read before."""
        with self.lock:
            return self.known.get((_house(session), id_, version))

    def put(self, session: Session, id_: str, scenario: ScenarioView) -> None:
        """Keep it, unless what this transaction reads may still be undone."""
        if not remembers(session):
            return
        with self.lock:
            self.known[_house(session), id_, scenario.version] = scenario
            while len(self.known) > PLAYED:
                self.known.popitem(last=False)


played = _Played()


def shelf(session: Session) -> Shelf:
    """Return what is published now; one small query where nothing has changed."""
    transaction = session.get_transaction()
    known: tuple[Any, Shelf] | None = session.info.get(_KEY)
    if known is not None and transaction is not None and known[0] is transaction:
        return known[1]
    house = _house(session)
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


def _house(session: Session) -> str:
    return str(session.get_bind().engine.url)


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
            Document.kind.in_(KINDS),
            Document.retired_at.is_(None),
            Version.number == Document.published,
        )
        .order_by(Document.pack, Document.position, Document.name)
    ).all()
    of: dict[str, list[Any]] = {kind: [] for kind in KINDS}
    for row in rows:
        of[row.kind].append(row)
    asked = session.execute(
        select(Document.topic, Document.name, Document.published)
        .where(
            Document.kind == "question",
            Document.retired_at.is_(None),
            Document.published.is_not(None),
        )
        .order_by(Document.pack, Document.position, Document.name)
    ).all()
    counts = Counter(row.topic for row in asked)
    lessons = {r.name: reading.lesson(r.body, r.name, r.number) for r in of["lesson"]}
    return Shelf(
        stamp=stamp,
        packs={r.name: reading.pack(r.body, r.number) for r in of["pack"]},
        topics={
            r.name: reading.topic(
                r.body,
                r.number,
                pack=r.pack,
                has_lesson=r.name in lessons,
                questions=counts[r.name],
            )
            for r in of["topic"]
        },
        acts={r.name: reading.act(r.body) for r in of["act"]},
        norms={r.name: reading.norm(r.body, r.topic or "") for r in of["norm"]},
        lessons=lessons,
        memos={r.name: reading.memo(r.body) for r in of["memo"]},
        terms={r.name: reading.term(r.body) for r in of["term"]},
        quizzes={r.name: reading.quiz(r.body, r.number) for r in of["quiz"]},
        plans={r.name: reading.plan(r.body, r.number) for r in of["plan"]},
        scenarios={r.name: reading.scenario(r.body, r.number) for r in of["scenario"]},
        asked=tuple((row.name, row.published) for row in asked),
    )
