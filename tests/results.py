"""Races with results, for tests: run by the rules on paper, published as the jury publishes.

The course is told by ways (see `tests.biathlon`), so every time of the protocol is known.
"""

import itertools
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from events import dump
from psot.jury.models import ProtocolRow
from psot.jury.results import body, compute
from psot.races import operations, queries
from psot.races.proof import canonical, sha256
from psot.races.stages import ORDER, Stage
from psot.races.values import RaceView
from psot.standings.models import Logged
from scoring.biathlon import Entry, RaceFact
from tests.biathlon import document, told
from tests.races import NOW, a_race

AFTER = NOW + timedelta(hours=1)

_numbers = itertools.count(1)

SPRINT = {
    1: "60 s, 70 HHHHH, 100 lap, 160 s, 170 HMHHH, 200 loop, 230 lap, 290 s, 320 fin",
    2: "91 s, 101 HHHHM, 125 loop, 140 lap, 200 s, 215 HHHHH, 250 lap, 310 s, 338.19 fin",
    3: "125 s, 135 HHHHH, 165 lap, 230 s, 245 HHMMH, 295 loop, 310 lap, 380 s, 410.05 fin",
    4: "160 s, 171 HHHHH, 190 dnf",
    5: "121 dns",
}
"""Five racers of a sprint with one station a lap, at starts thirty seconds apart."""

RELAY = {
    1: "60 s, 70 HHHHH, 100 lap, 160 s, 170 HMHHHH, 200 lap, 260 s, 300 ex",
    2: "360 s, 370 HHHHMMMM, 395 loop, 410 lap, 470 s, 480 HHHHH, 510 lap, 570 s, 610 ex",
    3: "670 s, 680 HHHHH, 710 lap, 770 s, 780 HHHHH, 815 lap, 875 s, 915 ex",
    4: "975 s, 985 HHHHH, 1015 lap, 1075 s, 1085 HHHHH, 1115 lap, 1175 s, 1215 fin",
    5: "60 s, 70 HHHHH, 100 lap, 160 s, 170 MMHHHHH, 205 lap, 265 s, 305 ex",
    6: "360 s, 370 HHHHH, 400 lap, 460 s, 470 HHHHH, 500 lap, 560 s, 605 ex",
    7: "660 s, 670 HHHHH, 705 lap, 765 s, 775 HHHHH, 805 lap, 865 s, 905 ex",
    8: "965 s, 975 HHHHH, 1005 lap, 1065 s, 1075 MHHHHH, 1110 lap, 1170 s, 1214.95 fin",
}
"""Two teams of four of one region, one station a lap."""


def crowd(count: int) -> dict[int, str]:
    """The ways of ``count`` racers of a sprint, all of them different, by their numbers alone."""
    ways = {}
    for bib in range(1, count + 1):
        at = 30.0 * (bib - 1)
        steps = []
        for lap in (1, 2):
            at += 55 + bib * 7 % 11 + lap
            steps.append(f"{at} s")
            at += 9 + bib % 4
            misses = (bib * lap * 3) % 4 if bib % 3 else 0
            steps.append(f"{at} {'M' * misses}{'H' * (5 - misses)}")
            at += 5 + 23 * misses
            steps += [f"{at} loop"] * (misses > 0)
            at += 20 + bib % 5
            steps.append(f"{at} lap")
        at += 58 + bib * 5 % 9
        steps.append(f"{at} s")
        at += 21.3 + bib * 13 % 7 / 10
        ways[bib] = ", ".join([*steps, f"{at:.2f} fin"])
    return ways


def facts_of(race: RaceView, ways: Mapping[int, str], entries: list[Entry]) -> list[RaceFact]:
    """The facts of ``ways`` as facts of ``race``, in order of time."""
    data = {
        **document(race.format, ways, options=dict(race.options)),
        "entries": [
            {"bib": one.bib, "team": one.team, "leg": one.leg, "start_ms": one.start_ms}
            for one in entries
        ],
    }
    facts = [replace(one, race=race.id) for one in told(data).facts]
    return sorted(facts, key=lambda one: one.t_ms)


def raced(
    session: Session,
    ways: Mapping[int, str] = SPRINT,
    *,
    stage: Stage = Stage.PROVISIONAL,
    **fields: Any,
) -> RaceView:
    """A race at ``stage`` (locked, provisional or official) that was run by ``ways``."""
    race = a_race(session, stage=Stage.RUNNING, **{"racers": len(ways), **fields})
    entries = queries.field(session, race.id)
    facts = facts_of(race, ways, entries)
    session.add_all(
        Logged(seq=next(_numbers), race=race.id, type=one.type, fact=dump(one)) for one in facts
    )
    for one in ORDER[ORDER.index(Stage.LOCKED) : ORDER.index(stage) + 1]:
        if one is not Stage.LOCKED:
            publish(session, race, one, facts)
        operations.enter_stage(session, race.id, one, now=AFTER, by=None)
    return queries.race(session, race.id)


def publish(session: Session, race: RaceView, stage: Stage, facts: list[RaceFact]) -> str:
    """Publish what ``facts`` come to as the protocol of ``stage``; gives its hash."""
    made = body(race, stage.value, compute(race.rules, queries.field(session, race.id), facts))
    later = timedelta(hours=stage is Stage.OFFICIAL)
    session.add(
        ProtocolRow(
            race=race.id,
            stage=stage.value,
            body=canonical(made).decode(),
            sha256=sha256(made),
            published_at=AFTER + later,
        )
    )
    session.flush()
    return sha256(made)


def practised(session: Session, race: RaceView, member: UUID) -> RaceView:
    """A practice of ``race`` that ``member`` has raced to its end."""
    practice = operations.start_practice(session, race.id, member, AFTER)
    entries = queries.field(session, practice.id)
    way = "50 s, 60 HHHHH, 90 lap, 150 s, 160 HHHHH, 190 lap, 250 s, 280.5 fin"
    facts = facts_of(practice, {entries[0].bib: way}, entries)
    session.add_all(
        Logged(seq=next(_numbers), race=practice.id, type=one.type, fact=dump(one)) for one in facts
    )
    operations.enter_stage(session, practice.id, Stage.LOCKED, now=AFTER, by=None)
    return queries.race(session, practice.id)
