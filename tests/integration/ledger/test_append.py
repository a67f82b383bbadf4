"""A fact is written once, with the change it tells of, and rings after the commit."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from psot.database import Database
from psot.ledger import Appending, KeyConflict, append, append_all, append_many
from psot.trips import one_trip
from tests.integration.ledger.tally import registered

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def facts(database: Database) -> int:
    with database.begin() as session:
        return session.execute(text("SELECT count(*) FROM ledger_facts")).scalar_one()


def test_a_fact_and_its_open_delivery_are_written_together(ledger: Database) -> None:
    with ledger.begin() as session:
        recorded = append(session, registered("RU-TYU"), key="one", occurred_at=NOON)

    with ledger.begin() as session:
        row = session.execute(
            text(
                "SELECT d.projection, d.delivered_at, f.data FROM ledger_facts f"
                " JOIN ledger_deliveries d USING (seq) WHERE seq = :seq"
            ),
            {"seq": recorded.seq},
        ).one()
    assert (row.projection, row.delivered_at, row.data["region"]) == ("tally", None, "RU-TYU")
    assert not recorded.repeated


def test_a_repeat_gets_the_first_record_back(ledger: Database) -> None:
    fact = registered("RU-TYU")
    with ledger.begin() as session:
        first = append(session, fact, key="one", occurred_at=NOON)
    with ledger.begin() as session:
        second = append(session, fact, key="one", occurred_at=NOON.replace(hour=13))

    assert (second.seq, second.occurred_at, second.repeated) == (first.seq, NOON, True)
    assert facts(ledger) == 1


def test_other_content_under_the_same_key_is_a_conflict(ledger: Database) -> None:
    with ledger.begin() as session:
        append(session, registered("RU-TYU"), key="one", occurred_at=NOON)

    with pytest.raises(KeyConflict, match="one"), ledger.begin() as session:
        append(session, registered("RU-ALT"), key="one", occurred_at=NOON)

    assert facts(ledger) == 1


def test_many_at_once_are_appended_each_as_one_alone(ledger: Database) -> None:
    one, other = registered("RU-TYU"), registered("RU-ALT")
    with ledger.begin() as session:
        append_all(session, [])
        append_all(session, [(one, "one", NOON), (other, "other", NOON)])
    with ledger.begin() as session:
        append_all(session, [(one, "one", NOON), (registered("RU-OMS"), "third", NOON)])
    assert facts(ledger) == 3

    with pytest.raises(KeyConflict, match="other"), ledger.begin() as session:
        append_all(session, [(registered("RU-OMS"), "fourth", NOON), (one, "other", NOON)])

    assert facts(ledger) == 3


def test_facts_that_commit_with_their_trip_are_all_new_or_none_is_written(
    ledger: Database,
) -> None:
    def tell(*keys: str) -> None:
        with ledger.begin() as session:
            told = [(registered("RU-TYU"), key, NOON) for key in keys]
            with one_trip(session, commits=True) as trip:
                Appending(session, told).go(trip, all_new=True)

    tell("one", "other")
    with pytest.raises(IntegrityError):
        tell("third", "other")

    assert facts(ledger) == 2


def test_ten_at_once_with_one_key_write_one_fact(ledger: Database) -> None:
    fact = registered("RU-TYU")

    def attempt(_: int) -> int:
        with ledger.begin() as session:
            return append(session, fact, key="one", occurred_at=NOON).seq

    with ThreadPoolExecutor(8) as pool:
        seqs = set(pool.map(attempt, range(10)))

    assert len(seqs) == 1
    assert facts(ledger) == 1


def test_the_bell_rings_once_after_the_commit(ledger: Database, rung: list[str]) -> None:
    with ledger.begin() as session:
        append(session, registered("RU-TYU"), key="one", occurred_at=NOON)
        append(session, registered("RU-ALT"), key="two", occurred_at=NOON)
        before = list(rung)

    assert (before, rung) == ([], ["rung"])


def test_a_rollback_rings_nothing_and_leaves_nothing(ledger: Database, rung: list[str]) -> None:
    session = ledger.session()
    append(session, registered("RU-TYU"), key="one", occurred_at=NOON)
    session.rollback()
    session.commit()
    session.close()

    assert (facts(ledger), rung) == (0, [])


def test_a_history_loaded_twice_is_there_once(ledger: Database) -> None:
    history = [(registered("RU-TYU", uuid.UUID(int=n)), f"key {n}", NOON) for n in range(50)]
    for _ in range(2):
        with ledger.begin() as session:
            append_many(session, history)
    with ledger.begin() as session:
        append_many(session, [])

    assert facts(ledger) == 50


@pytest.mark.parametrize(
    "change", ["UPDATE ledger_facts SET key = 'x'", "DELETE FROM ledger_facts"]
)
def test_a_fact_is_never_changed_even_by_hand(ledger: Database, change: str) -> None:
    with ledger.begin() as session:
        append(session, registered("RU-TYU"), key="one", occurred_at=NOON)

    with pytest.raises(DBAPIError, match=r"never changed|foreign key"), ledger.begin() as session:
        session.execute(text(change))
