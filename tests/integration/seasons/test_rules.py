"""Rules are drafted, tried on the running season as a shadow, and published for the next one."""

from datetime import timedelta
from uuid import UUID

import pytest

from psot.database import Database
from psot.ratings.errors import BadRules
from psot.ratings.queries import newest_season, region_table
from psot.ratings.rulesets import FIRST_OWN, newest_rules, parameters_of
from psot.seasons import drafting, operations, protocol, trying
from psot.seasons.errors import NoDraft, NoShadow
from psot.seasons.schedule import keep
from tests.integration.ratings.history import drain, member
from tests.seasons import OPENED, OVER, SEASON, played

BY = UUID(int=0xC << 124)


def save(ledger: Database, **changed: int | tuple[int, ...]) -> None:
    figures = {name: one if isinstance(one, tuple) else (one,) for name, one in changed.items()}
    with ledger.begin() as session:
        drafting.save(session, figures, by=BY, now=OVER)


def tried(ledger: Database, **changed: int | tuple[int, ...]) -> trying.Shadow:
    """Save a draft, ask for its shadow, and let a worker count it."""
    save(ledger, **changed)
    with ledger.begin() as session:
        drafting.ask_shadow(session, now=OVER)
    assert trying.count(ledger, lambda: OVER + timedelta(minutes=1))
    with ledger.begin() as session:
        found = trying.shadow(session)
    assert found is not None
    assert found.finished
    return found


def test_the_shadow_of_the_same_rules_is_the_season_itself(ledger: Database) -> None:
    played(ledger)

    found = tried(ledger)

    assert found.result is not None
    assert found.result["members"]["moved"] == 0
    assert found.result["members"]["correlation_ppm"] == 1_000_000
    assert (found.done, found.total) == (4, 4)
    with ledger.begin() as session:
        table = [one for one in region_table(session, SEASON) if one.rank]
    assert [(one["region"], one["score_after"]) for one in found.result["regions"]] == [
        (one.region, one.score_milli) for one in table
    ]
    assert all(one["score_after"] == one["score_before"] for one in found.result["regions"])


def test_a_shadow_shows_who_would_move_and_touches_no_rating(ledger: Database) -> None:
    played(ledger)
    with ledger.begin() as session:
        before = list(protocol.places(session, SEASON))

    # Answers count for nothing in activity any more: only effectiveness is left to differ.
    found = tried(ledger, minutes_per_question=0)

    assert found.result is not None
    assert found.result["members"]["count"] == 4
    assert found.result["members"]["moved"] == 3
    movers = {one["member"]: one for one in found.result["members"]["movers"]}
    assert movers[str(member(2))]["rating_after"] == 0
    with ledger.begin() as session:
        assert list(protocol.places(session, SEASON)) == before


def test_a_draft_saved_anew_forgets_the_shadow_of_the_old_one(ledger: Database) -> None:
    played(ledger)
    tried(ledger, full_week_min=60)

    save(ledger, full_week_min=120)

    with ledger.begin() as session:
        assert trying.shadow(session) is None


def test_a_draft_that_could_not_hold_is_refused_with_its_fields(ledger: Database) -> None:
    with pytest.raises(BadRules) as refused:
        save(ledger, best_weeks=0, league_edges_percent=(20, 40, 60))

    assert set(refused.value.fields) == {"best_weeks", "league_edges_percent"}
    with ledger.begin() as session:
        assert trying.draft(session) is None


def test_rules_are_published_after_their_shadow_and_hold_from_the_next_season(
    ledger: Database,
) -> None:
    played(ledger)
    save(ledger, full_week_min=120)
    with ledger.begin() as session, pytest.raises(NoShadow):
        drafting.publish(session, reason="Longer weeks", by=BY, now=OVER)
    tried(ledger, full_week_min=120)

    with ledger.begin() as session:
        version = drafting.publish(session, reason="Longer weeks", by=BY, now=OVER)
    drain(ledger)
    with ledger.begin() as session:
        operations.open_season(session, now=OVER)
    drain(ledger)

    with ledger.begin() as session:
        assert version == newest_rules(session) == FIRST_OWN
        assert parameters_of(session, version).full_week_min == 120
        newest = newest_season(session)
        assert newest is not None
        assert (newest.name, newest.parameters.version) == ("2027-Q1", FIRST_OWN)
        assert trying.draft(session) is None


def test_before_any_season_rules_are_published_without_a_shadow(ledger: Database) -> None:
    save(ledger, full_week_min=120)
    with ledger.begin() as session, pytest.raises(NoShadow, match="No season is open"):
        drafting.ask_shadow(session, now=OPENED)

    with ledger.begin() as session:
        assert drafting.publish(session, reason="From the start", by=BY, now=OPENED) == FIRST_OWN


def test_without_a_draft_nothing_is_tried_or_published(ledger: Database) -> None:
    with ledger.begin() as session, pytest.raises(NoDraft):
        drafting.ask_shadow(session, now=OPENED)
    with ledger.begin() as session, pytest.raises(NoDraft):
        drafting.publish(session, reason="Why not", by=BY, now=OPENED)
    assert not trying.count(ledger, lambda: OPENED)


def test_what_the_old_ceiling_threw_out_is_weighed_by_the_new_one(ledger: Database) -> None:
    played(ledger)
    with ledger.begin() as session:
        (standard,) = trying.standards(session)
        easy = trying.replace(
            standard,
            facility_ppm={"ppe-01": 960_000},
            left_out={"ppe-01": trying.TOO_EASY},
            left_out_at={"ppe-01": OPENED.isoformat()},
        )
        looser = trying.under(
            easy, trying.replace(standard.parameters, facility_ceiling_ppm=970_000)
        )

    assert easy.weight_ppm("ppe-01") == 0
    assert looser.weight_ppm("ppe-01") == 540_000


def test_a_shadow_that_no_worker_was_told_of_is_rung_for(ledger: Database) -> None:
    played(ledger)
    save(ledger, full_week_min=60)
    with ledger.begin() as session:
        drafting.ask_shadow(session, now=OVER)
    rung: list[str] = []

    keep(ledger, OVER + timedelta(seconds=30), lambda: rung.append("early"))
    keep(ledger, OVER + timedelta(seconds=90), lambda: rung.append("late"))
    trying.count(ledger, lambda: OVER)
    keep(ledger, OVER + timedelta(seconds=150), lambda: rung.append("again"))

    assert rung == ["late"]
