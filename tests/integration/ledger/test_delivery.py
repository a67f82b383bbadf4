"""Every fact has one effect: whatever repeats, raises, dies or runs beside."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from psot.database import Database
from psot.ledger import Catalogue, append_many
from psot.ledger.consumers import enrol, start_over
from psot.ledger.delivery import STOP_AFTER, TRIES, deliver
from psot.ledger.replay import replay, resume
from psot.ledger.stats import dead_letters, stats
from psot.ledger.verify import verify
from tests.integration.ledger.tally import counts, ledger_on, projection, registered

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TALLY = projection()


def tell(database: Database, *regions: str) -> None:
    """Append one registration per region."""
    with database.begin() as session:
        append_many(session, [(registered(region), str(uuid.uuid4()), NOON) for region in regions])


def drain(database: Database, tally: object = TALLY, *, passes: int = 60) -> None:
    """Deliver until nothing is open, letting no retry wait."""
    for _ in range(passes):
        with database.begin() as session:
            session.execute(text("UPDATE ledger_deliveries SET retry_at = NULL"))
        result = deliver(database, tally)  # type: ignore[arg-type]  # a Projection
        if not result.done and not result.failed:
            return


def test_each_fact_has_its_effect_once(ledger: Database) -> None:
    tell(ledger, "A", "A", "B")

    assert deliver(ledger, TALLY).done == 3
    assert deliver(ledger, TALLY).done == 0
    assert counts(ledger) == {"A": 2, "B": 1}


def test_a_batch_takes_no_more_than_it_should(ledger: Database) -> None:
    tell(ledger, *"ABCDE")

    results = [deliver(ledger, TALLY, batch=2) for _ in range(3)]

    assert [(one.done, one.more) for one in results] == [(2, True), (2, True), (1, False)]


def test_many_drainers_at_once_count_each_fact_once(ledger: Database) -> None:
    tell(ledger, *(f"R{n % 7}" for n in range(400)))

    def work(_: int) -> int:
        return sum(deliver(ledger, TALLY, batch=10).done for _ in range(60))

    with ThreadPoolExecutor(4) as pool:
        done = sum(pool.map(work, range(4)))
    drain(ledger)

    assert sum(counts(ledger).values()) == 400
    assert done <= 400


def test_a_transaction_that_dies_leaves_neither_effect_nor_mark(ledger: Database) -> None:
    tell(ledger, "A")

    def killed(session: object, batch: object) -> None:
        TALLY.fold(session, batch)  # type: ignore[arg-type]  # passed through
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        deliver(ledger, projection(fold=killed))
    assert counts(ledger) == {}

    drain(ledger)
    assert counts(ledger) == {"A": 1}


@pytest.mark.parametrize("poison", ["poison", "sql"])
def test_a_poison_fact_dies_alone(ledger: Database, poison: str) -> None:
    tell(ledger, "A", poison, *("B" for _ in range(30)))

    first = deliver(ledger, TALLY)
    drain(ledger)

    assert (first.done, first.failed) == (31, 1)
    assert counts(ledger) == {"A": 1, "B": 30}
    with ledger.begin() as session:
        (letter,) = dead_letters(session)
        tries = session.execute(text("SELECT tries FROM ledger_deliveries WHERE dead")).scalar_one()
    assert (letter.data["region"], tries) == (poison, TRIES)
    assert "poison" in letter.error or "division by zero" in letter.error


def test_a_failed_fact_waits_before_its_next_try(ledger: Database) -> None:
    tell(ledger, "poison")

    assert deliver(ledger, TALLY).failed == 1
    assert deliver(ledger, TALLY).failed == 0


def test_a_rule_that_always_fails_stops_and_does_not_drain_the_ledger(ledger: Database) -> None:
    tell(ledger, *("poison" for _ in range(200)))
    drain(ledger, passes=200)

    with ledger.begin() as session:
        (lag,) = stats(session).lags
    assert lag.dead <= STOP_AFTER
    assert lag.stopped_at is not None
    assert "a poison fact" in lag.stopped_because
    assert deliver(ledger, TALLY).stopped


def test_a_success_between_failures_keeps_the_projection_going(ledger: Database) -> None:
    tell(ledger, *(["poison", "A"] * (STOP_AFTER + 2)))
    drain(ledger, passes=200)

    with ledger.begin() as session:
        (lag,) = stats(session).lags
    assert (lag.dead, lag.waiting, counts(ledger)) == (STOP_AFTER + 2, 0, {"A": STOP_AFTER + 2})


def mended() -> Callable[..., None]:
    """A rule that has learned to take poison."""

    def fold(session: object, batch: object) -> None:
        changed = [
            type(one)(seq=one.seq, occurred_at=one.occurred_at, fact=registered("cured"))
            if one.fact.region == "poison"
            else one
            for one in batch  # type: ignore[attr-defined]  # Recorded
        ]
        TALLY.fold(session, changed)  # type: ignore[arg-type]  # passed through

    return fold


def test_dead_letters_are_replayed_after_the_rule_is_mended(ledger: Database) -> None:
    tell(ledger, "poison", "A", "poison")
    drain(ledger)

    with ledger.begin() as session:
        assert replay(session, "tally") == 2
        assert not dead_letters(session)
    drain(ledger, projection(fold=mended()))

    assert counts(ledger) == {"A": 1, "cured": 2}


def test_a_stopped_projection_goes_on_after_the_rule_is_mended(ledger: Database) -> None:
    tell(ledger, *("poison" for _ in range(30)))
    drain(ledger, passes=200)

    with ledger.begin() as session:
        assert resume(session, "tally")
        assert not resume(session, "tally")
    drain(ledger, projection(fold=mended()))

    assert counts(ledger) == {"cured": 30}


def test_only_the_named_dead_letters_are_replayed(ledger: Database) -> None:
    tell(ledger, "A", "poison", "poison")
    drain(ledger)
    with ledger.begin() as session:
        first, second = (one.seq for one in dead_letters(session))
        assert replay(session, "tally", [first]) == 1
        assert [one.seq for one in dead_letters(session)] == [second]


def test_starting_over_gives_the_same_state(ledger: Database) -> None:
    tell(ledger, *"AABBBC")
    drain(ledger)
    before = counts(ledger)

    with ledger.begin() as session:
        start_over(session, TALLY)
    assert counts(ledger) == {}
    drain(ledger)

    assert counts(ledger) == before


def test_a_projection_born_later_meets_the_whole_ledger(database: Database) -> None:
    with ledger_on(database, Catalogue()):
        tell(database, "A", "B")
        catalogue = Catalogue((TALLY,))

        assert enrol(database, catalogue) == ["tally"]
        assert enrol(database, catalogue) == []
        drain(database)
        assert counts(database) == {"A": 1, "B": 1}

        newer = projection(version=2)
        assert enrol(database, Catalogue((newer,))) == ["tally"]
        drain(database, newer)
        assert counts(database) == {"A": 1, "B": 1}


def test_a_worker_of_another_release_folds_nothing(ledger: Database) -> None:
    tell(ledger, "A")
    newer = projection(version=2)

    assert deliver(ledger, newer).stopped, "this release is not prepared yet"
    enrol(ledger, Catalogue((newer,)))
    assert deliver(ledger, TALLY).stopped, "the old rule may not touch the new tables"
    assert counts(ledger) == {}
    drain(ledger, newer)

    assert counts(ledger) == {"A": 1}


def test_recomputing_finds_exactly_the_rows_changed_by_hand(ledger: Database) -> None:
    tell(ledger, *(f"R{n}" for n in range(60)))
    drain(ledger)
    (clean,) = verify(ledger, TALLY)

    with ledger.begin() as session:
        session.execute(
            text(
                "UPDATE test_tally SET joined = joined + 1"
                " WHERE region IN (SELECT region FROM test_tally ORDER BY region LIMIT 50)"
            )
        )
    (drifted,) = verify(ledger, TALLY)

    assert (clean.rows, clean.drifted) == (60, 0)
    assert clean.stored_sha256 == clean.recomputed_sha256
    assert drifted.drifted == 50
    assert drifted.stored_sha256 != drifted.recomputed_sha256
    assert counts(ledger)["R0"] == 2, "verifying changes nothing"


def test_verifying_leaves_out_what_waits(ledger: Database) -> None:
    tell(ledger, "A")
    drain(ledger)
    tell(ledger, "B")

    (verdict,) = verify(ledger, TALLY)

    assert verdict.drifted == 0


def test_two_projections_may_not_share_a_name() -> None:
    with pytest.raises(ValueError, match="share a name"):
        Catalogue((projection(), projection(version=2)))
