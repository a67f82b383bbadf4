"""Every figure opens: the weeks and answers a rating is made of, with the facts behind them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from psot.ratings.contributions import Contribution, contributions
from psot.ratings.intake import SCENARIO
from psot.ratings.models import AttemptRow, ParticipationRow, PracticeRow, WatchedRow
from psot.ratings.rules import Absence, Standard
from psot.ratings.standards import standards
from scoring.rating import (
    Derivation,
    EffectivenessSums,
    FirstAttempt,
    Week,
    credited_minutes,
    derive,
)
from scoring.rating.advice import Position


@dataclass(frozen=True, kw_only=True)
class AnswerLine:
    """A first answer of the season: what it was worth, and the attempt or race it was given in."""

    question: str
    version: int
    quiz: str
    attempt: UUID
    answered_at: datetime
    nth: int
    """1 where the member had never answered this question in any season before; 0 in a race."""
    race: UUID | None
    week: int
    response_ms: int
    score_ppm: int
    facility_ppm: int | None
    weight_ppm: int
    absence: Absence | None
    """Set where the question has left the rating and weighs nothing."""
    minutes: int

    @property
    def scenario(self) -> str:
        """Id of the scenario where this is the first run of one; else empty."""
        return self.question.removeprefix(SCENARIO) if self.question.startswith(SCENARIO) else ""


@dataclass(frozen=True, kw_only=True)
class PracticeLine:
    """A scenario finished for the first time in the season: its norm counts in its ``week``."""

    scenario: str
    run: UUID
    finished_at: datetime
    week: int
    minutes: int


@dataclass(frozen=True, kw_only=True)
class RaceLine:
    """A race that the member finished: its normed minutes count in its ``week``."""

    race: UUID
    finished_at: datetime
    week: int
    minutes: int


@dataclass(frozen=True, kw_only=True)
class RecordingLine:
    """What was credited of a recording in a ``week``; the whole minutes of the week count."""

    recording: str
    week: int
    ms: int


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A rating opened: the pure derivation and what it is made of, each in its order."""

    derivation: Derivation
    answers: tuple[AnswerLine, ...]
    races: tuple[RaceLine, ...]
    recordings: tuple[RecordingLine, ...]
    practices: tuple[PracticeLine, ...]
    contributions: tuple[Contribution, ...]
    standard: Standard

    @property
    def mean_ppm(self) -> int:
        """The season's mean first score."""
        return self.standard.mean_ppm

    @property
    def weeks_elapsed(self) -> int:
        """How many weeks had begun when the shared figures were taken."""
        return self.standard.weeks_elapsed

    @property
    def sums(self) -> EffectivenessSums:
        """What effectiveness is made of, exact."""
        lines = self.derivation.attempts
        return EffectivenessSums(
            weight_ppm=sum(one.weight_ppm for one in lines),
            weighted_score_ppm2=sum(one.weight_ppm * one.score_ppm for one in lines),
        )

    @property
    def position(self) -> Position:
        """Where the member stands, for what could raise it."""
        return Position(
            weeks_min={one.index: one.minutes for one in self.derivation.weeks},
            weeks_elapsed=self.weeks_elapsed,
            sums=self.sums,
            mean_ppb=self.standard.mean_ppb,
            params=self.standard.parameters,
        )


def open_rating(session: Session, season: str, member: UUID) -> Opened | None:
    """Open the rating of ``member``; None without the season or anything that counts in it."""
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
    races = _races(session, season, member)
    recordings = _recordings(session, season, member)
    practices = _practices(session, season, member)
    given = tuple(contributions(session, standard, [member]).get(member, ()))
    if not (rows or races or recordings or practices or given):
        return None
    return Opened(
        derivation=_derivation(standard, rows, (*races, *practices, *given), recordings),
        answers=tuple(_line(standard, row) for row in rows),
        races=races,
        recordings=recordings,
        practices=practices,
        contributions=given,
        standard=standard,
    )


def _races(session: Session, season: str, member: UUID) -> tuple[RaceLine, ...]:
    rows = session.scalars(
        select(ParticipationRow)
        .where(ParticipationRow.season == season, ParticipationRow.member == member)
        .order_by(ParticipationRow.finished_at, ParticipationRow.race)
    )
    return tuple(
        RaceLine(race=row.race, finished_at=row.finished_at, week=row.week, minutes=row.minutes)
        for row in rows
    )


def _recordings(session: Session, season: str, member: UUID) -> tuple[RecordingLine, ...]:
    rows = session.scalars(
        select(WatchedRow)
        .where(WatchedRow.season == season, WatchedRow.member == member)
        .order_by(WatchedRow.week, WatchedRow.recording)
    )
    return tuple(RecordingLine(recording=row.recording, week=row.week, ms=row.ms) for row in rows)


def _practices(session: Session, season: str, member: UUID) -> tuple[PracticeLine, ...]:
    rows = session.scalars(
        select(PracticeRow)
        .where(PracticeRow.season == season, PracticeRow.member == member)
        .order_by(PracticeRow.finished_at, PracticeRow.run)
    )
    return tuple(
        PracticeLine(
            scenario=row.scenario,
            run=row.run,
            finished_at=row.finished_at,
            week=row.week,
            minutes=row.minutes,
        )
        for row in rows
    )


def _derivation(
    standard: Standard,
    rows: list[AttemptRow],
    normed: tuple[RaceLine | PracticeLine | Contribution, ...],
    recordings: tuple[RecordingLine, ...],
) -> Derivation:
    normed_min: dict[int, int] = defaultdict(int)
    for line in normed:
        normed_min[line.week] += line.minutes
    watched_ms: dict[int, int] = defaultdict(int)
    for one in recordings:
        watched_ms[one.week] += one.ms
    efforts: dict[int, int] = defaultdict(int)
    for row in rows:
        efforts[row.week] += row.response_ms >= standard.effort_from_ms(row.question)
    return derive(
        weeks_min={
            week: credited_minutes(
                Week(
                    watched_ms=watched_ms.get(week, 0),
                    answers_with_effort=efforts.get(week, 0),
                    practice_min=normed_min.get(week, 0),
                ),
                standard.parameters,
            )
            for week in sorted(efforts.keys() | normed_min.keys() | watched_ms.keys())
        },
        weeks_elapsed=standard.weeks_elapsed,
        attempts=[
            FirstAttempt(
                question=row.question,
                score_ppm=row.score_ppm,
                facility_ppm=standard.facility_ppm.get(row.question),
                left_out=standard.absence(row.question, row.question_version) is not None,
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
        version=row.question_version,
        quiz=row.quiz,
        attempt=row.attempt,
        answered_at=row.answered_at,
        nth=row.nth,
        race=row.race,
        week=row.week,
        response_ms=row.response_ms,
        score_ppm=row.score_ppm,
        facility_ppm=standard.facility_ppm.get(row.question),
        weight_ppm=standard.weight_ppm(row.question, row.question_version),
        absence=standard.absence(row.question, row.question_version),
        minutes=standard.parameters.minutes_per_question if effort else 0,
    )
