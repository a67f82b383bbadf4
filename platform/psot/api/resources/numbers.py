"""Public numbers."""

from typing import Any

from psot import clock
from psot.api.contract import operation
from psot.api.schemas.numbers import NumbersPage
from psot.api.words import N_
from psot.database import transaction
from psot.numbers import queries


@operation(
    "/numbers",
    group="ratings",
    summary=N_("What the community comes to"),
    about=N_("Every public figure, as of which fact, with a year of weeks."),
    answer=NumbersPage,
)
def public_numbers() -> dict[str, Any]:
    """Return all public figures."""
    with transaction() as session:
        found = queries.figures(session, clock.now())
    return {
        "items": [
            {
                "name": one.name,
                "unit": one.unit,
                "total": one.total,
                "fact": one.seq,
                "fact_at": one.at,
                "weeks": [{"week": each.on, "total": each.total} for each in one.weeks],
            }
            for one in found
        ],
        "next": None,
    }
