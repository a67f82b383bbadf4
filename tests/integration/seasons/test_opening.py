"""A season opens at its first moment with its rosters frozen, by hand or as planned."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from events.rating import RostersFrozen, SeasonOpened
from psot.database import Database
from psot.ledger.reading import told
from psot.ratings.errors import SeasonIsOpen
from psot.ratings.operations import open_season as open_unfrozen
from psot.seasons import operations, queries
from psot.seasons.errors import NotYet, UnknownSeason
from psot.seasons.queries import Status
from psot.seasons.schedule import keep
from tests.integration.ratings.history import drain, member, registered, tell
from tests.seasons import HISTORY, OPENED, SEASON

BEFORE = OPENED - timedelta(days=7)
NEXT = "2027-Q1"
NEW_YEAR = datetime(2026, 12, 31, 21, tzinfo=UTC)  # midnight in Moscow


def test_rosters_are_frozen_as_the_ratings_count_them(ledger: Database) -> None:
    tell(ledger, HISTORY)

    with ledger.begin() as session:
        operations.open_season(session, now=OPENED, name=SEASON)
    drain(ledger)

    with ledger.begin() as session:
        (frozen,) = told(session, RostersFrozen)
        rows = session.execute(
            text("SELECT region, members FROM rating_regions WHERE season = :season"),
            {"season": SEASON},
        ).all()
    assert isinstance(frozen.fact, RostersFrozen)
    assert frozen.fact.rosters == {"RU-ALT": 1, "RU-TYU": 3}
    assert {row.region: row.members for row in rows} == frozen.fact.rosters


def test_a_fold_that_lags_behind_leaves_nobody_out(ledger: Database) -> None:
    tell(ledger, HISTORY)
    with ledger.begin() as session:
        session.execute(text("DELETE FROM rating_homes"))

    with ledger.begin() as session:
        operations.open_season(session, now=OPENED, name=SEASON)
        frozen = queries.frozen(session, SEASON)

    assert frozen is not None
    assert sum(frozen.rosters.values()) == 4


def test_the_hash_tells_who_is_on_the_rosters_and_not_only_how_many(ledger: Database) -> None:
    tell(ledger, HISTORY)
    with ledger.begin() as session:
        operations.keep_preview(session, queries.known(session, OPENED)[1].calendar, now=OPENED)
        before = operations.freeze(session, queries.known(session, OPENED)[1].calendar, now=OPENED)
        session.rollback()
    tell(ledger, [registered(member(6), "RU-TYU"), registered(member(7), "RU-ALT")])
    with ledger.begin() as session:
        after = operations.freeze(session, queries.known(session, OPENED)[1].calendar, now=OPENED)

    assert before.sha256 != after.sha256
    assert after.rosters == {"RU-ALT": 2, "RU-TYU": 4}


def test_a_season_is_not_opened_before_its_first_moment(ledger: Database) -> None:
    with ledger.begin() as session, pytest.raises(NotYet, match="has not begun"):
        operations.open_season(session, now=BEFORE, name=SEASON)


def test_a_season_is_opened_once(ledger: Database) -> None:
    with ledger.begin() as session:
        operations.open_season(session, now=OPENED)
    with ledger.begin() as session, pytest.raises(SeasonIsOpen):
        operations.open_season(session, now=OPENED)


def test_only_quarters_are_seasons(ledger: Database) -> None:
    with ledger.begin() as session, pytest.raises(UnknownSeason):
        operations.open_season(session, now=OPENED, name="2026-Q5")
    with ledger.begin() as session, pytest.raises(UnknownSeason):
        operations.plan(session, "autumn", now=OPENED)


def test_a_planned_season_opens_by_itself_at_its_first_moment(ledger: Database) -> None:
    with ledger.begin() as session:
        operations.plan(session, NEXT, now=OPENED)

    assert keep(ledger, NEW_YEAR - timedelta(seconds=1)) == []
    assert keep(ledger, NEW_YEAR) == [NEXT]
    assert keep(ledger, NEW_YEAR + timedelta(minutes=1)) == []

    with ledger.begin() as session:
        assert [one.occurred_at for one in told(session, SeasonOpened)] == [NEW_YEAR]
        assert queries.frozen(session, NEXT) is not None


def test_a_plan_that_was_dropped_opens_nothing(ledger: Database) -> None:
    with ledger.begin() as session:
        operations.plan(session, NEXT, now=OPENED)
        operations.drop_plan(session, NEXT)

    assert keep(ledger, NEW_YEAR) == []


def test_a_season_that_has_begun_is_not_planned(ledger: Database) -> None:
    with ledger.begin() as session, pytest.raises(NotYet, match="has begun"):
        operations.plan(session, SEASON, now=OPENED)


def test_a_planned_season_that_somebody_opened_first_stays_as_it_is(ledger: Database) -> None:
    with ledger.begin() as session:
        operations.plan(session, NEXT, now=OPENED)
        open_unfrozen(session, now=NEW_YEAR)

    assert keep(ledger, NEW_YEAR) == []
    with ledger.begin() as session:
        assert queries.due_plans(session, NEW_YEAR) == []


def test_rosters_of_a_season_opened_without_them_are_frozen_later(ledger: Database) -> None:
    tell(ledger, HISTORY)
    with ledger.begin() as session:
        open_unfrozen(session, now=OPENED)

    keep(ledger, OPENED + timedelta(days=1))

    with ledger.begin() as session:
        frozen = queries.frozen(session, SEASON)
    assert frozen is not None
    assert frozen.rosters == {"RU-ALT": 1, "RU-TYU": 3}


def test_the_preview_is_counted_anew_every_ten_minutes(ledger: Database) -> None:
    tell(ledger, HISTORY)
    keep(ledger, OPENED)
    tell(ledger, [registered(member(9), "RU-SVE", OPENED + timedelta(seconds=1))])

    keep(ledger, OPENED + timedelta(minutes=5))
    with ledger.begin() as session:
        early = queries.preview(session, NEXT)
    keep(ledger, OPENED + timedelta(minutes=10))
    with ledger.begin() as session:
        later = queries.preview(session, NEXT)

    assert early is not None
    assert later is not None
    assert (early.members, later.members) == (5, 6)
    assert later.counted_at == OPENED + timedelta(minutes=10)


def test_the_desk_knows_the_next_quarter_the_running_one_and_all_before(ledger: Database) -> None:
    with ledger.begin() as session:
        operations.open_season(session, now=OPENED)
        later = queries.known(session, NEW_YEAR)

    assert [(one.name, one.status) for one in later] == [
        ("2027-Q2", Status.COMING),
        ("2027-Q1", Status.DUE),
        ("2026-Q4", Status.OVER),
    ]
