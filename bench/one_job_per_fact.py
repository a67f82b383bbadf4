"""The peer of `bench/ledger.py`: a job carries one fact to the fold."""

from sqlalchemy import text

from psot.ledger import Recorded
from psot.projections import CATALOGUE
from psot.runtime import runtime

FOLD_ONE = f"{__name__}.fold_one"

_MARK = text(
    "UPDATE ledger_deliveries SET delivered_at = clock_timestamp()"
    " WHERE projection = :projection AND seq = :seq AND delivered_at IS NULL RETURNING seq"
)
_FACT = text("SELECT seq, type, data, occurred_at FROM ledger_facts WHERE seq = :seq")


def fold_one(seq: int) -> None:
    """Fold the fact ``seq`` into every projection that listens, each with its mark."""
    database = runtime().database
    for projection in CATALOGUE.projections:
        with database.begin() as session:
            if session.execute(_MARK, {"projection": projection.name, "seq": seq}).scalar():
                row = session.execute(_FACT, {"seq": seq}).one()
                projection.fold(session, [Recorded.of(row)])
