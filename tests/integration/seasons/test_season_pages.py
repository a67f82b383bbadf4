"""The desk of seasons and the archive, as organizers, members and visitors meet them."""

import json
from datetime import datetime, timedelta
from hashlib import sha256

import pytest
from flask import Flask

from psot import clock
from psot.ledger.consumers import enrol
from psot.projections import CATALOGUE
from psot.seasons.schedule import keep
from tests.integration.ratings.history import AUTUMN, Entry, answered, drain, member, tell
from tests.seasons import ANSWERS, HISTORY, OPENED, OVER, SEASON, finished
from tests.web import Browser, a_member, database_of, sign_in

NEXT = "2027-Q1"


@pytest.fixture
def house(app: Flask) -> Flask:
    """The application with a small community; no season is opened."""
    enrol(database_of(app), CATALOGUE)
    tell(database_of(app), HISTORY)
    return app


class Organizer:
    """An organizer's browser at a moment of the story."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.later(OPENED)

    def look(self, path: str, status: int = 200) -> str:
        with clock.fixed(self.now):
            answer = self.browser.get(path)
        assert answer.status_code == status
        return answer.text

    def press(self, path: str, status: int = 303, **form: str) -> str:
        with clock.fixed(self.now):
            answer = self.browser.post(path, data=form)
        assert answer.status_code == status
        return answer.text

    def later(self, moment: datetime) -> None:
        """Come at ``moment``; whoever was away so long signs in again."""
        self.now = moment
        with clock.fixed(moment):
            self.browser = sign_in(self.app, roles=("organizer",), language="en")
        drain(database_of(self.app))


@pytest.fixture
def organizer(house: Flask) -> Organizer:
    return Organizer(house)


def closed(organizer: Organizer, entries: list[Entry]) -> None:
    """Open the season at the desk, let it be played, close it at the desk."""
    organizer.press(f"/organizer/seasons/{SEASON}/open")
    drain(database_of(organizer.app))
    tell(database_of(organizer.app), entries)
    finished(database_of(organizer.app))
    organizer.later(OVER)
    organizer.press(f"/organizer/seasons/{SEASON}/close", confirmed=SEASON)


def test_the_desk_says_that_the_running_quarter_is_not_open(organizer: Organizer) -> None:
    page = organizer.look("/organizer/seasons")

    assert f"Season {SEASON} has begun and is not open." in page
    assert f"/organizer/seasons/{SEASON}/open" in page
    assert NEXT in page


def test_before_opening_the_rosters_are_shown_as_they_would_be(organizer: Organizer) -> None:
    before = organizer.look(f"/organizer/seasons/{SEASON}/open")
    keep(database_of(organizer.app), OPENED)
    after = organizer.look(f"/organizer/seasons/{SEASON}/open")

    assert "is being counted" in before
    assert "Tyumen" in after
    assert "Rosters as they would be now" in after


def test_a_season_is_opened_at_the_desk_at_once_for_every_page(organizer: Organizer) -> None:
    organizer.press(f"/organizer/seasons/{SEASON}/open")

    desk = organizer.look("/organizer/seasons")
    assert "4 members on the rosters" in desk
    assert "has begun and is not open" not in desk
    organizer.look(f"/organizer/seasons/{SEASON}/open", status=409)
    organizer.press(f"/organizer/seasons/{SEASON}/open", status=409)


def test_a_coming_season_is_planned_and_the_plan_dropped(organizer: Organizer) -> None:
    refused = organizer.press(f"/organizer/seasons/{NEXT}/open", status=409)
    organizer.press(f"/organizer/seasons/{NEXT}/plan")
    planned = organizer.look("/organizer/seasons")
    seen = organizer.look(f"/organizer/seasons/{NEXT}/open")
    organizer.press(f"/organizer/seasons/{NEXT}/drop-plan")
    dropped = organizer.look("/organizer/seasons")

    assert "has not begun" in refused
    assert "opens by itself" in planned
    assert "It opens by itself on" in seen
    assert "opens by itself" not in dropped


def test_a_running_season_cannot_be_closed(organizer: Organizer) -> None:
    organizer.press(f"/organizer/seasons/{SEASON}/open")
    drain(database_of(organizer.app))

    assert "The season still runs" in organizer.look(f"/organizer/seasons/{SEASON}/close")
    refused = organizer.press(f"/organizer/seasons/{SEASON}/close", status=409, confirmed=SEASON)
    assert "The season still runs" in refused


def test_closing_asks_for_the_name_and_waits_for_the_last_figures(organizer: Organizer) -> None:
    organizer.press(f"/organizer/seasons/{SEASON}/open")
    tell(database_of(organizer.app), ANSWERS)
    organizer.later(OVER)
    path = f"/organizer/seasons/{SEASON}/close"

    assert "waits to be closed" in organizer.look("/organizer/seasons")
    taken = organizer.press(path, status=409, confirmed=SEASON)
    waiting = organizer.press(path, status=409, confirmed=SEASON)
    drain(database_of(organizer.app))
    unnamed = organizer.press(path, status=422, confirmed="2026-q4")
    organizer.press(path, confirmed=f" {SEASON} ")

    assert "have just been taken" in taken
    assert "wait to be counted" in waiting
    assert "exactly as it stands here" in unnamed
    assert "closed and sealed" in organizer.look("/organizer/seasons")
    assert "closed already" in organizer.look(path, status=409)


def test_anybody_can_take_the_protocol_and_find_its_hash(
    organizer: Organizer, client: Browser
) -> None:
    closed(organizer, ANSWERS)

    page = client.get(f"/ratings/seasons/{SEASON}")
    file = client.get(f"/ratings/seasons/{SEASON}/protocol.json")
    paper = client.get(f"/ratings/seasons/{SEASON}/protocol.pdf")

    assert sha256(file.data).hexdigest() == file.headers["X-Protocol-SHA256"]
    assert file.headers["X-Protocol-SHA256"] in page.text
    assert file.get_json()["members"]["count"] == 4
    assert str(member(1)) not in file.text
    assert paper.data.startswith(b"%PDF")


def test_the_lines_of_members_are_the_organizers(organizer: Organizer, client: Browser) -> None:
    closed(organizer, ANSWERS)
    path = f"/organizer/seasons/{SEASON}/members.jsonl"

    lines = organizer.look(path)
    told = client.get(f"/ratings/seasons/{SEASON}/protocol.json").get_json()

    assert sha256(lines.encode()).hexdigest() == told["members"]["sha256"]
    assert json.loads(lines.splitlines()[0])["member"] == str(member(1))
    assert client.get(path).status_code == 303
    organizer.look(f"/organizer/seasons/{NEXT}/members.jsonl", status=404)


def test_the_archive_shows_names_of_today_and_each_member_the_own_result(
    house: Flask, client: Browser
) -> None:
    with clock.fixed(OPENED - timedelta(days=9)), database_of(house).begin() as session:
        seen = a_member(session, display_name="Вера Громова", name_public=True)
        shy = a_member(session, display_name="Тихон Скромный")
    organizer = Organizer(house)
    closed(
        organizer,
        [
            *(answered(seen.id, f"ppe-{one:02}", at=AUTUMN) for one in range(1, 13)),
            *(answered(shy.id, f"ppe-{one:02}", at=AUTUMN) for one in range(1, 9)),
        ],
    )

    public = client.get(f"/ratings/seasons/{SEASON}").text
    with clock.fixed(OVER):
        own = sign_in(house, member=shy.id).get(f"/ratings/seasons/{SEASON}").text
    with database_of(house).begin() as session:
        row = session.get(type(seen), seen.id)
        assert row is not None
        row.name_public = False
    hidden = client.get(f"/ratings/seasons/{SEASON}").text
    archive = client.get("/ratings/seasons").text

    assert "Вера Громова" in public
    assert "Тихон Скромный" not in public
    assert "Ваш итог" in own
    assert "Ваш итог" not in public
    assert "Вера Громова" not in hidden
    assert SEASON in archive


def test_a_season_under_way_has_no_protocol_yet(organizer: Organizer, client: Browser) -> None:
    organizer.press(f"/organizer/seasons/{SEASON}/open")
    drain(database_of(organizer.app))

    assert client.get(f"/ratings/seasons/{SEASON}").status_code == 200
    assert client.get(f"/ratings/seasons/{SEASON}/protocol.json").status_code == 404
    assert client.get("/ratings/seasons/2020-Q1").status_code == 404
    organizer.look("/organizer/seasons/2020-Q1/close", status=404)


def test_before_any_season_the_archive_says_so(client: Browser) -> None:
    assert "Ни одного сезона ещё не открыли" in client.get("/ratings/seasons").text
