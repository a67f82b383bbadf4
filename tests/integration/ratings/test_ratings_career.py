"""A career: the newest season with a fading memory of the two before it."""

from datetime import UTC, date, datetime

from psot.database import Database
from psot.ratings.career import career, career_line
from tests.integration.ratings.history import (
    AUTUMN,
    SEASON,
    answered,
    calibrated,
    member,
    opened,
    tell,
    watched,
)

ANNA = member(1)
SUMMER = datetime(2026, 8, 5, 9, tzinfo=UTC)
WINTER = datetime(2027, 2, 3, 9, tzinfo=UTC)


def test_before_the_first_season_nobody_has_a_career(ledger: Database) -> None:
    with ledger.begin() as session:
        assert career(session, ANNA) is None


def test_a_career_remembers_two_seasons_and_names_what_it_is_made_of(ledger: Database) -> None:
    tell(
        ledger,
        [
            opened("2026-Q3", date(2026, 7, 1)),
            opened(),
            opened("2027-Q1", date(2027, 1, 1)),
            *(calibrated(season=one, weeks_elapsed=1) for one in ("2026-Q3", SEASON, "2027-Q1")),
            watched(ANNA, "r1", ms=90 * 60_000, at=SUMMER),
            watched(ANNA, "r2", ms=45 * 60_000, at=AUTUMN),
        ],
    )
    with ledger.begin() as session:
        line = career_line(session, ANNA)
        newest = career(session, ANNA)
    full, half = 774_597, 547_723  # the roots of 1 and of 1/2 times the mean of .6

    assert [(one.season, one.milli) for one in line] == [
        ("2026-Q3", (full * 50 + 50) // 100),
        (SEASON, (half * 50 + full * 30 + 50) // 100),
        ("2027-Q1", (half * 30 + full * 20 + 50) // 100),
    ]
    assert newest == line[-1]
    assert [(one.season, one.rating_milli, one.percent) for one in newest.made_of] == [
        ("2027-Q1", 0, 50),
        (SEASON, half, 30),
        ("2026-Q3", full, 20),
    ]


def test_a_season_that_was_never_opened_counts_as_one_not_taken_part_in(ledger: Database) -> None:
    tell(ledger, [opened("2027-Q1", date(2027, 1, 1)), answered(ANNA, at=WINTER)])
    with ledger.begin() as session:
        found = career(session, ANNA)

    assert found is not None
    assert [one.season for one in found.made_of] == ["2027-Q1", SEASON, "2026-Q3"]
    assert found.points == round(found.made_of[0].rating_milli / 2000)
