"""What members give to others: minutes for accepted answers and approved questions."""

from datetime import UTC, date, datetime, timedelta

import pytest

from psot.database import Database
from psot.ratings.contributions import Contribution, Counting
from psot.ratings.derivations import open_rating
from psot.ratings.queries import member_rating
from tests.integration.ratings.history import (
    AUTUMN,
    SEASON,
    Entry,
    accepted,
    approved,
    calibrated,
    decided,
    member,
    opened,
    tell,
)

ANNA = member(1)
WEEK = timedelta(days=7)
WINTER = datetime(2027, 1, 4, 9, tzinfo=UTC)


def minutes(database: Database, season: str = SEASON) -> int:
    """What Anna was credited in a season; 0 for one in which she has no rating."""
    with database.begin() as session:
        rating = member_rating(session, season, ANNA)
    return rating.minutes if rating else 0


def given(database: Database, season: str = SEASON) -> tuple[Contribution, ...]:
    with database.begin() as session:
        found = open_rating(session, season, ANNA)
    assert found is not None
    return found.contributions


def test_an_answer_that_an_expert_accepted_earns_a_quarter_of_an_hour_once(
    ledger: Database,
) -> None:
    tell(ledger, [opened(), accepted(ANNA, by_expert=False)])
    assert minutes(ledger) == 0, "the asker alone credits nothing"
    tell(ledger, [accepted(ANNA, by=90, at=AUTUMN + WEEK), accepted(ANNA, by=91)])

    assert minutes(ledger) == 15
    (one,) = given(ledger)
    assert (one.week, one.approved_by, one.counting) == (0, member(91), Counting.COUNTS)


def test_three_of_a_kind_count_in_a_week(ledger: Database) -> None:
    hours = [AUTUMN + timedelta(hours=number) for number in range(5)]
    tell(
        ledger,
        [
            opened(),
            *(accepted(ANNA, number, at=at) for number, at in enumerate(hours)),
            *(approved(ANNA, f"own-{number}", at=at) for number, at in enumerate(hours)),
            accepted(ANNA, 9, at=AUTUMN + WEEK),
        ],
    )

    assert minutes(ledger) == 3 * 15 + 3 * 10 + 15
    beyond = [one for one in given(ledger) if one.counting is Counting.BEYOND]
    assert [one.earned_at for one in beyond] == [hours[3], hours[3], hours[4], hours[4]]


@pytest.mark.parametrize(
    ("told", "worth"),
    [
        (approved(ANNA), 10),
        (approved(ANNA, version=2), 0),
        (approved(ANNA, reviewer=ANNA), 0),
        (approved(ANNA, reviewer=None), 0),
        (approved(ANNA, kind="memo"), 0),
    ],
    ids=["first version", "second version", "own reviewer", "a folder", "no question"],
)
def test_a_question_earns_for_its_first_version_that_somebody_else_let_pass(
    ledger: Database, told: Entry, worth: int
) -> None:
    tell(ledger, [opened(), told])

    assert minutes(ledger) == worth


def test_an_answer_taken_down_earns_nothing_until_it_is_back(ledger: Database) -> None:
    tell(ledger, [opened(), accepted(ANNA), decided(ANNA, nth=1)])
    assert minutes(ledger) == 0
    assert given(ledger)[0].counting is Counting.DOWN
    tell(ledger, [decided(ANNA, nth=2, down=False)])
    assert minutes(ledger) == 15
    tell(ledger, [decided(ANNA, nth=3)])

    assert minutes(ledger) == 0


def test_a_place_among_three_is_given_on_when_an_answer_is_taken_down(ledger: Database) -> None:
    answers = [accepted(ANNA, number, at=AUTUMN + timedelta(hours=number)) for number in range(4)]
    tell(ledger, [opened(), *answers, decided(ANNA, 0)])

    assert [one.counting for one in given(ledger)] == [Counting.DOWN] + [Counting.COUNTS] * 3


def test_what_is_decided_a_week_after_the_end_leaves_the_season_as_it_was(
    ledger: Database,
) -> None:
    tell(ledger, [opened(), accepted(ANNA, 1), accepted(ANNA, 2)])
    tell(ledger, [decided(ANNA, 1, at=WINTER), decided(ANNA, 2, at=WINTER + WEEK)])

    assert minutes(ledger) == 15


def test_an_answer_accepted_again_in_the_next_season_earned_its_minutes_before(
    ledger: Database,
) -> None:
    following = opened("2027-Q1", date(2027, 1, 1))
    tell(ledger, [opened(), following, accepted(ANNA, by=90, at=WINTER)])
    assert minutes(ledger, "2027-Q1") == 15
    tell(ledger, [accepted(ANNA, by=91)])

    assert (minutes(ledger), minutes(ledger, "2027-Q1")) == (15, 0)
    assert given(ledger, "2027-Q1")[0].counting is Counting.EARLIER


def test_contributions_and_their_weeks_open_into_the_derivation(ledger: Database) -> None:
    tell(ledger, [opened(), calibrated(weeks_elapsed=2), accepted(ANNA), approved(ANNA)])
    tell(ledger, [approved(ANNA, "own-02", at=AUTUMN + WEEK)])

    with ledger.begin() as session:
        found = open_rating(session, SEASON, ANNA)
    assert found is not None
    assert [int(week.minutes) for week in found.derivation.weeks] == [25, 10]
    assert minutes(ledger) == 35
