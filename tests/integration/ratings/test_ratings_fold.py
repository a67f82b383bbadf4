"""Facts become ratings: the same ones, whatever their order and their batches."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import text

from psot.database import Database
from psot.ledger.delivery import deliver
from psot.ledger.verify import verify
from psot.ratings.derivations import open_rating
from psot.ratings.projections import RATINGS
from psot.ratings.queries import member_rating, region_table
from scoring.rating import PARAMETERS_V1, FirstAttempt, effectiveness_ppb
from tests.integration.ratings.history import (
    AUTUMN,
    SEASON,
    answered,
    answered_in_race,
    calibrated,
    happen,
    member,
    moved,
    opened,
    practised,
    raced,
    registered,
    stored,
    tell,
    watched,
)

ANNA, BORIS = member(1), member(2)
WEEK = timedelta(days=7)


def figures(database: Database, who: Any) -> tuple[int, int, int]:
    with database.begin() as session:
        rating = member_rating(session, SEASON, who)
    assert rating is not None
    return rating.activity_ppb, rating.effectiveness_ppb, rating.rating_milli


def test_an_answer_moves_its_member_and_its_region(ledger: Database) -> None:
    tell(ledger, [opened(), registered(ANNA), answered(ANNA)])
    effectiveness = effectiveness_ppb(
        [FirstAttempt(question="ppe-01", score_ppm=1_000_000)], 620_000_000, PARAMETERS_V1
    )

    assert figures(ledger, ANNA)[:2] == (33_333_333, effectiveness)
    with ledger.begin() as session:
        first = region_table(session, SEASON)[0]
    assert (first.region, first.rank, first.sums.members, first.sums.active) == ("RU-TYU", 1, 1, 1)
    assert first.sums.activity_ppb == 33_333_333


def test_only_the_first_answer_of_a_season_counts(ledger: Database) -> None:
    first = answered(ANNA, nth=1, score_ppm=0)
    again = answered(ANNA, nth=2, at=AUTUMN + WEEK)
    tell(ledger, [opened(), registered(ANNA), again])
    right = figures(ledger, ANNA)
    tell(ledger, [first])

    assert figures(ledger, ANNA)[1] < right[1]
    with ledger.begin() as session:
        rating = member_rating(session, SEASON, ANNA)
    assert rating is not None
    assert (rating.first_attempts, rating.minutes) == (1, 3)


def test_an_answer_faster_than_anybody_reads_earns_no_minutes(ledger: Database) -> None:
    tell(
        ledger,
        [
            opened(),
            calibrated(median_ms={"ppe-01": 20_000}),
            answered(ANNA, response_ms=1_999),
            answered(BORIS, response_ms=2_000),
        ],
    )

    assert figures(ledger, ANNA)[0] == 0
    assert figures(ledger, BORIS)[0] > 0


def test_a_calibration_changes_everybody_at_once(ledger: Database) -> None:
    tell(ledger, [opened(), answered(ANNA), answered(BORIS, score_ppm=0)])
    tell(ledger, [calibrated(weeks_elapsed=4, facility_ppm={"ppe-01": 200_000})])
    hard = FirstAttempt(question="ppe-01", score_ppm=1_000_000, facility_ppm=200_000)

    assert figures(ledger, ANNA)[:2] == (
        8_333_333,
        effectiveness_ppb([hard], 600_000_000, PARAMETERS_V1),
    )


def test_an_older_calibration_that_comes_late_changes_nothing(ledger: Database) -> None:
    tell(ledger, [opened(), answered(ANNA), calibrated(2, weeks_elapsed=3)])
    before = stored(ledger)
    tell(ledger, [calibrated(1, weeks_elapsed=2)])

    assert stored(ledger) == before


def test_who_joins_during_a_season_counts_for_the_region_from_the_next(ledger: Database) -> None:
    late = datetime(2026, 10, 3, tzinfo=UTC)
    tell(
        ledger,
        [
            opened(),
            registered(ANNA, at=late),
            registered(BORIS, "RU-MOW"),
            moved(BORIS, "RU-TYU", late),
            answered(ANNA),
            answered(BORIS),
        ],
    )

    with ledger.begin() as session:
        table = {one.region: one.sums.members for one in region_table(session, SEASON)}
        rating = member_rating(session, SEASON, ANNA)
    assert (table["RU-TYU"], table["RU-MOW"]) == (0, 1)
    assert rating is not None
    assert (rating.region, rating.on_roster) == ("RU-TYU", False)


def test_an_answer_belongs_to_the_season_of_moscow_time(ledger: Database) -> None:
    last_minute = datetime(2026, 9, 30, 20, 59, tzinfo=UTC)
    tell(ledger, [opened(), answered(ANNA, at=last_minute), answered(BORIS, at=last_minute + WEEK)])

    with ledger.begin() as session:
        assert member_rating(session, SEASON, ANNA) is None
        assert member_rating(session, SEASON, BORIS) is not None


def test_a_season_off_the_calendar_is_refused_and_harms_nothing(ledger: Database) -> None:
    happen(ledger, opened(starts_on=date(2026, 10, 2)), registered(ANNA))
    result = deliver(ledger, RATINGS)

    assert (result.done, result.failed) == (1, 1)


def test_a_race_is_worth_its_minutes_in_its_week_once(ledger: Database) -> None:
    tell(ledger, [opened(), calibrated(weeks_elapsed=2), raced(ANNA), raced(ANNA, 2, at=AUTUMN)])
    tell(ledger, [raced(BORIS, minutes=90, at=AUTUMN + WEEK), raced(ANNA)])

    with ledger.begin() as session:
        anna, boris = (member_rating(session, SEASON, one) for one in (ANNA, BORIS))
    assert anna is not None
    assert boris is not None
    assert (anna.minutes, anna.first_attempts) == (40, 0)
    assert (boris.minutes, boris.activity_ppb) == (90, 500_000_000)
    tell(ledger, [answered(ANNA)])
    with ledger.begin() as session:
        more = member_rating(session, SEASON, ANNA)
    assert more is not None
    assert (more.minutes, more.first_attempts) == (43, 1)


def test_an_answer_in_a_race_counts_unless_the_question_was_answered_before(
    ledger: Database,
) -> None:
    wrong = answered_in_race(ANNA, score_ppm=0, at=AUTUMN + WEEK)
    tell(
        ledger, [opened(), wrong, answered(BORIS, at=AUTUMN), answered_in_race(BORIS, score_ppm=0)]
    )
    after_race = figures(ledger, ANNA)
    tell(ledger, [answered(ANNA, nth=2, at=AUTUMN + 2 * WEEK)])

    assert figures(ledger, ANNA) == after_race
    tell(ledger, [answered(ANNA, nth=1, at=AUTUMN)])
    assert figures(ledger, ANNA)[1] > after_race[1], "the quiz came first, only its fact came late"
    with ledger.begin() as session:
        rating = member_rating(session, SEASON, ANNA)
    assert rating is not None
    assert rating.first_attempts == 1


def test_watched_time_adds_up_and_whole_minutes_of_a_week_count(ledger: Database) -> None:
    tell(ledger, [opened(), calibrated(weeks_elapsed=1), watched(ANNA, ms=59_999)])
    assert figures(ledger, ANNA)[0] == 0
    tell(ledger, [watched(ANNA, "r2", ms=1), watched(ANNA, "r2", 2, ms=44 * 60_000 + 59_999)])

    with ledger.begin() as session:
        rating = member_rating(session, SEASON, ANNA)
        seen = open_rating(session, SEASON, ANNA)
    assert rating is not None
    assert (rating.minutes, rating.activity_ppb, rating.first_attempts) == (45, 500_000_000, 0)
    assert seen is not None
    assert [(one.recording, one.ms) for one in seen.recordings] == [
        ("r1", 59_999),
        ("r2", 2_700_000),
    ]
    assert [int(week.minutes) for week in seen.derivation.weeks] == [45]


def test_the_first_run_of_a_scenario_is_a_first_attempt_of_its_score(ledger: Database) -> None:
    tell(
        ledger,
        [
            registered(ANNA),
            opened(),
            practised(ANNA, number=2, score_ppm=1_000_000, at=AUTUMN),
            practised(ANNA, number=1, score_ppm=300_000, minutes=0, at=AUTUMN + WEEK),
        ],
    )

    with ledger.begin() as session:
        found = open_rating(session, SEASON, ANNA)
    assert found is not None
    [line] = found.answers
    assert (line.scenario, line.score_ppm, line.minutes) == ("roof", 300_000, 0)
    neutral = FirstAttempt(question="workplace:roof", score_ppm=300_000, facility_ppm=None)
    assert figures(ledger, ANNA)[1] == effectiveness_ppb([neutral], 620_000_000, PARAMETERS_V1)


def test_a_scenario_counts_its_norm_once_a_season_in_the_week_of_its_first_finish(
    ledger: Database,
) -> None:
    tell(ledger, [registered(ANNA), opened(), practised(ANNA, number=3, at=AUTUMN + WEEK)])
    tell(ledger, [practised(ANNA, number=2, at=AUTUMN), practised(ANNA, "tank", 2, minutes=12)])
    tell(ledger, [practised(ANNA, number=4, at=AUTUMN + 2 * WEEK)])

    with ledger.begin() as session:
        found = open_rating(session, SEASON, ANNA)
        rating = member_rating(session, SEASON, ANNA)
    assert found is not None
    assert rating is not None
    assert [(one.scenario, one.week, one.minutes) for one in found.practices] == [
        ("roof", 0, 9),
        ("tank", 0, 12),
    ]
    assert rating.minutes == 21
    assert [week.minutes for week in found.derivation.weeks] == [21]


def test_a_question_left_out_weighs_nothing_and_earns_its_minutes(ledger: Database) -> None:
    hard = {"ppe-01": 200_000, "ppe-02": 200_000}
    wrong = [answered(ANNA, "ppe-01"), answered(ANNA, "ppe-02", score_ppm=0)]
    tell(ledger, [opened(), *wrong, calibrated(1, facility_ppm=hard)])
    with_it = figures(ledger, ANNA)
    out = {"ppe-02": "too_easy"}
    tell(ledger, [calibrated(2, facility_ppm=hard, left_out=out)])
    without = figures(ledger, ANNA)
    alone = FirstAttempt(question="ppe-01", score_ppm=1_000_000, facility_ppm=200_000)

    assert without[0] == with_it[0], "minutes stay"
    assert without[1] == effectiveness_ppb([alone], 600_000_000, PARAMETERS_V1)
    tell(ledger, [calibrated(3, facility_ppm=hard)])
    assert figures(ledger, ANNA) == with_it, "and it comes back"


def test_a_corrected_question_counts_while_its_old_version_stays_out(ledger: Database) -> None:
    out = {"ppe-01@1": "negative_discrimination"}
    tell(ledger, [opened(), calibrated(1, left_out=out)])
    tell(ledger, [answered(ANNA, version=1), answered(BORIS, version=2)])

    with ledger.begin() as session:
        opened_up = [open_rating(session, SEASON, one) for one in (ANNA, BORIS)]
    lines = [one.answers[0] for one in opened_up if one is not None]
    assert [line.weight_ppm for line in lines] == [0, 1_000_000]
    assert [line.minutes for line in lines] == [3, 3]
    absence = lines[0].absence
    assert absence is not None
    assert (absence.reason, absence.since) == ("negative_discrimination", AUTUMN)
    assert lines[1].absence is None


def test_hand_made_changes_are_found(ledger: Database) -> None:
    tell(ledger, [opened(), *(registered(member(n)) for n in range(20))])
    tell(ledger, [answered(member(n)) for n in range(20)])
    with ledger.begin() as session:
        session.execute(
            text(
                "UPDATE rating_members SET rating_milli = 1 WHERE member IN"
                " (SELECT member FROM rating_members ORDER BY member LIMIT 7)"
            )
        )

    drifted = {one.table: one.drifted for one in verify(ledger, RATINGS)}
    assert drifted.pop("rating_members") == 7
    assert set(drifted.values()) == {0}
