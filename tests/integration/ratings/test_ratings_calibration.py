"""Seasons are opened and calibrated by facts."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.rating import SeasonCalibrated
from psot.database import Database
from psot.ratings.errors import SeasonIsOpen, UnknownSeason
from psot.ratings.operations import calibrate, open_season
from psot.ratings.queries import newest_season
from scoring.rating import PARAMETERS_V1, Observation
from scoring.rating import calibrate as rule
from tests.integration.ratings.history import (
    SEASON,
    answered,
    drain,
    member,
    opened,
    practised,
    start_over,
    tell,
)

NOVEMBER = datetime(2026, 11, 22, 12, tzinfo=UTC)


def calibrated_now(database: Database, now: datetime = NOVEMBER) -> list[SeasonCalibrated]:
    with database.begin() as session:
        facts = calibrate(session, now=now)
    drain(database)
    return facts


def test_the_running_quarter_is_opened_once(ledger: Database) -> None:
    with ledger.begin() as session:
        season = open_season(session, now=NOVEMBER)
    drain(ledger)

    assert season.name == SEASON
    with ledger.begin() as session:
        found = newest_season(session)
        with pytest.raises(SeasonIsOpen):
            open_season(session, now=NOVEMBER)
    assert found is not None
    assert (found.name, found.weeks_elapsed, found.mean_ppm) == (SEASON, 8, 620_000)


def test_a_season_is_named_after_its_quarter(ledger: Database) -> None:
    with ledger.begin() as session, pytest.raises(UnknownSeason):
        open_season(session, now=NOVEMBER, name="2026-Q5")


def test_the_next_season_starts_from_the_mean_of_the_last(ledger: Database) -> None:
    tell(ledger, [opened(), *(answered(member(n), score_ppm=500_000) for n in range(12))])
    calibrated_now(ledger)
    with ledger.begin() as session:
        open_season(session, now=datetime(2027, 1, 9, tzinfo=UTC))
    drain(ledger)

    with ledger.begin() as session:
        found = newest_season(session)
    assert found is not None
    assert (found.name, found.mean_ppm) == ("2027-Q1", 500_000)


def test_nothing_is_told_where_nothing_changed(ledger: Database) -> None:
    tell(ledger, [opened(), *(answered(member(n)) for n in range(12))])
    first = calibrated_now(ledger)
    again = calibrated_now(ledger, NOVEMBER + timedelta(hours=1))
    next_week = calibrated_now(ledger, NOVEMBER + timedelta(days=7))

    assert [one.number for one in first] == [1]
    assert again == []
    assert [(one.number, one.weeks_elapsed) for one in next_week] == [(2, 9)]


def test_a_scenario_is_not_calibrated_and_moves_the_mean(ledger: Database) -> None:
    tell(ledger, [opened(), *(practised(member(n), score_ppm=500_000) for n in range(12))])

    [fact] = calibrated_now(ledger)

    assert (fact.mean_ppm, fact.facility_ppm, fact.median_ms) == (500_000, {}, {})


def test_a_season_long_over_is_left_alone(ledger: Database) -> None:
    tell(ledger, [opened(), answered(member(1))])

    assert calibrated_now(ledger, datetime(2027, 1, 8, tzinfo=UTC)) == []


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    told=st.lists(
        st.tuples(
            st.sampled_from(["ppe-01", "risk-01"]),
            st.sampled_from([0, 333_333, 1_000_000]),
            st.integers(1, 90_000),
        ),
        max_size=40,
    )
)
def test_the_stored_answers_calibrate_as_the_rule_says(
    ledger: Database, told: Sequence[tuple[str, int, int]]
) -> None:
    start_over(ledger)
    tell(
        ledger,
        [
            opened(),
            *(
                answered(member(number), question, score_ppm=score, response_ms=ms)
                for number, (question, score, ms) in enumerate(told)
            ),
        ],
    )
    expected = rule(
        [Observation(question=one, score_ppm=score, elapsed_ms=ms) for one, score, ms in told],
        PARAMETERS_V1,
    )
    (fact,) = calibrated_now(ledger)

    assert fact.mean_ppm == expected.mean_ppm
    assert fact.facility_ppm == {name: one.facility_ppm for name, one in expected.items.items()}
    assert fact.median_ms == {name: one.median_ms for name, one in expected.items.items()}
