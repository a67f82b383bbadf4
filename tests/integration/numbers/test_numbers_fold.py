"""Facts become public numbers: the same ones, whatever their order and their batches."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from psot.database import Database
from psot.ledger.verify import verify
from psot.numbers.projections import NUMBERS
from tests.integration.numbers.history import (
    NOW,
    WEEK,
    Entry,
    answered,
    asked,
    drain,
    happen,
    moved,
    published,
    raced,
    ran,
    registered,
    replied,
    rows,
    start_over,
    stored,
    tell,
    watched,
)


def totals(ledger: Database) -> dict[object, object]:
    return dict(rows(ledger, "numbers_totals", "kind, total"))  # type: ignore[arg-type]  # pairs


def test_every_fact_counts_for_what_it_is(ledger: Database) -> None:
    tell(
        ledger,
        registered(1),
        registered(2, "RU-ALT"),
        answered(1),
        answered(1, nth=2),
        answered(2),
        watched(1, 90_000),
        watched(1, 30_000, number=2),
        ran(1),
        ran(1, "critical", number=2),
        ran(2, "stopped"),
        asked(1),
        asked(2),
        replied(1, 1),
        replied(1, 2),
        raced(1),
        raced(2),
        published("ppe", "topic"),
        published("ppe-01"),
        published("ppe-01", version=2),
        published("ppe", "lesson"),
    )

    assert totals(ledger) == {
        "members": 2,
        "answers": 2,
        "watched": 120_000,
        "practice": 1,
        "asked": 2,
        "answered": 1,
        "finishers": 2,
        "races": 1,
        "topics": 1,
        "questions": 1,
    }
    assert rows(ledger, "numbers_regions") == [("RU-ALT", 1), ("RU-TYU", 1)]


def test_a_week_begins_on_monday_at_midnight_in_moscow(ledger: Database) -> None:
    before_midnight = NOW.replace(hour=20, minute=59)
    tell(
        ledger,
        answered(1, at=before_midnight),
        answered(2, at=before_midnight + timedelta(minutes=1)),
    )

    assert rows(ledger, "numbers_weeks") == [
        ("answers", date(2026, 11, 16), 1),
        ("answers", date(2026, 11, 23), 1),
    ]


def test_an_earlier_answer_told_late_takes_the_week_with_it(ledger: Database) -> None:
    tell(ledger, replied(1, 2, at=NOW + WEEK))
    tell(ledger, replied(1, 1, at=NOW))
    tell(ledger, replied(1, 3, at=NOW + 2 * WEEK))

    assert rows(ledger, "numbers_weeks") == [("answered", date(2026, 11, 16), 1)]
    assert rows(ledger, "numbers_totals", "total, facts") == [(1, 3)]


def test_who_moves_counts_in_the_new_region_alone(ledger: Database) -> None:
    tell(ledger, moved(1, "RU-KHA", at=NOW + 2 * WEEK))
    tell(ledger, registered(1, "RU-TYU"), moved(1, "RU-ALT", at=NOW + WEEK))
    tell(ledger, registered(2, "RU-KHA"))

    assert rows(ledger, "numbers_regions") == [("RU-KHA", 2)]


def test_every_kind_says_which_fact_it_goes_up_to(ledger: Database) -> None:
    tell(ledger, answered(1, at=NOW + WEEK), answered(2), asked(1), answered(2, nth=2, at=NOW))

    assert rows(ledger, "numbers_totals", "kind, last_seq, last_at") == [
        ("answers", 2, NOW + WEEK),
        ("asked", 3, NOW),
    ]


EVERYTHING = st.sampled_from(
    [
        *(registered(who, region) for who, region in ((1, "RU-TYU"), (2, "RU-ALT"))),
        *(moved(1, region, at=NOW + n * WEEK) for n, region in enumerate(("RU-KHA", "RU-ALT"), 1)),
        moved(2, "RU-TYU", at=NOW),
        *(answered(who, nth=nth, at=NOW - nth * WEEK) for who in (1, 2) for nth in (1, 2)),
        *(watched(1, ms, number=ms, at=NOW - ms * WEEK / 2) for ms in (1, 2, 3)),
        *(replied(1, n, at=NOW + (n % 3) * WEEK) for n in range(5)),
        *(raced(who, race, at=NOW + who * WEEK) for who in (1, 2, 3) for race in (1, 2)),
        *(published("ppe-01", version=n, at=NOW - n * WEEK) for n in (1, 2)),
    ]
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(EVERYTHING, unique_by=lambda one: (one[0].type, one[1])), st.data())
def test_any_order_and_any_batches_give_the_same_numbers(
    ledger: Database, told: list[Entry], data: st.DataObject
) -> None:
    start_over(ledger)
    tell(ledger, *sorted(told, key=lambda one: (one[2], one[1])))
    in_order = stored(ledger)
    start_over(ledger)
    for one in told:
        happen(ledger, one, one)
        if data.draw(st.booleans()):
            drain(ledger, batch=data.draw(st.integers(1, 3)))
    drain(ledger, batch=data.draw(st.integers(1, 20)))

    assert stored(ledger) == in_order
    assert {one.drifted for one in verify(ledger, NUMBERS)} == {0}


def test_a_number_changed_by_hand_is_found_out(ledger: Database) -> None:
    tell(ledger, answered(1), registered(1))
    with ledger.begin() as session:
        session.execute(text("UPDATE numbers_totals SET total = total + 1000"))

    assert {one.table: one.drifted for one in verify(ledger, NUMBERS)} == {
        "numbers_totals": 2,
        "numbers_weeks": 0,
        "numbers_firsts": 0,
        "numbers_homes": 0,
        "numbers_regions": 0,
    }
