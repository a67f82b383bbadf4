"""The fold of numbers: facts in any order and any batches end in the same sums."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from events.member import MemberMoved, MemberRegistered
from psot.ledger import Projection, Recorded
from psot.numbers.counting import FACTS, counts, week_of
from psot.numbers.models import FirstRow, HomeRow, RegionRow, TotalRow, WeekRow

Thing = tuple[str, str]
"""A kind and what of it counts once."""
Home = tuple[datetime, str]
"""Since when a member is in a region; of two, the greater stands."""

_FIRSTS = text(
    """
    SELECT kind, key, at FROM numbers_firsts
    JOIN unnest(CAST(:kinds AS text[]), CAST(:keys AS text[])) AS asked (kind, key)
        USING (kind, key)
    """
)
_KEEP_FIRSTS = text(
    """
    INSERT INTO numbers_firsts (kind, key, at)
    SELECT * FROM json_to_recordset(CAST(:rows AS json)) AS new (
        kind text, key text, at timestamptz)
    ON CONFLICT (kind, key) DO UPDATE SET at = excluded.at
    """
)
_ADD_WEEKS = text(
    """
    INSERT INTO numbers_weeks AS kept (kind, week, total)
    SELECT * FROM json_to_recordset(CAST(:rows AS json)) AS new (
        kind text, week date, total bigint)
    ON CONFLICT (kind, week) DO UPDATE SET total = kept.total + excluded.total
    """
)
_DROP_WEEKS = text("DELETE FROM numbers_weeks WHERE total = 0")
_ADD_TOTALS = text(
    """
    INSERT INTO numbers_totals AS kept (kind, total, facts, last_seq, last_at)
    SELECT * FROM json_to_recordset(CAST(:rows AS json)) AS new (
        kind text, total bigint, facts bigint, last_seq bigint, last_at timestamptz)
    ON CONFLICT (kind) DO UPDATE
    SET total = kept.total + excluded.total, facts = kept.facts + excluded.facts,
        last_seq = greatest(kept.last_seq, excluded.last_seq),
        last_at = greatest(kept.last_at, excluded.last_at)
    """
)
_HOMES = text(
    "SELECT member, region, since FROM numbers_homes WHERE member = ANY(CAST(:members AS uuid[]))"
)
_KEEP_HOMES = text(
    """
    INSERT INTO numbers_homes (member, region, since)
    SELECT * FROM json_to_recordset(CAST(:rows AS json)) AS new (
        member uuid, region text, since timestamptz)
    ON CONFLICT (member) DO UPDATE SET region = excluded.region, since = excluded.since
    """
)
_ADD_REGIONS = text(
    """
    INSERT INTO numbers_regions AS kept (region, members)
    SELECT * FROM json_to_recordset(CAST(:rows AS json)) AS new (region text, members int)
    ON CONFLICT (region) DO UPDATE SET members = kept.members + excluded.members
    """
)
_DROP_REGIONS = text("DELETE FROM numbers_regions WHERE members = 0")


@dataclass(kw_only=True)
class _Batch:
    """What a batch comes to, before the tables are asked."""

    totals: Counter[str] = field(default_factory=Counter)
    weeks: Counter[tuple[str, date]] = field(default_factory=Counter)
    marks: dict[str, list[tuple[int, datetime]]] = field(default_factory=dict)
    firsts: dict[Thing, datetime] = field(default_factory=dict)
    homes: dict[UUID, Home] = field(default_factory=dict)

    def take(self, one: Recorded) -> None:
        """Take a fact."""
        for count in counts(one.fact):
            self.marks.setdefault(count.kind, []).append((one.seq, one.occurred_at))
            if count.key:
                thing = count.kind, count.key
                self.firsts[thing] = min(self.firsts.get(thing, one.occurred_at), one.occurred_at)
            else:
                self.add(count.kind, one.occurred_at, count.amount)
        if isinstance(one.fact, MemberRegistered | MemberMoved):
            home = one.occurred_at, one.fact.region
            self.homes[one.fact.member] = max(self.homes.get(one.fact.member, home), home)

    def add(self, kind: str, at: datetime, amount: int) -> None:
        """Add ``amount`` of a kind in the week of ``at``."""
        self.totals[kind] += amount
        self.weeks[kind, week_of(at)] += amount


def fold(session: Session, batch: Sequence[Recorded]) -> None:
    """Fold ``batch`` into the tables of numbers."""
    told = _Batch()
    for one in batch:
        told.take(one)
    _fold_firsts(session, told)
    _fold_homes(session, told.homes)
    weeks = [
        {"kind": kind, "week": week, "total": total}
        for (kind, week), total in told.weeks.items()
        if total
    ]
    if _write(session, _ADD_WEEKS, weeks):
        session.execute(_DROP_WEEKS)
    _write(
        session,
        _ADD_TOTALS,
        [
            {
                "kind": kind,
                "total": told.totals[kind],
                "facts": len(marks),
                "last_seq": max(seq for seq, _ in marks),
                "last_at": max(at for _, at in marks),
            }
            for kind, marks in told.marks.items()
        ],
    )


def _fold_firsts(session: Session, told: _Batch) -> None:
    """Count what is new, and move what was earlier than known into its week."""
    if not told.firsts:
        return
    asked = {
        "kinds": [kind for kind, _ in told.firsts],
        "keys": [key for _, key in told.firsts],
    }
    known = {(row.kind, row.key): row.at for row in session.execute(_FIRSTS, asked)}
    rows = []
    for (kind, key), at in told.firsts.items():
        before = known.get((kind, key))
        if before is not None:
            if before <= at:
                continue
            told.add(kind, before, -1)
        told.add(kind, at, 1)
        rows.append({"kind": kind, "key": key, "at": at})
    _write(session, _KEEP_FIRSTS, rows)


def _fold_homes(session: Session, homes: Mapping[UUID, Home]) -> None:
    """Let every member count in the region chosen last."""
    if not homes:
        return
    found = session.execute(_HOMES, {"members": list(homes)})
    known: dict[UUID, Home] = {row.member: (row.since, row.region) for row in found}
    moved: Counter[str] = Counter()
    rows = []
    for member, home in homes.items():
        before = known.get(member)
        if before is not None:
            if before >= home:
                continue
            moved[before[1]] -= 1
        moved[home[1]] += 1
        rows.append({"member": member, "since": home[0], "region": home[1]})
    _write(session, _KEEP_HOMES, rows)
    changed = [{"region": region, "members": by} for region, by in moved.items() if by]
    if _write(session, _ADD_REGIONS, changed):
        session.execute(_DROP_REGIONS)


def _write(session: Session, statement: Any, rows: Iterable[Mapping[str, Any]]) -> bool:
    """Write ``rows`` where there are any, and tell whether there were."""
    found = list(rows)
    if found:
        session.execute(statement, {"rows": json.dumps(found, default=str)})
    return bool(found)


NUMBERS = Projection(
    name="numbers",
    version=1,
    facts=FACTS,
    tables=(TotalRow, WeekRow, FirstRow, HomeRow, RegionRow),
    fold=fold,
)
