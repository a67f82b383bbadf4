"""What an answer and an attempt add to the counts: pure, so that it can be taken back exactly."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from scoring.items import Pairs
from scoring.rating import PARAMETERS

ZONE = ZoneInfo(PARAMETERS[max(PARAMETERS)].time_zone)
PPM = 1_000_000
TENTH_MS = 100
LONGEST_RESPONSE = 600
"""So many characters of a response are told apart; longer ones are texts nobody compares."""

Edition = tuple[str, int]
"""A question and its version."""
Amounts = tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class First:
    """A member's first answer to a question."""

    member: UUID
    question: str
    version: int
    answered_at: datetime
    nth: int
    attempt: UUID
    race: bool
    score_ppm: int
    response_ms: int
    response: str | None

    @property
    def order(self) -> tuple[datetime, int, UUID]:
        """Of two, the one that comes first by this is the first answer."""
        return self.answered_at, self.nth, self.attempt

    @property
    def edition(self) -> Edition:
        """What was answered."""
        return self.question, self.version


@dataclass(frozen=True, kw_only=True)
class Mark:
    """An answer inside an attempt."""

    question: str
    version: int
    nth: int
    score_ppm: int
    response: str | None


@dataclass(kw_only=True)
class Changes:
    """What to add to each table: by key, the amounts of its counting columns."""

    versions: dict[Edition, Amounts] = field(default_factory=dict)
    times: dict[tuple[str, int, int], Amounts] = field(default_factory=dict)
    weeks: dict[tuple[str, int, date], Amounts] = field(default_factory=dict)
    responses: dict[tuple[str, int, str], Amounts] = field(default_factory=dict)
    pairs: dict[tuple[str, int, str, int, int, int], Amounts] = field(default_factory=dict)
    sums: dict[tuple[str, int, str, int], Amounts] = field(default_factory=dict)
    totals: dict[tuple[str, int, int], Amounts] = field(default_factory=dict)

    def add_first(self, one: First, sign: int = 1) -> None:
        """Count a first answer, or take it back with ``sign`` -1."""
        score = one.score_ppm
        fully = int(score == PPM)
        _add(self.versions, one.edition, sign, (1, int(one.race), fully, score, score * score))
        _add(self.times, (*one.edition, one.response_ms // TENTH_MS), sign, (1,))
        _add(self.weeks, (*one.edition, monday(one.answered_at)), sign, (1, score))
        if one.response is not None:
            _add(self.responses, (*one.edition, one.response), sign, (1, score, 0, 0))

    def add_attempt(self, quiz: str, marks: Sequence[Mark], sign: int = 1) -> None:
        """Count the first finished attempt of a member at ``quiz``, or take it back."""
        positions = len(marks)
        if not positions:
            return
        total = sum(one.score_ppm for one in marks)
        share_ppm = round(Fraction(total, positions))
        _add(self.totals, (quiz, positions, total), sign, (1,))
        for one in marks:
            test = (quiz, positions, one.question, one.version)
            rest = total - one.score_ppm
            _add(self.pairs, (*test, one.score_ppm, rest), sign, (1,))
            sums = Pairs.of([(one.score_ppm, rest)])
            _add(
                self.sums,
                test,
                sign,
                (
                    sums.attempts,
                    sums.marks,
                    sums.marks2,
                    sums.rests,
                    sums.rests2,
                    sums.products,
                ),
            )
            if one.nth == 1 and one.response is not None:
                where = (one.question, one.version, one.response)
                _add(self.responses, where, sign, (0, 0, 1, share_ppm))


def monday(moment: datetime) -> date:
    """Return the first day of the week of ``moment``, in Moscow.

    >>> from datetime import UTC
    >>> monday(datetime(2026, 11, 22, 21, 30, tzinfo=UTC))
    datetime.date(2026, 11, 23)
    """
    day = moment.astimezone(ZONE).date()
    return day - timedelta(days=day.weekday())


def kept(response: str | None) -> str | None:
    """Return a response as it is told apart from others."""
    return None if response is None else response[:LONGEST_RESPONSE]


def first_of(answers: Iterable[First]) -> dict[tuple[UUID, str], First]:
    """Return the first answer of each member to each question."""
    found: dict[tuple[UUID, str], First] = {}
    for one in answers:
        known = found.get((one.member, one.question))
        if known is None or one.order < known.order:
            found[one.member, one.question] = one
    return found


def by_test(rows: Iterable[Any]) -> dict[tuple[UUID, str], list[Mark]]:
    """Return the marks of each member's counted attempt at each quiz."""
    found: dict[tuple[UUID, str], list[Mark]] = defaultdict(list)
    for row in rows:
        found[row.member, row.quiz].append(
            Mark(
                question=row.question,
                version=row.question_version,
                nth=row.nth,
                score_ppm=row.score_ppm,
                response=row.response,
            )
        )
    return found


def _add(table: dict[Any, Amounts], key: Any, sign: int, amounts: Amounts) -> None:
    before = table.get(key, (0,) * len(amounts))
    table[key] = tuple(was + sign * one for was, one in zip(before, amounts, strict=True))
