"""Every figure opens: the weeks and answers a rating is made of, with the facts behind them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from psot.ratings.models import AttemptRow
from psot.ratings.rules import Standard
from psot.ratings.standards import standards
from scoring.rating import Derivation, FirstAttempt, Week, credited_minutes, derive


@dataclass(frozen=True, kw_only=True)
class AnswerLine:
    """A first answer of the season: what it was worth, and the attempt it was given in."""

    question: str
    quiz: str
    attempt: UUID
    answered_at: datetime
    nth: int
    """1 where the member had never answered this question in any season before."""
    week: int
    response_ms: int
    score_ppm: int
    facility_ppm: int | None
    weight_ppm: int
    minutes: int


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A rating opened: the pure derivation, and the answers in the order they were given."""

    derivation: Derivation
    answers: tuple[AnswerLine, ...]
    mean_ppm: int
    weeks_elapsed: int


def open_rating(session: Session, season: str, member: UUID) -> Opened | None:
    """Open the rating of ``member``; None where the season or its first answer is missing."""
    standard = next((one for one in standards(session) if one.season == season), None)
    if standard is None:
        return None
    rows = list(
        session.scalars(
            select(AttemptRow)
            .where(AttemptRow.season == season, AttemptRow.member == member)
            .order_by(AttemptRow.answered_at, AttemptRow.question)
        )
    )
    if not rows:
        return None
    return Opened(
        derivation=_derivation(standard, rows),
        answers=tuple(_line(standard, row) for row in rows),
        mean_ppm=standard.mean_ppm,
        weeks_elapsed=standard.weeks_elapsed,
    )


def _derivation(standard: Standard, rows: list[AttemptRow]) -> Derivation:
    efforts: dict[int, int] = defaultdict(int)
    for row in rows:
        efforts[row.week] += row.response_ms >= standard.effort_from_ms(row.question)
    return derive(
        weeks_min={
            week: credited_minutes(Week(answers_with_effort=count), standard.parameters)
            for week, count in efforts.items()
        },
        weeks_elapsed=standard.weeks_elapsed,
        attempts=[
            FirstAttempt(
                question=row.question,
                score_ppm=row.score_ppm,
                facility_ppm=standard.facility_ppm.get(row.question),
            )
            for row in rows
        ],
        mean_ppb=standard.mean_ppb,
        params=standard.parameters,
    )


def _line(standard: Standard, row: AttemptRow) -> AnswerLine:
    effort = row.response_ms >= standard.effort_from_ms(row.question)
    return AnswerLine(
        question=row.question,
        quiz=row.quiz,
        attempt=row.attempt,
        answered_at=row.answered_at,
        nth=row.nth,
        week=row.week,
        response_ms=row.response_ms,
        score_ppm=row.score_ppm,
        facility_ppm=standard.facility_ppm.get(row.question),
        weight_ppm=standard.weight_ppm(row.question),
        minutes=standard.parameters.minutes_per_question if effort else 0,
    )
