"""Sets of rules: published, named by a season, waited for."""

from datetime import UTC, datetime
from typing import Any

import pytest

from psot.database import Database
from psot.ledger.delivery import deliver
from psot.ratings import rulesets
from psot.ratings.errors import BadRules
from psot.ratings.operations import open_season, publish_rules
from psot.ratings.projections import RATINGS
from psot.ratings.queries import (
    member_rating,
    newest_rules,
    newest_season,
    parameters_of,
    region_table,
    season_called,
)
from scoring.rating import PARAMETERS_V1
from tests.integration.ratings.history import (
    SEASON,
    answered,
    drain,
    happen,
    member,
    moved,
    opened,
    registered,
    ruled,
    tell,
)

NOVEMBER = datetime(2026, 11, 22, 12, tzinfo=UTC)
ANNA = member(1)


def publish(database: Database, changes: dict[str, Any], reason: str = "Короче неделя") -> int:
    with database.begin() as session:
        version = publish_rules(session, changes, reason, NOVEMBER)
    drain(database)
    return version


def test_published_rules_hold_for_the_season_opened_with_them(ledger: Database) -> None:
    tell(ledger, [opened("2026-Q3", datetime(2026, 7, 1, tzinfo=UTC).date())])
    version = publish(ledger, {"full_week_min": 30})
    with ledger.begin() as session:
        open_season(session, now=NOVEMBER)
    drain(ledger)
    tell(ledger, [answered(ANNA)])

    with ledger.begin() as session:
        newest, before = newest_season(session), season_called(session, "2026-Q3")
        rating = member_rating(session, SEASON, ANNA)
        assert (newest_rules(session), parameters_of(session, 1)) == (version, PARAMETERS_V1)
        assert parameters_of(session, version).full_week_min == 30
    assert newest is not None
    assert before is not None
    assert (newest.parameters.full_week_min, before.parameters.full_week_min) == (30, 90)
    assert rating is not None
    assert rating.activity_ppb == 3 * 1_000_000_000 // 30 // newest.weeks_elapsed


def test_each_set_is_a_change_of_the_last_one(ledger: Database) -> None:
    first = publish(ledger, {"prior_weight": 40})
    second = publish(ledger, {"career_percent": [60, 30, 10]})

    with ledger.begin() as session:
        made = parameters_of(session, second)
    assert (first, second) == (rulesets.FIRST_OWN, rulesets.FIRST_OWN + 1)
    assert (made.prior_weight, made.career_percent) == (40, (60, 30, 10))


def test_a_season_waits_for_its_rules(ledger: Database) -> None:
    tell(ledger, [registered(ANNA), opened(rules=101), answered(ANNA)])
    with ledger.begin() as session:
        assert newest_season(session) is None
        assert member_rating(session, SEASON, ANNA) is None
    tell(ledger, [moved(member(2), "RU-MOW", datetime(2026, 9, 1, tzinfo=UTC))])
    tell(ledger, [ruled(101, minutes_per_question=9)])

    with ledger.begin() as session:
        rating = member_rating(session, SEASON, ANNA)
        rosters = {one.region: one.sums.members for one in region_table(session, SEASON)}
    assert rating is not None
    assert (rating.minutes, rating.region) == (9, "RU-TYU")
    assert (rosters["RU-TYU"], rosters["RU-MOW"]) == (1, 1)


@pytest.mark.parametrize(
    ("changes", "reason", "field"),
    [
        ({"full_week_min": 0}, "why", "full_week_min"),
        ({"generosity": 3}, "why", "generosity"),
        ({"career_percent": [50, 50]}, "why", "career_percent"),
        ({"career_percent": [50, 30, 30]}, "why", "career_percent"),
        ({"league_edges_percent": [20, 10, 60, 80]}, "why", "league_edges_percent"),
        ({"small_region_below": 500}, "why", "small_region_below"),
        ({"prior_weight": 30}, "  ", "reason"),
        ({"prior_weight": 20}, "why", "changes"),
    ],
)
def test_what_cannot_be_published_is_said_of_its_field(
    ledger: Database, changes: dict[str, Any], reason: str, field: str
) -> None:
    with ledger.begin() as session, pytest.raises(BadRules) as caught:
        publish_rules(session, changes, reason, NOVEMBER)

    assert list(caught.value.fields) == [field]
    (sentence,) = caught.value.fields[field]
    assert sentence


def test_a_version_that_nobody_published_is_named(ledger: Database) -> None:
    with ledger.begin() as session, pytest.raises(rulesets.UnknownVersion, match="55"):
        parameters_of(session, 55)


def test_a_set_nobody_could_be_rated_by_is_refused_and_harms_nothing(ledger: Database) -> None:
    fact, key, at = ruled(101)
    broken = type(fact)(
        version=101,  # type: ignore[call-arg]  # a fact of rules
        parameters={"prior_weight": (0,)},
        reason="a mistake",
    )
    happen(ledger, (broken, key, at), registered(ANNA))
    result = deliver(ledger, RATINGS)

    assert (result.done, result.failed) == (1, 1)
