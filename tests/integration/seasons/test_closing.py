"""A season that is over is closed once; its protocol is sealed and nothing later changes it."""

import json
import threading
from datetime import datetime, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import text

from psot.database import Database
from psot.seasons import operations, protocol, queries
from psot.seasons.checking import verify
from psot.seasons.errors import Busy, NotConfirmed, NotReady, NotYet, SeasonIsClosed, UnknownSeason
from psot.seasons.queries import Status
from tests.integration.ratings.history import AUTUMN, answered, happen, member, registered, tell
from tests.seasons import OVER, SEASON, closed, played


def close(ledger: Database, *, now: datetime = OVER, confirmed: str = SEASON) -> str:
    with ledger.begin() as session:
        return operations.close(session, SEASON, confirmed=confirmed, now=now).sha256


def test_the_protocol_holds_places_regions_rules_and_how_far_it_knows_the_ledger(
    ledger: Database,
) -> None:
    hash_ = closed(ledger)

    with ledger.begin() as session:
        kept = queries.sealed(session, SEASON)
        fact = queries.closing(session, SEASON)
        lines = b"".join(protocol.line(one) for one in queries.lines(session, SEASON))
        last = session.execute(text("SELECT max(seq) FROM ledger_facts")).scalar_one()
    assert kept is not None
    assert fact is not None
    told = kept.document
    assert kept.sha256 == fact.sha256 == hash_ == sha256(kept.body).hexdigest()
    assert (fact.members, fact.regions, fact.rules) == (4, 2, 1)
    assert told["ledger_seq"] == last - 1  # its own fact is the next
    assert told["rules"]["full_week_min"] == 90
    assert told["calibration"]["weeks_elapsed"] == 13
    assert [(one["region"], one["rank"]) for one in told["regions"]] == [
        ("RU-TYU", 1),
        ("RU-ALT", 2),
    ]
    assert told["members"] == {"count": 4, "sha256": sha256(lines).hexdigest()}
    places = [json.loads(one) for one in lines.splitlines()]
    assert [one["place"] for one in places] == [1, 2, 3, 4]
    assert places[0]["member"] == str(member(1))
    assert str(member(1)) not in kept.body.decode()


def test_a_protocol_that_nobody_touched_holds(ledger: Database) -> None:
    closed(ledger)

    found = verify(ledger, SEASON)

    assert found.holds
    assert found.same_rules


def test_late_facts_change_the_ratings_and_not_the_protocol(ledger: Database) -> None:
    closed(ledger)
    with ledger.begin() as session:
        before = queries.sealed(session, SEASON)

    # An answer of the season that arrives after its closing, and a member nobody knew of.
    tell(ledger, [registered(member(8), "RU-SVE"), answered(member(8), "ppe-01", at=AUTUMN)])

    with ledger.begin() as session:
        after = queries.sealed(session, SEASON)
        rated = session.execute(
            text("SELECT count(*) FROM rating_members WHERE season = :season"), {"season": SEASON}
        ).scalar_one()
    assert rated == 5
    assert before == after
    assert verify(ledger, SEASON).holds


def test_a_place_changed_by_hand_is_found(ledger: Database) -> None:
    closed(ledger)
    with ledger.begin() as session:
        session.execute(
            text("UPDATE season_places SET place = 1 WHERE member = :one"), {"one": member(2)}
        )

    found = verify(ledger, SEASON)

    assert (found.sealed, found.lines, found.recomputed) == (True, False, True)
    assert not found.holds


def test_a_protocol_changed_by_hand_is_found(ledger: Database) -> None:
    closed(ledger)
    with ledger.begin() as session:
        row = session.get(operations.ProtocolRow, SEASON)
        assert row is not None
        made = json.loads(operations.zlib.decompress(row.body))
        made["calibration"]["mean_ppm"] += 1
        row.body = operations.zlib.compress(protocol.canonical(made))

    found = verify(ledger, SEASON)

    assert (found.sealed, found.lines, found.recomputed) == (False, True, False)


def test_a_season_is_closed_once(ledger: Database) -> None:
    closed(ledger)

    with pytest.raises(SeasonIsClosed):
        close(ledger)


def test_a_season_is_not_closed_before_its_last_moment(ledger: Database) -> None:
    played(ledger)

    with pytest.raises(NotYet):
        close(ledger, now=OVER - timedelta(days=2))


def test_closing_is_confirmed_by_the_name(ledger: Database) -> None:
    played(ledger)

    with pytest.raises(NotConfirmed):
        close(ledger, confirmed="2026-q4")
    with ledger.begin() as session:
        assert queries.known(session, OVER)[-1].status is Status.OVER


def test_what_was_never_opened_is_not_closed(ledger: Database) -> None:
    with pytest.raises(UnknownSeason):
        close(ledger)
    with pytest.raises(UnknownSeason):
        verify(ledger, SEASON)


def test_a_season_waits_for_facts_that_are_not_counted(ledger: Database) -> None:
    played(ledger)
    happen(ledger, answered(member(1), "ppe-30", at=AUTUMN))

    with pytest.raises(NotReady, match="wait to be counted"):
        close(ledger)


def test_a_season_waits_for_facts_that_could_not_be_counted(ledger: Database) -> None:
    played(ledger)
    with ledger.begin() as session:
        session.execute(
            text(
                "INSERT INTO ledger_dead_letters (projection, seq, error)"
                " SELECT 'ratings', min(seq), 'poison' FROM ledger_facts"
            )
        )

    with pytest.raises(NotReady, match="could not be counted"):
        close(ledger)


def test_a_season_waits_for_the_figures_of_its_last_week(ledger: Database) -> None:
    played(ledger)
    with ledger.begin() as session:
        session.execute(text("UPDATE rating_calibrations SET weeks_elapsed = 12"))

    with pytest.raises(NotReady, match="figures"):
        close(ledger)


def test_facts_that_are_written_meanwhile_are_either_in_the_protocol_or_after_it(
    ledger: Database,
) -> None:
    """A fact whose transaction is under way has its number already; the cut waits for it."""
    played(ledger)
    started, released = threading.Event(), threading.Event()

    def writes() -> None:
        with ledger.begin() as session:
            operations.append(session, registered(member(20))[0], key="slow", occurred_at=OVER)
            started.set()
            assert released.wait(30)

    writer = threading.Thread(target=writes)
    writer.start()
    assert started.wait(30)
    with pytest.raises(Busy):
        close(ledger)
    released.set()
    writer.join()
    with pytest.raises(NotReady):
        close(ledger)

    tell(ledger, [])
    close(ledger)
    assert verify(ledger, SEASON).holds


def test_others_write_while_the_protocol_is_made(ledger: Database) -> None:
    played(ledger)

    with ledger.begin() as session:
        operations.close(session, SEASON, confirmed=SEASON, now=OVER)
        happen(ledger, answered(member(1), "ppe-31", at=AUTUMN))

    assert verify(ledger, SEASON).holds
