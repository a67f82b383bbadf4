"""What a run is worth: the actions of a run, judged by the pure rules.

A judgement follows from scenario, version, seed, mode and actions alone. A process remembers the
last one of each run, so that an action costs what it brings and not what went before it.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from threading import Lock
from typing import Any
from uuid import UUID

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from content import scenarios
from psot.library import queries as library
from psot.workplace.models import Deed, Run
from scoring import workplace as rules

Row = Mapping[str, Any]
REMEMBERED = 2_000
"""Runs whose judgement a process keeps; each is some kilobytes."""


class _Memory:
    """The newest judgement of each run; one that is behind is judged on from."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[UUID, rules.Judgement] = OrderedDict()

    def get(self, run: UUID, taken: int) -> rules.Judgement | None:
        """Return a judgement that is not ahead of what is stored."""
        with self._lock:
            found = self._kept.get(run)
            return found if found is not None and found.nth <= taken else None

    def put(self, run: UUID, judgement: rules.Judgement) -> None:
        with self._lock:
            self._kept[run] = judgement
            self._kept.move_to_end(run)
            while len(self._kept) > REMEMBERED:
                self._kept.popitem(last=False)


_memory = _Memory()


def course(session: Session, scenario: str, version: int, seed: int) -> rules.Course:
    """Return what a run is judged by. Raises UnknownDocument."""
    house = str(session.get_bind().engine.url)
    row = library.scenario(session, scenario, version).row
    return _course(house, scenario, version, seed, _Row(row))


class _Row:
    """A row that a cache does not look into: its name and version stand for it."""

    def __init__(self, row: Row) -> None:
        self.row = row

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Row)


@lru_cache(maxsize=REMEMBERED)
def _course(house: str, scenario: str, version: int, seed: int, row: _Row) -> rules.Course:
    del house, scenario, version  # they are the key
    return rules.read_course(scenarios.resolved(row.row, seed=seed))


def remember(session: Session, run: UUID, judgement: rules.Judgement) -> None:
    """Remember where a run stands once the transaction of ``session`` has been committed.

    Not before: what is undone was never done, and another action may take its number.
    """
    under_way = session.get_transaction()

    def committed(session: Session) -> None:
        if session.get_transaction() is under_way:
            _memory.put(run, judgement)

    event.listen(session, "after_commit", committed, once=True)


def judgement(session: Session, run: Run) -> rules.Judgement:
    """Return where a run stands after all that is stored of it."""
    known = _memory.get(run.id, run.taken)
    if known is None:
        known = rules.begin(course(session, run.scenario, run.version, run.seed), run.mode)
    if known.nth < run.taken:
        rows = session.scalars(
            select(Deed).where(Deed.run == run.id, Deed.nth > known.nth).order_by(Deed.nth)
        )
        known = _go_on(known, ((one.action, one.at_ms) for one in rows))
    _memory.put(run.id, known)
    return known


def judged(course: rules.Course, mode: str, actions: Iterable[tuple[Row, int]]) -> rules.Judgement:
    """Return the judgement of actions, each with its moment in milliseconds."""
    return _go_on(rules.begin(course, mode), actions)


def _go_on(known: rules.Judgement, actions: Iterable[tuple[Row, int]]) -> rules.Judgement:
    for action, at_ms in actions:
        known, _ = rules.act(known, action, at_ms)
    return known


def progress(judgement: rules.Judgement) -> tuple[int, int]:
    """Return how many parts of a run are done, and how many hazards are found.

    In a check everything that was reported counts as found: whether it is, nobody is told.
    """
    state = judgement.state
    found = sum(verdict in {"right", "noted"} for verdict in state["reported"].values())
    steps = sum(
        len({one["step"] for one in taken if one["done"]}) for taken in state["stepped"].values()
    )
    rest = sum(len(state[part]) for part in ("worn", "concluded", "marked", "decided"))
    return found + steps + rest, found


def parts(course: rules.Course) -> int:
    """Return how many parts a run has."""
    steps = sum(len(one.wanted) for one in course.procedures.values())
    tasks = (course.hazards, course.ppe, course.measurements, course.documents, course.decisions)
    return steps + sum(len(one) for one in tasks)
