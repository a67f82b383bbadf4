"""The demo community is loaded once, and everything in it holds together."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from psot import clock
from psot.cli import main
from psot.config import BadSetting
from psot.demo import ACCOUNTS
from psot.demo.learned import NOTED_WEEKS
from psot.demo.load import load
from psot.ledger.verify import verify
from psot.projections import CATALOGUE
from psot.ratings.queries import newest_season, region_table
from psot.regions.queries import history
from psot.runtime import connect
from psot.seasons import checking
from psot.seasons import queries as seasons
from psot.seasons.queries import Status
from tests.integration.demo.conftest import Community
from tests.web import database_of, make_app, make_settings

NOVEMBER = datetime(2026, 11, 22, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "over"),
    [(NOVEMBER, "2026-Q3"), (datetime(2027, 1, 1, 9, tzinfo=UTC), "2026-Q4")],
)
def test_the_community_is_whole_on_any_day(community: Community, now: datetime, over: str) -> None:
    settings = community(now)
    with clock.fixed(now):
        assert load(settings, say=lambda _: None) is False
    made = connect(settings)
    with made.database.begin() as session:
        season = newest_season(session)
        assert season is not None
        past = seasons.season(session, over, now)
        places = list(seasons.lines(session, over))
        noted = history(session, season.name, "RU-MOW")
        ranked = [one for one in region_table(session, season.name) if one.rank]
        latest = session.execute(text("SELECT max(occurred_at) FROM ledger_facts")).scalar_one()
        waiting = session.execute(
            text("SELECT count(*) FROM ledger_deliveries WHERE delivered_at IS NULL")
        ).scalar_one()

    assert len(ranked) > 30
    assert latest <= now
    assert waiting == 0
    assert past is not None
    assert past.status is Status.CLOSED
    assert past.rosters is not None
    assert len(places) > 60
    assert [one.week for one in noted] == noted_weeks(season.calendar.weeks_elapsed(now))
    assert checking.verify(made.database, over).holds
    for projection in CATALOGUE.projections:
        assert {one.drifted for one in verify(made.database, projection)} == {0}
    made.database.close()


def noted_weeks(begun: int) -> list[int]:
    return list(range(begun))[-NOTED_WEEKS:]


def test_everybody_of_the_banner_can_sign_in(community: Community) -> None:
    app = make_app(community(NOVEMBER))
    for account in ACCOUNTS:
        browser = app.test_client()
        answer = browser.post(
            "/sign-in", data={"email": account.email, "password": account.password}
        )
        assert answer.status_code == 302, (account.email, answer.text)
    database_of(app).close()


def test_known_passwords_stay_in_demo_mode(
    database_url: str, redis_url: str, tmp_path: Path
) -> None:
    with pytest.raises(BadSetting):
        load(make_settings(database_url, redis_url, tmp_path))


def test_the_commands_say_what_they_did(
    database_url: str, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "PSOT_DEMO": "1",
        "SECRET_KEY": "x" * 40,
    }.items():
        monkeypatch.setenv(name, value)
    loaded = CliRunner().invoke(main, ["demo", "load"])
    listed = CliRunner().invoke(main, ["season", "list"])
    again = CliRunner().invoke(main, ["season", "open"])
    calibrated = CliRunner().invoke(main, ["season", "calibrate"])

    assert loaded.exit_code == 0, loaded.output
    assert ACCOUNTS[2].email in loaded.output
    assert "week" in listed.output
    assert again.exit_code == 1
    assert "0 season(s)" in calibrated.output
