"""Minutes that are credited without an answer: races finished, scenarios done, recordings watched.

Like `intake` the first half of the fold: facts become rows, in any order the same ones.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from events.competition import ParticipationCredited
from events.recording import TimeCredited
from events.workplace import RunFinished
from psot.ledger import Recorded
from psot.ratings.rules import week_at

Watched = dict[UUID, dict[int, int]]
"""Newly credited milliseconds by member and week."""

_TAKE_PART = text(
    """
    INSERT INTO rating_participations (race, member, season, finished_at, week, minutes)
    SELECT * FROM json_to_recordset(CAST(:rows AS json)) AS new (
        race uuid, member uuid, season text, finished_at timestamptz, week int, minutes int)
    ON CONFLICT DO NOTHING RETURNING season, member
    """
)
# Of several finished runs of a scenario in a season the one finished first is credited.
_PRACTISE = text(
    """
    INSERT INTO rating_practices AS kept
        (season, member, scenario, run, finished_at, week, minutes)
    SELECT * FROM json_to_recordset(CAST(:rows AS json)) AS new (
        season text, member uuid, scenario text, run uuid, finished_at timestamptz, week int,
        minutes int)
    ON CONFLICT (season, member, scenario) DO UPDATE
    SET run = excluded.run, finished_at = excluded.finished_at, week = excluded.week,
        minutes = excluded.minutes
    WHERE (excluded.finished_at, excluded.run) < (kept.finished_at, kept.run)
    RETURNING season, member
    """
)
# Every fact is folded once, so that milliseconds can simply be added, in any order.
_WATCH = text(
    """
    INSERT INTO rating_watched AS kept (season, member, recording, week, ms)
    SELECT * FROM json_to_recordset(CAST(:rows AS json)) AS new (
        season text, member uuid, recording text, week int, ms bigint)
    ON CONFLICT (season, member, recording, week) DO UPDATE SET ms = kept.ms + excluded.ms
    """
)


def keep_participations(session: Session, batch: Sequence[Recorded]) -> dict[str, set[UUID]]:
    """Keep who finished which race; returns by season the members of whom one is new."""
    rows = []
    for one in batch:
        if isinstance(one.fact, ParticipationCredited):
            season, week = week_at(one.occurred_at)
            rows.append(
                {
                    "race": one.fact.race,
                    "member": one.fact.member,
                    "season": season,
                    "finished_at": one.occurred_at,
                    "week": week,
                    "minutes": one.fact.minutes,
                }
            )
    fresh: dict[str, set[UUID]] = {}
    if rows:
        told = json.dumps(rows, default=str)
        for season, member in session.execute(_TAKE_PART, {"rows": told}):
            fresh.setdefault(season, set()).add(member)
    return fresh


def keep_practices(session: Session, batch: Sequence[Recorded]) -> dict[str, set[UUID]]:
    """Keep whose run of which scenario is credited; returns by season the members of a new one."""
    rows: dict[tuple[str, UUID, str], dict[str, Any]] = {}
    for one in batch:
        if not isinstance(one.fact, RunFinished) or not one.fact.minutes:
            continue
        season, week = week_at(one.occurred_at)
        where = (season, one.fact.member, one.fact.scenario)
        known = rows.get(where)
        first = known and (known["finished_at"], known["run"]) <= (one.occurred_at, one.fact.run)
        if not first:
            rows[where] = {
                "season": season,
                "member": one.fact.member,
                "scenario": one.fact.scenario,
                "run": one.fact.run,
                "finished_at": one.occurred_at,
                "week": week,
                "minutes": one.fact.minutes,
            }
    fresh: dict[str, set[UUID]] = {}
    if rows:
        told = json.dumps(list(rows.values()), default=str)
        for season, member in session.execute(_PRACTISE, {"rows": told}):
            fresh.setdefault(season, set()).add(member)
    return fresh


def keep_watched(session: Session, batch: Sequence[Recorded]) -> dict[str, Watched]:
    """Add up what was credited of recordings; returns what came, by season, member and week."""
    rows: dict[tuple[str, UUID, str, int], int] = defaultdict(int)
    fresh: dict[str, Watched] = {}
    for one in batch:
        if isinstance(one.fact, TimeCredited):
            season, week = week_at(one.occurred_at)
            rows[season, one.fact.member, one.fact.recording, week] += one.fact.ms
            weeks = fresh.setdefault(season, {}).setdefault(one.fact.member, {})
            weeks[week] = weeks.get(week, 0) + one.fact.ms
    if rows:
        told = [
            {"season": season, "member": member, "recording": recording, "week": week, "ms": ms}
            for (season, member, recording, week), ms in rows.items()
        ]
        session.execute(_WATCH, {"rows": json.dumps(told, default=str)})
    return fresh
