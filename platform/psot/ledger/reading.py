"""Read facts back for a page that shows what happened; nothing read so is ever folded."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

import events
from psot.ledger.append import Recorded
from psot.ledger.models import FactRow


def told(session: Session, kind: type[events.Fact], **data: Any) -> list[Recorded]:
    """Return the facts of ``kind`` whose data holds all of ``data``, in the order of their seq.

    Reads every fact of the kind: for kinds of which there are few.
    """
    rows = session.scalars(
        select(FactRow)
        .where(FactRow.type == kind.type, FactRow.data.contains(data))
        .order_by(FactRow.seq)
    )
    return [Recorded.of(row) for row in rows]
