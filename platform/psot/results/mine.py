"""My race: every task with what was chosen and what is right, once the keys are open."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from content.quiz import Key, Question
from psot.course.queries import TaskView, tasks
from psot.jury.queries import published, voided
from psot.jury.results import compute
from psot.races.queries import bib_of, field, question_set
from psot.races.values import RaceView
from psot.results import analysis
from psot.results.access import veiled
from psot.standings.queries import log

Row = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Answered:
    """A task as its racer met it, with the key; options stand as they were shown.

    ``spent_ms`` is None for a task that was never ended. ``chosen`` are option ids, none where no
    answer came in time.
    """

    task: TaskView
    question: Question
    key: Key
    chosen: frozenset[str]
    spent_ms: int | None
    voided: bool

    @property
    def right(self) -> bool:
        """Whether it counts as right."""
        return self.task.outcome == "right" or self.voided


@dataclass(frozen=True, kw_only=True)
class Mine:
    """One racer's race. ``rows`` are the own legs; ``compared`` is empty while others are veiled.

    ``missed`` counts what was not answered right, by topic, the most first.
    """

    bib: int
    answered: tuple[Answered, ...]
    rows: tuple[Row, ...]
    compared: tuple[tuple[analysis.Compared, ...], ...]
    missed: tuple[tuple[str, int], ...]
    ranked: bool


def my_race(session: Session, race: RaceView, member: UUID) -> Mine | None:
    """Return the race of ``member``, None for who has no bib. Only for a race that is locked."""
    if not race.keys_open:
        raise ValueError(f"race {race.id} is not locked: nobody may see a key")
    bib = bib_of(session, race.id, member)
    if bib is None:
        return None
    answered = _answered(session, race, bib)
    rows, regions = _rows(session, race)
    own = tuple(one for one in rows if one["bib"] == bib)
    hidden = veiled(race)
    missed: dict[str, int] = {}
    for one in answered:
        if not one.right:
            missed[one.question.topic] = missed.get(one.question.topic, 0) + 1
    neighbours = frozenset(each for each, region in regions.items() if region == regions.get(bib))
    return Mine(
        bib=bib,
        answered=answered,
        rows=own,
        compared=()
        if hidden
        else tuple(tuple(analysis.compared(one, rows, neighbours)) for one in own),
        missed=tuple(sorted(missed.items(), key=lambda pair: (-pair[1], pair[0]))),
        ranked=not hidden and race.practice_of is None,
    )


def _answered(session: Session, race: RaceView, bib: int) -> tuple[Answered, ...]:
    known = {one.question.id: one.question for one in question_set(session, race.id)}
    void = voided(session, race.id)
    return tuple(
        _one(one, known[one.question], voided=one.question in void)
        for one in tasks(session, race.id, bib)
    )


def _one(task: TaskView, question: Question, *, voided: bool) -> Answered:
    texts = {one.id: one for one in question.options}
    return Answered(
        task=task,
        question=replace(question, options=tuple(texts[option] for _, option in task.options)),
        key=question.key(),
        chosen=frozenset(filter(None, [task.chosen or task.late_chosen])),
        spent_ms=None if task.ended_ms is None else task.ended_ms - task.shown_ms,
        voided=voided,
    )


def _rows(session: Session, race: RaceView) -> tuple[list[Row], dict[int, str | None]]:
    """The results as published, or as the log has them, with the regions of the bibs."""
    entries = field(session, race.id)
    found = published(session, race.id)
    rows = (
        found.body["results"]
        if found is not None
        else compute(race.rules, entries, log(session, race.id))["results"]
    )
    return rows, {one.bib: one.region for one in entries}
