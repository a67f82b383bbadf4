"""A season of a whole community, written straight onto the ledger: so many facts of every kind.

Facts stand in the order of time, as they would; the kinds are mixed as learners mix them.
"""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from psot.database import Database
from psot.ratings.projections import RATINGS
from psot.ratings.rules import season_named

SEASON = season_named("2026-Q4")
REGIONS = 85
QUESTIONS = 1_500
RECORDINGS = 200
SCENARIOS = 12
RACES = 40

Row = tuple[str, str, UUID | None, dict[str, Any], datetime]
"""Type, key, member, data, moment."""

# Of a hundred facts so many tell of this; the rest are answers.
WATCHED, RACED, PRACTISED, ACCEPTED, MOVED = 30, 3, 3, 2, 1


def somebody(number: int) -> UUID:
    """Return the id of member ``number``."""
    return UUID(int=(7 << 76) | (2 << 62) | number + 1)


def history(facts: int, members: int, calibrations: int, seed: int = 1) -> Iterator[Row]:
    """Tell ``facts`` facts of ``members``, with so many ``calibrations`` between them."""
    random = Random(seed)  # noqa: S311 - a community for measuring
    joined = SEASON.starts_at - timedelta(days=30)
    for number in range(members):
        who = somebody(number)
        data = {"member": str(who), "region": f"RU-{number % REGIONS:03}"}
        yield "psot.member.registered.v1", str(who), who, data, joined
    opened = {
        "season": SEASON.name,
        "starts_on": SEASON.starts_on.isoformat(),
        "weeks": SEASON.weeks,
        "rules": 1,
        "mean_ppm": 620_000,
    }
    yield "psot.rating.season.opened.v1", SEASON.name, None, opened, SEASON.starts_at
    left = facts - members - 1 - calibrations
    span = SEASON.ends_at - SEASON.starts_at
    every = max(1, left // max(1, calibrations))
    for number in range(left):
        at = SEASON.starts_at + span * (number / left)
        if calibrations and number % every == 0 and number // every < calibrations:
            yield _calibrated(number // every + 1, at)
        yield _deed(random, number, somebody(random.randrange(members)), at)


def load(database: Database, rows: Iterator[Row]) -> int:
    """Copy ``rows`` onto the ledger with an open delivery to the ratings each; returns how many."""
    count = 0
    heard = set(RATINGS.names())
    with database.engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        with raw.cursor() as cursor:
            columns = "type, key, member, data, occurred_at"
            with cursor.copy(f"COPY ledger_facts ({columns}) FROM STDIN") as copy:
                for type_, key, member, data, at in rows:
                    if type_ not in heard:
                        raise ValueError(f"the ratings do not listen to {type_}")
                    copy.write_row((type_, key, member, json.dumps(data), at))
                    count += 1
            cursor.execute(
                "INSERT INTO ledger_deliveries (projection, seq)"
                " SELECT 'ratings', seq FROM ledger_facts"
            )
        raw.commit()
    with database.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM ANALYZE")
    return count


def _deed(random: Random, number: int, who: UUID, at: datetime) -> Row:
    chosen = random.randrange(100)
    key = f"{number}"
    id_ = str(UUID(int=random.getrandbits(128)))
    member = {"member": str(who)}
    if chosen < WATCHED:
        ms = random.randrange(15_000, 60_000)
        data = {
            "recording": f"rec-{random.randrange(RECORDINGS)}",
            "viewing": id_,
            "check": id_,
            "season": SEASON.name,
            "ms": ms,
            "parts": [[0, ms]],
        }
        return "psot.recording.time.credited.v1", key, who, member | data, at
    chosen -= WATCHED
    if chosen < RACED:
        race = str(UUID(int=random.randrange(RACES) + 1))
        data = {"race": race, "minutes": 20}
        return "psot.race.participation.credited.v1", key, who, member | data, at
    chosen -= RACED
    if chosen < PRACTISED:
        return "psot.workplace.run.finished.v1", key, who, member | _run(random, id_), at
    chosen -= PRACTISED
    if chosen < ACCEPTED:
        data = {"thread": id_, "answer": id_, "by": str(somebody(0)), "by_expert": True}
        return "psot.community.answer.accepted.v1", key, who, member | data, at
    chosen -= ACCEPTED
    if chosen < MOVED:
        data = {"region": f"RU-{random.randrange(REGIONS):03}"}
        return "psot.member.moved.v1", key, who, member | data, at
    return "psot.learning.question.answered.v1", key, who, member | _answer(random, id_), at


def _run(random: Random, id_: str) -> dict[str, Any]:
    return {
        "run": id_,
        "scenario": f"scenario-{random.randrange(SCENARIOS)}",
        "version": 1,
        "mode": "practice",
        "number": random.randrange(1, 4),
        "how": "finished",
        "score_ppm": random.randrange(1_000_000),
        "duration_ms": 500_000,
        "minutes": 9,
    }


def _answer(random: Random, id_: str) -> dict[str, Any]:
    return {
        "attempt": id_,
        "quiz": "bench",
        "mode": "practice",
        "question": f"q-{random.randrange(QUESTIONS):04}",
        "question_version": 1,
        "nth": 1,
        "score_ppm": random.choice((0, 1_000_000, 1_000_000)),
        "response": None,
        "response_ms": random.randrange(500, 60_000),
    }


def _calibrated(number: int, at: datetime) -> Row:
    questions = [f"q-{one:04}" for one in range(QUESTIONS)]
    data = {
        "season": SEASON.name,
        "number": number,
        "weeks_elapsed": SEASON.weeks_elapsed(at),
        "mean_ppm": 600_000 + number % 50,
        "facility_ppm": {
            one: 300_000 + (n * 400 + number) % 600_000 for n, one in enumerate(questions)
        },
        "median_ms": {one: 20_000 + n for n, one in enumerate(questions)},
        "left_out": {},
        "left_out_at": {},
    }
    return "psot.rating.season.calibrated.v2", f"{SEASON.name}:{number}", None, data, at
