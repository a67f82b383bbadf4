"""A season is a quarter, and every moment of it lies in one of thirteen weeks."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.rating import quarter_season, season_named, season_of

MOSCOW = ZoneInfo("Europe/Moscow")
AUTUMN = quarter_season(2026, 4, MOSCOW)


def test_the_last_quarter_runs_to_new_year() -> None:
    assert (AUTUMN.name, AUTUMN.starts_on, AUTUMN.ends_before) == (
        "2026-Q4",
        date(2026, 10, 1),
        date(2027, 1, 1),
    )


def test_a_season_begins_at_midnight_in_moscow() -> None:
    first = datetime(2026, 9, 30, 21, 0, tzinfo=UTC)

    assert first in AUTUMN
    assert first - timedelta(microseconds=1) not in AUTUMN
    assert AUTUMN.starts_at == first
    assert AUTUMN.ends_at == datetime(2026, 12, 31, 21, 0, tzinfo=UTC)


def test_a_week_changes_at_midnight_in_moscow_wherever_the_member_lives() -> None:
    kamchatka = timezone(timedelta(hours=12))
    last = datetime(2026, 10, 8, 8, 59, tzinfo=kamchatka)

    assert AUTUMN.week_index(last) == 0
    assert AUTUMN.week_index(last + timedelta(minutes=1)) == 1


def test_the_days_left_over_belong_to_the_last_week() -> None:
    assert AUTUMN.week_index(datetime(2026, 12, 31, 20, 59, tzinfo=UTC)) == 12
    assert AUTUMN.week_starts_on(12) == date(2026, 12, 24)


def test_weeks_elapsed_counts_the_running_week() -> None:
    assert AUTUMN.weeks_elapsed(datetime(2026, 9, 1, tzinfo=UTC)) == 0
    assert AUTUMN.weeks_elapsed(datetime(2026, 10, 1, tzinfo=UTC)) == 1
    assert AUTUMN.weeks_elapsed(datetime(2026, 11, 22, tzinfo=UTC)) == 8
    assert AUTUMN.weeks_elapsed(datetime(2027, 3, 1, tzinfo=UTC)) == 13


def test_a_moment_outside_has_no_week() -> None:
    with pytest.raises(ValueError, match="2026-Q4"):
        AUTUMN.week_index(datetime(2027, 1, 1, tzinfo=UTC))


@given(
    moment=st.datetimes(
        min_value=datetime(2001, 1, 2),  # noqa: DTZ001 - the zone is the next argument
        max_value=datetime(2099, 12, 30),  # noqa: DTZ001 - the same
        timezones=st.just(UTC),
    )
)
def test_every_moment_lies_in_one_week_of_its_quarter(moment: datetime) -> None:
    season = season_of(moment, MOSCOW)

    assert moment in season
    assert 0 <= season.week_index(moment) <= 12
    assert season.weeks_elapsed(moment) == season.week_index(moment) + 1


@given(year=st.integers(2001, 2098), quarter=st.integers(1, 4))
def test_seasons_follow_each_other_without_a_gap(year: int, quarter: int) -> None:
    season = quarter_season(year, quarter, MOSCOW)
    following = season_of(season.ends_at, MOSCOW)

    assert following.starts_on == season.ends_before
    assert following.name > season.name


@given(year=st.integers(2001, 2098), quarter=st.integers(1, 4))
def test_a_season_is_found_by_its_name(year: int, quarter: int) -> None:
    season = quarter_season(year, quarter, MOSCOW)

    assert season_named(season.name, MOSCOW) == season


@pytest.mark.parametrize("name", ["2026-Q5", "2026", "Q4", "2026-Q4 ", ""])
def test_what_names_no_quarter_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="names no quarter"):
        season_named(name, MOSCOW)
