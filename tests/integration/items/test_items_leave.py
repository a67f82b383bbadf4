"""A question that tells nobody apart leaves the rating by itself, and comes back when it does."""

from datetime import UTC, datetime, timedelta

from events.rating import SeasonCalibrated
from psot.database import Database
from psot.ratings.operations import calibrate, open_season
from psot.ratings.queries import absences
from tests.integration.items.history import AUTUMN, RIGHT, WRONG, Entry, drain, member, sat, tell

OPENED = datetime(2026, 10, 1, 9, tzinfo=UTC)
NOVEMBER = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def season(database: Database) -> None:
    with database.begin() as session:
        open_season(session, now=OPENED)
    drain(database)


def taken(database: Database, now: datetime) -> SeasonCalibrated:
    with database.begin() as session:
        (fact,) = calibrate(session, now=now)
    drain(database)
    return fact


def against(numbers: range, *, version: int = 1) -> list[Entry]:
    """Members for whom the third question goes against the others."""
    return [
        entry
        for n in numbers
        for entry in sat(
            member(n),
            [RIGHT, RIGHT, WRONG] if n % 2 else [WRONG, WRONG, RIGHT],
            versions=[1, 1, version],
            at=AUTUMN,
        )
    ]


def along(numbers: range) -> list[Entry]:
    """Members for whom all three questions go together."""
    return [
        entry
        for n in numbers
        for entry in sat(member(n), [RIGHT] * 3 if n % 2 else [WRONG] * 3, at=AUTUMN)
    ]


def test_a_question_against_the_rest_leaves_with_its_reason_and_moment(ledger: Database) -> None:
    season(ledger)
    tell(ledger, against(range(28)))
    assert taken(ledger, NOVEMBER).left_out == {}, "twenty-eight attempts say nothing"
    tell(ledger, against(range(28, 40)))
    fact = taken(ledger, NOVEMBER + HOUR)

    assert fact.left_out == {"q3@1": "negative_discrimination"}
    assert fact.left_out_at == {"q3@1": NOVEMBER + HOUR}
    with ledger.begin() as session:
        told = absences(session)
        found = told("q3", 1)
        assert (told("q3", 2), told("q1", 1)) == (None, None)
    assert found is not None
    assert found.since == NOVEMBER.date()


def test_it_stays_out_near_zero_and_returns_above(ledger: Database) -> None:
    season(ledger)
    tell(ledger, against(range(40)))
    left = taken(ledger, NOVEMBER)
    tell(ledger, along(range(40, 78)))
    with ledger.begin() as session:
        unchanged = calibrate(session, now=NOVEMBER + HOUR)
    tell(ledger, along(range(78, 90)))
    back = taken(ledger, NOVEMBER + 2 * HOUR)

    assert left.left_out_at == {"q3@1": NOVEMBER}
    assert unchanged == [], "a little below zero is not enough to return"
    assert (back.left_out, back.left_out_at) == ({}, {})


def test_the_next_season_opens_without_it(ledger: Database) -> None:
    season(ledger)
    tell(ledger, against(range(40)))
    taken(ledger, NOVEMBER)
    new_year = datetime(2027, 1, 9, 12, tzinfo=UTC)
    with ledger.begin() as session:
        open_season(session, now=new_year)
    drain(ledger)

    with ledger.begin() as session:
        found = absences(session)("q3", 1)
    assert found is not None
    assert found.since == new_year.date()


def test_a_question_that_nearly_everybody_knows_leaves_in_all_its_versions(
    ledger: Database,
) -> None:
    season(ledger)
    tell(
        ledger,
        [entry for n in range(40) for entry in sat(member(n), [RIGHT, RIGHT if n % 2 else WRONG])],
    )

    assert taken(ledger, NOVEMBER).left_out == {"q1": "too_easy"}
