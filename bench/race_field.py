"""A field of racers with seats, made in a moment: thousands by a few statements each.

What the product does for one racer at a time (registering, taking a seat) is done here for all at
once, and comes to the same rows and facts; the start list and the draw are the product's own.
"""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import text

from events.competition import RacerRegistered
from psot import clock
from psot.bots import exhibition
from psot.course import allowance
from psot.ledger import append_many
from psot.races import operations
from psot.races.stages import Stage
from psot.runtime import Runtime

FACTS_AT_ONCE = 2000
SOON_S = 3
# A long course without holds: racers have something to answer all the time.
OPTIONS: dict[str, Any] = {
    "laps": 6,
    "bouts": ["P", "S"],
    "stations": 2,
    "falls": 1,
    "fall_s": 0,
    "loop_s": 0,
    "prone_s": 120,
    "standing_s": 120,
    "start": {"kind": "simultaneous"},
}

_MEMBERS = text(
    "INSERT INTO members (id, email, active, fs_uniquifier, display_name, region, timezone)"
    " SELECT lpad(to_hex(n), 32, '0')::uuid, 'racer' || n || '@psot.example', true, 'racer' || n,"
    " 'Racer ' || n, 'RU-TYU', 'Asia/Yekaterinburg' FROM generate_series(1, :racers) AS n"
)
_ENTRIES = text(
    "INSERT INTO race_entries (race, member, region, registered_at)"
    " SELECT :race, id, region, :now FROM members"
)
_SEATS = text(
    "INSERT INTO race_runs"
    " (race, bib, member, entered_at, seat_no, seat_sha256, rtts_ms, bucket_ms)"
    " SELECT race, bib, member, :now, 1,"
    " encode(sha256(convert_to('seat-' || bib, 'UTF8')), 'hex'), '[]', :bucket_ms"
    " FROM race_entries WHERE race = :race AND bib IS NOT NULL"
    " ON CONFLICT (race, bib) DO UPDATE"
    " SET seat_sha256 = excluded.seat_sha256, seat_no = race_runs.seat_no + 1"
)
_SOON = text("UPDATE races SET starts_at = :at WHERE id = :race")
_LISTED = text("SELECT bib, member FROM race_entries WHERE race = :race AND bib IS NOT NULL")


def field(made: Runtime, racers: int) -> UUID:
    """Make members and a race of them in zeroing; returns the race. Nobody has a seat yet."""
    now = clock.now()
    with made.database.begin() as session:
        session.execute(text("DELETE FROM members"))
        session.execute(_MEMBERS, {"racers": racers})
        race = exhibition.open_race(
            session, title="Bench", format_="sprint", options=OPTIONS, now=now
        ).id
        session.execute(_ENTRIES, {"race": race, "now": now})
        facts = [
            (
                RacerRegistered(race=race, member=UUID(int=number), number=1),
                f"{race}:{UUID(int=number)}:1",
                now,
            )
            for number in range(1, racers + 1)
        ]
        for first in range(0, racers, FACTS_AT_ONCE):
            append_many(session, facts[first : first + FACTS_AT_ONCE])
        operations.enter_stage(session, race, Stage.ZEROING, now=now, by=None)
    return race


def take_seats(made: Runtime, race: UUID) -> None:
    """Give everybody a new seat: the token of bib 7 is ``seat-7``."""
    with made.database.begin() as session:
        told = {"race": race, "now": clock.now(), "bucket_ms": allowance.AT_FIRST_MS}
        session.execute(_SEATS, told)


def write_seats(made: Runtime, race: UUID, path: Path) -> None:
    """Write who races for `bench.crowd`, a JSON object a line."""
    with made.database.begin() as session:
        rows = session.execute(_LISTED, {"race": race}).all()
    lines = (
        json.dumps({"bib": row.bib, "member": row.member.hex, "seat": f"seat-{row.bib}"})
        for row in sorted(rows, key=lambda one: one.bib)
    )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def start(made: Runtime, race: UUID) -> float:
    """Let the race run; returns how many seconds from now its zero is."""
    now = clock.now()
    with made.database.begin() as session:
        session.execute(_SOON, {"race": race, "at": now + timedelta(seconds=SOON_S)})
        view = operations.enter_stage(session, race, Stage.RUNNING, now=now, by=None)
    return (view.zero_at - clock.now()).total_seconds() if view.zero_at else 0.0


_TOLD = text(
    """
    SELECT (data ->> 'bib')::int AS bib, count(*) AS facts FROM ledger_facts
    WHERE type = ANY(:types) AND data ->> 'race' = :race AND data ->> 'question' IS NOT NULL
    GROUP BY 1
    """
)
_LATE = text(
    "SELECT bib, count(*) AS late FROM race_tasks"
    " WHERE race = :race AND outcome = 'late' AND chosen IS NULL GROUP BY 1"
)
_OF_ANSWERS = [
    f"psot.race.{one}.v1" for one in ("station.passed", "racer.fell", "target.hit", "target.missed")
]


def answers_told(made: Runtime, race: UUID) -> dict[int, int]:
    """Return by bib how many answers the ledger tells of: one fact each that names a question.

    A shot whose time ran out is told the same way, and is no answer.
    """
    with made.database.begin() as session:
        told = session.execute(_TOLD, {"race": str(race), "types": _OF_ANSWERS}).all()
        late = {row.bib: row.late for row in session.execute(_LATE, {"race": race})}
    return {row.bib: row.facts - late.get(row.bib, 0) for row in told}
