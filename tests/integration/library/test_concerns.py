"""What editors have to look at is found once a day, and anew when the library changes."""

from datetime import date, timedelta
from pathlib import Path

from psot.database import Database
from psot.library import queries
from psot.library.values import Concerns
from tests.content import a_library, write_pack

TODAY = date(2026, 11, 22)
A_DAY = timedelta(days=1)


def concerns(library: Database, today: date) -> Concerns:
    with library.begin() as session:
        return queries.concerns(session, today=today)


def test_the_concerns_of_a_day_are_found_once_until_the_library_changes(
    library: Database, tmp_path: Path
) -> None:
    found = concerns(library, TODAY)
    assert concerns(library, TODAY) is found

    with library.begin() as session:
        a_library(session, write_pack(tmp_path))

    after = concerns(library, TODAY)
    known = {(one.kind, one.name, one.reason) for one in found.found}
    new = {(one.kind, one.name, one.reason) for one in after.found} - known
    assert ("topic", "ladders", "no_lesson") in new


def test_another_day_has_concerns_of_its_own_and_only_the_last_days_are_kept(
    library: Database,
) -> None:
    days = [TODAY + A_DAY * number for number in range(20)]

    assert [concerns(library, one).today for one in days] == days
    assert concerns(library, days[-1]) is concerns(library, days[-1])


def test_a_transaction_that_changes_the_library_sees_its_own_concerns_and_keeps_them_to_itself(
    library: Database, tmp_path: Path
) -> None:
    before = concerns(library, TODAY)

    with library.begin() as session:
        a_library(session, write_pack(tmp_path))
        inside = queries.concerns(session, today=TODAY)
        session.rollback()

    assert ("topic", "ladders") in {(one.kind, one.name) for one in inside.found}
    assert concerns(library, TODAY) == before
