"""What is kept up fact by fact equals a recomputation from nothing, whatever happened when."""

from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from psot.database import Database
from psot.ledger.verify import verify
from psot.ratings.projections import RATINGS
from psot.ratings.sums import Sums
from scoring.rating import RegionSums
from tests.integration.ratings.histories import entries
from tests.integration.ratings.history import Entry, drain, happen, start_over, stored, tell
from tests.integration.ratings.oracle import Oracle, Rated


def rated(database: Database) -> dict[str, dict[UUID, Rated]]:
    """The stored rating of everybody, by season; a season without anybody is left out."""
    found: dict[str, dict[UUID, Rated]] = {}
    with database.begin() as session:
        for row in session.execute(text("SELECT * FROM rating_members")).mappings():
            figures = {name: row[name] for name in Rated.__dataclass_fields__}
            found.setdefault(row["season"], {})[row["member"]] = Rated(**figures)
    return found


def regions(database: Database) -> dict[str, dict[str, tuple[RegionSums, int]]]:
    """The stored sums of every region, by season, with the number of active members."""
    found: dict[str, dict[str, tuple[RegionSums, int]]] = {}
    names = Sums.__dataclass_fields__
    with database.begin() as session:
        for row in session.execute(text("SELECT * FROM rating_regions")).mappings():
            sums = Sums(**{name: row[name] for name in names})
            found.setdefault(row["season"], {})[row["region"]] = (sums.rule, sums.active)
    return found


def without_empty(seasons: dict[str, Any]) -> dict[str, Any]:
    return {name: one for name, one in seasons.items() if one}


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(told=entries, data=st.data())
def test_every_order_batching_and_repetition_ends_where_the_pure_rules_end(
    ledger: Database, told: list[Entry], data: st.DataObject
) -> None:
    start_over(ledger)
    tell(ledger, told)
    expected = stored(ledger)
    oracle = Oracle(told)
    assert rated(ledger) == without_empty(oracle.rated())
    assert regions(ledger) == without_empty(oracle.regions())
    start_over(ledger)
    for entry in data.draw(st.permutations(told)):
        happen(ledger, entry)
        if data.draw(st.booleans()):
            happen(ledger, entry)  # told twice, it happened once
        if data.draw(st.booleans()):
            drain(ledger, batch=data.draw(st.integers(1, 4)))
    drain(ledger, batch=data.draw(st.integers(1, 30)))

    assert stored(ledger) == expected
    assert {one.drifted for one in verify(ledger, RATINGS)} == {0}
