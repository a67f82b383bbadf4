"""Facts become achievements: the same ones, whatever their order and their batches."""

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from psot.achievements import queries
from psot.achievements.projections import ACHIEVEMENTS
from psot.achievements.values import Standing
from psot.database import Database
from psot.ledger.verify import verify
from tests.integration.achievements.history import (
    DAY,
    NOW,
    WEEK,
    Entry,
    accepted,
    checked,
    cleaned,
    drain,
    happen,
    raced,
    ran,
    rows,
    start_over,
    stored,
    tell,
    thing,
    watched,
)

ANNA, BORIS = thing(1), thing(2)


def standing(ledger: Database, name: str, at: object = NOW + 30 * WEEK) -> Standing:
    """What Anna has of an achievement."""
    with ledger.begin() as session:
        found = queries.mine(session, ANNA, at)  # type: ignore[arg-type]  # a moment
    return next(one for one in found if one.name == name)


def test_a_clean_bout_is_earned_once_and_where_the_first_one_was(ledger: Database) -> None:
    tell(ledger, cleaned(ANNA, 2, at=NOW + DAY), cleaned(ANNA, 2, 2, at=NOW + DAY))
    tell(ledger, cleaned(ANNA, 1))

    assert rows(ledger, "achievements_earned", "award, earned_at, seq, place") == [
        ("clean_shooting", NOW, 3, str(thing(1, "race")))
    ]


def test_a_topic_is_mastered_whichever_fact_of_its_check_comes_last(ledger: Database) -> None:
    *answers, end = checked(ANNA, 800_000)
    tell(ledger, end)
    before = rows(ledger, "achievements_earned")

    tell(ledger, *answers)

    assert before == []
    assert rows(ledger, "achievements_earned", "award, subject, earned_at") == [
        ("topic_mastered", "ppe", NOW)
    ]


def test_what_is_not_earned_yet_says_how_far_it_is(ledger: Database) -> None:
    tell(
        ledger,
        *(accepted(ANNA, n, by=n % 4) for n in range(20)),
        *(raced(ANNA, n) for n in range(3)),
        *checked(ANNA, 790_000),
        ran(ANNA, "critical"),
    )

    found = {
        one: (standing(ledger, one).held, standing(ledger, one).done)
        for one in ("helped", "five_races", "topic_mastered", "safe_practice")
    }

    assert found == {
        "helped": ((), 4),
        "five_races": ((), 3),
        "topic_mastered": ((), 0),
        "safe_practice": ((), 0),
    }


def test_the_tenth_full_week_is_shown_once_it_is_over(ledger: Database) -> None:
    tell(ledger, *(watched(ANNA, 90, n, at=NOW + n * WEEK) for n in range(10)))

    running = standing(ledger, "steady_weeks", at=NOW + 9 * WEEK)
    over = standing(ledger, "steady_weeks", at=NOW + 10 * WEEK)
    next_season = standing(ledger, "steady_weeks", at=NOW + 20 * WEEK)

    assert (running.held, running.done, running.need) == ((), 10, 10)
    assert [one.subject for one in over.held] == ["2026-Q4"]
    assert next_season.done == 0


# No two of these are at the same moment: then the number in the ledger would decide.
EVERYTHING = st.sampled_from(
    [
        *(accepted(ANNA, n, by=n % 11, at=NOW + n * DAY) for n in range(14)),
        *(accepted(ANNA, 1, by=n, at=NOW - n * DAY) for n in (20, 21)),
        *(watched(ANNA, 45 + n % 46, n, at=NOW + (n % 11) * WEEK) for n in range(22)),
        *checked(ANNA, 900_000, 1, at=NOW + DAY),
        *checked(ANNA, 800_000, 2, at=NOW),
        *(raced(who, n, at=NOW - n * DAY) for who in (ANNA, BORIS) for n in range(6)),
        *(cleaned(who, n, n, at=NOW - n * DAY) for who in (ANNA, BORIS) for n in (1, 2)),
        *(ran(ANNA, how, n) for n, how in enumerate(("finished", "critical", "finished"), 1)),
    ]
)


@settings(
    max_examples=8,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(EVERYTHING, min_size=20, max_size=40, unique_by=lambda one: (one[0].type, one[1])),
    st.data(),
)
def test_any_order_and_any_batches_earn_the_same(
    ledger: Database, told: list[Entry], data: st.DataObject
) -> None:
    start_over(ledger)
    tell(ledger, *sorted(told, key=lambda one: (one[2], one[1])))
    in_order = stored(ledger)
    start_over(ledger)
    for one in told:
        happen(ledger, one, one)
        if data.draw(st.integers(0, 5)) == 0:
            drain(ledger, batch=data.draw(st.integers(1, 9)))
    drain(ledger, batch=data.draw(st.integers(1, 20)))

    assert stored(ledger) == in_order
    assert {one.drifted for one in verify(ledger, ACHIEVEMENTS)} == {0}


def test_an_achievement_given_by_hand_is_found_out(ledger: Database) -> None:
    tell(ledger, cleaned(ANNA))
    with ledger.begin() as session:
        session.execute(text("UPDATE achievements_earned SET member = :boris"), {"boris": BORIS})

    assert {one.table: one.drifted for one in verify(ledger, ACHIEVEMENTS)} == {
        "achievements_deeds": 0,
        "achievements_earned": 1,
    }
