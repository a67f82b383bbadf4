"""Read facts back for a page that shows what happened; nothing read so is ever folded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

import events
from psot.ledger.append import Recorded
from psot.ledger.models import FactRow


def told(session: Session, kind: type[events.Fact], /, **data: Any) -> list[Recorded]:
    """Return the facts of ``kind`` whose data holds all of ``data``, in the order of their seq.

    Reads every fact of the kind: for kinds of which there are few.
    """
    rows = session.scalars(
        select(FactRow)
        .where(FactRow.type == kind.type, FactRow.data.contains(data))
        .order_by(FactRow.seq)
    )
    return [Recorded.of(row) for row in rows]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A fact as it stands on the ledger: its place, its name and key, and when it was recorded."""

    seq: int
    type: str
    key: str
    fact: events.Fact
    occurred_at: datetime
    recorded_at: datetime


def told_of(
    session: Session,
    member: UUID,
    kinds: Iterable[type[events.Fact]],
    *,
    since: datetime,
    before: datetime,
) -> list[Recorded]:
    """Return the facts of ``kinds`` about ``member`` from ``since`` up to ``before``, by seq.

    Reads the facts of this member alone.
    """
    names = [name for kind in kinds for name in events.names_of(kind)]
    rows = session.scalars(
        select(FactRow)
        .where(
            FactRow.member == member,
            FactRow.type.in_(names),
            FactRow.occurred_at >= since,
            FactRow.occurred_at < before,
        )
        .order_by(FactRow.seq)
    )
    return [Recorded.of(row) for row in rows]


def entry(session: Session, seq: int) -> Entry | None:
    """Return the fact at ``seq``, or None."""
    row = session.get(FactRow, seq)
    if row is None:
        return None
    return Entry(
        seq=row.seq,
        type=row.type,
        key=row.key,
        fact=events.recall(row.type, row.data),
        occurred_at=row.occurred_at,
        recorded_at=row.recorded_at,
    )
