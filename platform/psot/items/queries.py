"""What the editors' pages read: every figure with what it was counted from."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import Flask, current_app
from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from content.quiz import Question
from psot.items.models import ResponseRow, SumRow, VersionRow, WeekRow
from psot.items.options import Choice, Tally, chance_ppm, read, tabulate
from psot.items.whole import Edition, InTest, TestKey, in_tests, tests_sat
from psot.library import queries as library
from psot.library.errors import UnknownDocument
from scoring.items import LIMITS, NO_ATTEMPTS, Evidence, Flag, Marks, facility, flags
from scoring.items import standard_deviation as deviation

_ABSENCES = "psot.items.absences"


@dataclass(frozen=True, kw_only=True)
class Absent:
    """A version of a question that has left the rating: why, and since which day."""

    reason: str
    since: date


Absences = Callable[[Session], Callable[[str, int], Absent | None]]
"""Gives what tells of a question and its version whether it has left."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One version of a question with all that its first answers say."""

    question: str
    version: int
    is_newest: bool
    asked: Question | None
    """None for a question that the library does not have (any more)."""
    answers: int
    raced: int
    fully: int
    marks: Marks
    lower_ms: int
    median_ms: int
    upper_ms: int
    rushed: int
    choices: tuple[Choice, ...] = ()
    chosen: int = 0
    """First answers of which it is known what was chosen."""
    tests: tuple[InTest, ...] = ()
    """Those with most attempts first: the first one speaks for the version."""
    absent: Absent | None = None
    flags: frozenset[Flag] = frozenset()

    @property
    def topic(self) -> str:
        """Return its topic, or nothing."""
        return self.asked.topic if self.asked else ""

    @property
    def text(self) -> str:
        """Return what it asks."""
        return self.asked.text if self.asked else self.question

    @property
    def facility(self) -> float | None:
        """Mean mark of first answers, 0 to 1."""
        return facility(self.marks)

    @property
    def standard_deviation(self) -> float | None:
        """Standard deviation of the marks of first answers."""
        return deviation(self.marks)

    @property
    def chance(self) -> float | None:
        """What guessing earns."""
        ppm = chance_ppm(self.asked) if self.asked else None
        return None if ppm is None else ppm / 1_000_000

    @property
    def widest(self) -> InTest | None:
        """The test in which most members met it."""
        return self.tests[0] if self.tests else None

    @property
    def is_enough(self) -> bool:
        """Whether there are as many first answers as flags need."""
        return self.answers >= LIMITS.answers


@dataclass(frozen=True, kw_only=True)
class Week:
    """First answers of the week from ``monday`` on, and their mean mark."""

    monday: date
    answers: int
    facility: float


def left_by(app: Flask, absences: Absences) -> None:
    """Let the room that rates say which questions have left the rating."""
    app.extensions[_ABSENCES] = absences


def items(session: Session) -> list[Item]:
    """Return every version of every question that was ever answered, by question."""
    rows = session.scalars(
        select(VersionRow).order_by(VersionRow.question, VersionRow.question_version)
    ).all()
    return _items(session, rows)


def versions(session: Session, question: str) -> list[Item]:
    """Return the versions of a question that were answered, the newest first.

    A question that nobody answered yet has none.
    """
    rows = session.scalars(
        select(VersionRow)
        .where(VersionRow.question == question)
        .order_by(VersionRow.question_version.desc())
    ).all()
    return _items(session, rows, question)


def weeks(session: Session, question: str, version: int) -> list[Week]:
    """Return the first answers to a version week by week."""
    rows = session.scalars(
        select(WeekRow)
        .where(WeekRow.question == question, WeekRow.question_version == version)
        .order_by(WeekRow.monday)
    )
    return [
        Week(
            monday=row.monday,
            answers=row.answers,
            facility=row.score_ppm / row.answers / 1_000_000,
        )
        for row in rows
    ]


def known_question(session: Session, id_: str) -> Question | None:
    """Return the question as it is published now, or None."""
    try:
        return library.question(session, id_)
    except UnknownDocument:
        return None


def _items(session: Session, rows: Sequence[VersionRow], question: str = "") -> list[Item]:
    asked = _asked(session, [(row.question, row.question_version) for row in rows])
    tallies = _tallies(session, question)
    tests = _tests(session, question)
    absent = _absences(session)
    newest: dict[str, int] = {}
    for row in rows:
        newest[row.question] = max(row.question_version, newest.get(row.question, 0))
    found = []
    for row in rows:
        edition = (row.question, row.question_version)
        known = asked.get(edition)
        told = tallies.get(edition, [])
        choices = tuple(tabulate(known, told)) if known else ()
        made = Item(
            question=row.question,
            version=row.question_version,
            is_newest=newest[row.question] == row.question_version,
            asked=known,
            answers=row.answers,
            raced=row.raced,
            fully=row.fully,
            marks=Marks(count=row.answers, sum=row.score_ppm, squares=int(row.squares_ppm2)),
            lower_ms=row.lower_ms,
            median_ms=row.median_ms,
            upper_ms=row.upper_ms,
            rushed=row.rushed,
            choices=choices,
            chosen=sum(one.answers for one in told),
            tests=tuple(tests.get(edition, [])),
            absent=absent(*edition),
        )
        found.append(_flagged(made))
    return found


def _flagged(item: Item) -> Item:
    evidence = Evidence(
        marks=item.marks,
        pairs=item.widest.pairs if item.widest else NO_ATTEMPTS,
        chance_ppm=chance_ppm(item.asked) if item.asked else None,
        chosen=item.chosen,
        idle_options=sum(one.is_idle for one in item.choices),
        rushed=item.rushed,
    )
    return replace(item, flags=flags(evidence))


def _asked(session: Session, editions: list[Edition]) -> dict[Edition, Question]:
    try:
        return dict(zip(editions, library.pinned(session, editions), strict=True))
    except UnknownDocument:
        return {one: asked for one in editions if (asked := _version(session, *one)) is not None}


def _version(session: Session, question: str, version: int) -> Question | None:
    try:
        return library.question(session, question, version)
    except UnknownDocument:
        return None


def _tallies(session: Session, question: str) -> dict[Edition, list[Tally]]:
    query = select(ResponseRow).order_by(ResponseRow.response)
    if question:
        query = query.where(ResponseRow.question == question)
    found: dict[Edition, list[Tally]] = defaultdict(list)
    for row in session.scalars(query):
        found[row.question, row.question_version].append(
            Tally(
                response=read(row.response),
                answers=row.answers,
                score_ppm=row.score_ppm,
                tests=row.tests,
                tests_ppm=row.tests_ppm,
            )
        )
    return found


def _tests(session: Session, question: str) -> dict[Edition, list[InTest]]:
    query = select(SumRow)
    if question:
        # All questions of the tests that ask it: its effective weight is a share of theirs.
        asking = select(SumRow.quiz, SumRow.positions).where(SumRow.question == question)
        query = query.where(tuple_(SumRow.quiz, SumRow.positions).in_(asking))
    attempts: dict[TestKey, int] = {
        (one.quiz, one.positions): one.attempts for one in tests_sat(session)
    }
    found: dict[Edition, list[InTest]] = defaultdict(list)
    for one in in_tests(session.scalars(query).all(), attempts):
        found[one.question, one.version].append(one)
    for inside in found.values():
        inside.sort(key=lambda one: (-one.pairs.attempts, one.quiz, one.positions))
    return found


def _absences(session: Session) -> Callable[[str, int], Absent | None]:
    told: Absences | None = current_app.extensions.get(_ABSENCES)
    return told(session) if told else lambda _question, _version: None
