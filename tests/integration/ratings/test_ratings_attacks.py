"""Attacks on the rating, told fact by fact through the real fold: each lands as the rules say."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import yaml

from psot.database import Database
from psot.ratings.queries import MemberRating, RegionLine, member_rating, region_table
from scoring.rating import SizeLeague
from tests.integration.ratings.history import (
    AUTUMN,
    SEASON,
    Entry,
    answered,
    calibrated,
    member,
    moved,
    opened,
    registered,
    tell,
    watched,
)

GOLDEN = Path(__file__).parents[2] / "golden"
PEOPLE = {
    one["story"]: one
    for one in yaml.safe_load((GOLDEN / "rating_people.yaml").read_text(encoding="utf-8"))[
        "members"
    ]
}
REGIONS = yaml.safe_load((GOLDEN / "rating_regions.yaml").read_text(encoding="utf-8"))["regions"]

WEEK = timedelta(days=7)
MINUTE_MS = 60_000
ANNA = member(1)
STARTED = datetime(2026, 9, 30, 21, tzinfo=UTC)
ENDED = datetime(2026, 12, 31, 21, tzinfo=UTC)
NEXT = "2027-Q1"
EASY, HARD = "easy", "hard"
MEDIAN_MS, CLICK_MS = 20_000, 500


def rating_of(database: Database, who: UUID = ANNA, season: str = SEASON) -> MemberRating:
    with database.begin() as session:
        found = member_rating(session, season, who)
    assert found is not None
    return found


def table(database: Database, season: str = SEASON) -> dict[str, RegionLine]:
    with database.begin() as session:
        return {one.region: one for one in region_table(session, season)}


def finished(questions: Iterable[str] = ()) -> Entry:
    """The figures of a whole season in which two questions of three are easy."""
    names = list(questions)
    return calibrated(
        weeks_elapsed=13,
        mean_ppm=620_000,
        facility_ppm={one: 400_000 if one.startswith(HARD) else 700_000 for one in names},
        median_ms=dict.fromkeys(names, MEDIAN_MS),
    )


def lives_through(person: Mapping[str, Any], response_ms: int) -> Iterator[Entry]:
    """Tell the weeks and answers of a worked example; recordings fill what answers do not earn."""
    weeks = [minutes for number, minutes in person["weeks"] for _ in range(number)]
    earned_min = [0] * len(weeks)
    numbers, places = count(), count()
    for total, right, facility_ppm in person["answers"]:
        kind = HARD if facility_ppm == 400_000 else EASY
        for number in range(total):
            week = next(places) % len(weeks)
            earned_min[week] += 3 if response_ms == MEDIAN_MS else 0
            yield answered(
                ANNA,
                f"{kind}-{next(numbers):03}",
                score_ppm=1_000_000 if number < right else 0,
                response_ms=response_ms,
                at=AUTUMN + week * WEEK,
            )
    for week, minutes in enumerate(weeks):
        yield watched(
            ANNA,
            f"recording-{week}",
            ms=(minutes - earned_min[week]) * MINUTE_MS,
            at=AUTUMN + week * WEEK,
        )


@pytest.mark.parametrize(
    ("story", "response_ms"),
    [
        ("seven full weeks and three half ones, a quarter of the questions hard", MEDIAN_MS),
        ("joined in the seventh week and missed none since", MEDIAN_MS),
        ("half an hour a week and five perfect answers", MEDIAN_MS),
        ("two marathons and easy questions", MEDIAN_MS),
        # The farmer lets recordings run and clicks answers away: no minutes, and every one counts.
        ("sits fifteen hours a week and guesses", CLICK_MS),
    ],
    ids=["steady", "joined late", "lucky five", "sprinter", "farmer"],
)
def test_each_way_to_play_lands_on_the_published_figure(
    ledger: Database, story: str, response_ms: int
) -> None:
    person = PEOPLE[story]
    told = list(lives_through(person, response_ms))
    questions = [fact.question for fact, _, _ in told if hasattr(fact, "question")]
    tell(ledger, [registered(ANNA), opened(), *told, finished(questions)])
    found = rating_of(ledger)

    assert found.minutes == person["minutes"]
    assert {
        "activity_ppb": found.activity_ppb,
        "effectiveness_ppb": found.effectiveness_ppb,
        "rating_milli": found.rating_milli,
    } == person["exact"]
    assert found.points == person["rating"]


def test_a_first_answer_stands_however_often_it_is_improved(ledger: Database) -> None:
    wrong = answered(ANNA, "easy-001", nth=1, score_ppm=0)
    tell(ledger, [opened(), finished(["easy-001"]), wrong])
    before = rating_of(ledger)
    better = [answered(ANNA, "easy-001", nth=n, at=AUTUMN + n * WEEK) for n in range(2, 12)]
    tell(ledger, better)

    assert rating_of(ledger) == before


def test_an_answer_after_the_last_minute_counts_in_the_next_season(ledger: Database) -> None:
    tell(
        ledger, [opened(), opened(NEXT, date(2027, 1, 1)), answered(ANNA, "easy-001", score_ppm=0)]
    )
    before = rating_of(ledger)
    tell(ledger, [answered(ANNA, "easy-002", at=ENDED)])
    assert rating_of(ledger) == before
    assert rating_of(ledger, season=NEXT).first_attempts == 1
    tell(ledger, [answered(ANNA, "easy-003", at=ENDED - timedelta(microseconds=1))])

    assert rating_of(ledger).first_attempts == 2, "told late, it happened in time"


CODES = dict(zip("ABCDE", ["RU-MOS", "RU-TYU", "RU-ALT", "RU-SAK", "RU-MAG"], strict=True))
REST = "RU-KGD"
ANSWERS = {"D": 20}
"""So many answers a qualified member gives; ten elsewhere."""


def citizen(
    who: UUID, region: str, activity_ppb: int, score_ppm: int | None, answers: int
) -> Iterator[Entry]:
    """A member of given activity; one with a score gives ``answers`` of weight 1."""
    yield registered(who, region)
    minutes = activity_ppb * 900 // 1_000_000_000
    for week in range(-(-minutes // 90)):
        ms = min(90, minutes - 90 * week) * MINUTE_MS
        yield watched(who, f"recording-{week}", ms=ms, at=AUTUMN + week * WEEK)
    if score_ppm is not None:
        for number in range(answers):
            # In the time of a click: the minutes are those of the recordings alone.
            question = f"{EASY}-{number:03}"
            yield answered(who, question, score_ppm=score_ppm, response_ms=CLICK_MS)


def country() -> Iterator[Entry]:
    """The five regions of the worked table, and the rest that brings the means to its figures."""
    numbers = count(1)
    for region in REGIONS:
        answers = ANSWERS.get(region["name"], 10)
        effectiveness = region["effectiveness_ppb"] // 1000
        score = (effectiveness * (answers + 20) - 620_000 * 20) // answers
        for number in range(region["members"]):
            yield from citizen(
                member(next(numbers)),
                CODES[region["name"]],
                region["activity_ppb"],
                score if number < region["qualified"] else None,
                answers,
            )
    for number in range(121):
        yield from citizen(
            member(next(numbers)), REST, 20_000_000, 140_000 if number < 96 else None, 10
        )


@pytest.mark.timeout(600)
def test_regions_land_on_the_published_table_and_no_trick_moves_one(ledger: Database) -> None:
    medians = {f"{EASY}-{number:03}": MEDIAN_MS for number in range(20)}
    whole = calibrated(weeks_elapsed=13, mean_ppm=620_000, median_ms=medians)
    tell(ledger, [*country(), opened(), whole], batch=5000)
    honest = table(ledger)

    assert {name: honest[code].points for name, code in CODES.items()} == {
        one["name"]: one["score"] for one in REGIONS
    }
    assert honest[CODES["D"]].league is SizeLeague.SMALL

    # Many accounts in one region, made while the season runs: not one is on its roster.
    crowd = [member(10_000 + number) for number in range(200)]
    tell(
        ledger,
        [
            *(registered(one, CODES["E"], at=STARTED) for one in crowd),
            *(watched(one, ms=90 * MINUTE_MS) for one in crowd),
            *(answered(one, f"{EASY}-{n:03}") for one in crowd[:20] for n in range(10)),
        ],
        batch=5000,
    )
    assert table(ledger) == honest

    # A region that moves its weak members away in mid-season keeps them on its roster till the end.
    idle = [one for number, one in enumerate(map(member, range(1, 901))) if number >= 520]
    tell(ledger, [moved(one, REST, AUTUMN + WEEK) for one in idle], batch=5000)
    assert table(ledger) == honest


def test_accounts_that_do_nothing_pull_their_region_down(ledger: Database) -> None:
    active = [member(number) for number in range(1, 21)]
    tell(
        ledger,
        [
            opened(),
            finished(),
            *(one for who in active for one in citizen(who, "RU-TYU", 800_000_000, 900_000, 10)),
            *(
                one
                for number in range(40)
                for one in citizen(member(100 + number), "RU-MOW", 400_000_000, 600_000, 10)
            ),
        ],
    )
    before = table(ledger)["RU-TYU"]
    tell(ledger, [registered(member(1000 + number), "RU-TYU") for number in range(100)])
    after = table(ledger)["RU-TYU"]

    assert (before.sums.members, after.sums.members) == (20, 120)
    assert after.score_milli < before.score_milli


def test_weak_members_moved_away_before_a_season_are_weak_where_they_count(
    ledger: Database,
) -> None:
    tell(ledger, [opened(NEXT, date(2027, 1, 1)), registered(ANNA, "RU-TYU")])
    tell(ledger, [moved(ANNA, "RU-MOW", AUTUMN)])

    rosters = {code: line.sums.members for code, line in table(ledger, NEXT).items()}
    assert (rosters["RU-TYU"], rosters["RU-MOW"]) == (0, 1)
