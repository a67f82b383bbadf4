"""The story told under fire: members answer questions through a season, and what it must come to.

The expected figures are counted here from the plain list of facts, in a single pass of the pure
rules: no database, no batches, no projections.
"""

import random
import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from events import Fact
from events.learning import QuestionAnswered
from events.member import MemberRegistered
from events.rating import SeasonCalibrated, SeasonOpened
from psot.ratings.rules import season_named
from scoring.rating import (
    PARAMETERS_V1,
    FirstAttempt,
    Week,
    activity_ppb,
    answer_minutes,
    credited_minutes,
    effectiveness_ppb,
    rating_milli,
)

SEASON = season_named("2026-Q4")
MEMBERS = 60
QUESTIONS = 80
REGIONS = ("RU-TYU", "RU-ALT", "RU-MOS", "RU-SAK", "RU-KGD")
WEEKS_ELAPSED = 6


@dataclass(frozen=True, kw_only=True)
class Told:
    """One fact with its natural key and its moment."""

    fact: Fact
    key: str
    at: datetime


def member_id(number: int) -> uuid.UUID:
    """Return the id of the ``number``-th member of the story."""
    return uuid.UUID(int=(7 << 76) | (2 << 62) | number + 1)


def _opening(members: int) -> list[Told]:
    joined = datetime(2026, 9, 1, tzinfo=UTC)
    story = [
        Told(
            fact=MemberRegistered(member=member_id(n), region=REGIONS[n % len(REGIONS)]),
            key=str(member_id(n)),
            at=joined + timedelta(minutes=n),
        )
        for n in range(members)
    ]
    opened = SeasonOpened(
        season=SEASON.name,
        starts_on=SEASON.starts_on,
        weeks=SEASON.weeks,
        rules=1,
        mean_ppm=620_000,
    )
    calibrated = SeasonCalibrated(
        season=SEASON.name,
        number=1,
        weeks_elapsed=WEEKS_ELAPSED,
        mean_ppm=640_000,
        facility_ppm={f"q{n:03}": 300_000 + 7_000 * n for n in range(0, QUESTIONS, 2)},
        median_ms={f"q{n:03}": 20_000 for n in range(0, QUESTIONS, 3)},
        left_out={},
        left_out_at={},
    )
    return [
        *story,
        Told(fact=opened, key=SEASON.name, at=SEASON.starts_at),
        Told(fact=calibrated, key=f"{SEASON.name}:1", at=SEASON.starts_at + timedelta(weeks=5)),
    ]


def story(length: int, seed: int, *, members: int = MEMBERS) -> list[Told]:
    """Return ``length`` facts in an order that is anything but the order they happened in."""
    draw = random.Random(seed)  # noqa: S311 - a story, not a secret
    told = _opening(members)
    pairs = [(m, q) for m in range(members) for q in range(QUESTIONS)]
    draw.shuffle(pairs)
    nths: dict[tuple[int, int], int] = defaultdict(int)
    for count in range(length - len(told)):
        member, question = pairs[count % len(pairs)]
        nths[member, question] += 1
        fact = QuestionAnswered(
            member=member_id(member),
            attempt=uuid.UUID(int=draw.getrandbits(128)),
            quiz="story",
            mode="practice",
            question=f"q{question:03}",
            question_version=1,
            nth=nths[member, question],
            score_ppm=draw.choice((0, 500_000, 1_000_000)),
            response=None,
            response_ms=draw.choice((900, 12_000, 31_000)),
        )
        at = SEASON.starts_at + timedelta(minutes=draw.randrange(5 * 7 * 24 * 60))
        told.append(Told(fact=fact, key=f"{fact.attempt}:{fact.question}", at=at))
    draw.shuffle(told)
    return told


def _place(kept: tuple[QuestionAnswered, datetime]) -> tuple[datetime, int]:
    """Return by what the earlier of two answers is told."""
    return kept[1], kept[0].nth


def expected(told: list[Told]) -> dict[uuid.UUID, tuple[int, int, int]]:
    """Return activity and effectiveness in billionths and the rating in thousandths, by member."""
    calibration = next(one.fact for one in told if isinstance(one.fact, SeasonCalibrated))
    firsts: dict[tuple[uuid.UUID, str], tuple[QuestionAnswered, datetime]] = {}
    for one in told:
        if isinstance(one.fact, QuestionAnswered):
            where = (one.fact.member, one.fact.question)
            if where not in firsts or (one.at, one.fact.nth) < _place(firsts[where]):
                firsts[where] = (one.fact, one.at)
    efforts: dict[uuid.UUID, list[int]] = defaultdict(lambda: [0] * SEASON.weeks)
    attempts: dict[uuid.UUID, list[FirstAttempt]] = defaultdict(list)
    for (member, question), (fact, at) in firsts.items():
        median = calibration.median_ms.get(question)
        effort = answer_minutes(fact.response_ms, median, PARAMETERS_V1) > 0
        efforts[member][SEASON.week_index(at) or 0] += effort
        attempts[member].append(
            FirstAttempt(
                question=question,
                score_ppm=fact.score_ppm,
                facility_ppm=calibration.facility_ppm.get(question),
            )
        )
    figures = {}
    for member, weeks in efforts.items():
        minutes = [credited_minutes(Week(answers_with_effort=n), PARAMETERS_V1) for n in weeks]
        a = activity_ppb(minutes, calibration.weeks_elapsed, PARAMETERS_V1)
        e = effectiveness_ppb(attempts[member], calibration.mean_ppm * 1000, PARAMETERS_V1)
        figures[member] = (a, e, rating_milli(a, e))
    return figures
