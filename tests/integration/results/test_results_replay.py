"""A race played back: the board of any moment, the last one equal to the protocol."""

from datetime import timedelta

from flask import Flask

from psot import clock
from psot.races.stages import Stage
from tests.integration.results.conftest import Make
from tests.races import NOW, a_race
from tests.results import RELAY, SPRINT
from tests.web import Browser, database_of, sign_in


def test_a_frame_is_the_board_of_its_moment_and_the_last_one_is_the_result(
    client: Browser, make: Make
) -> None:
    race = make(SPRINT, stage=Stage.LOCKED)

    def at(ms: int) -> dict[str, object]:
        frame: dict[str, object] = client.get(f"/races/{race.id}/replay.json?until_ms={ms}").json
        return frame

    start, early, late = at(0), at(172_900), at(10**8)
    again = at(172_500)

    assert [row["rank"] for row in start["rows"]] == [None] * 5
    assert early["until_ms"] == 172_000
    assert again == early
    assert early["rows"][0]["bib"] == 1
    assert early["on_course"] == 4
    assert [row["bib"] for row in late["rows"]][:3] == [2, 1, 3]
    assert late["finished"] == 3
    assert late["last_ms"] == late["until_ms"] == 411_000


def test_without_script_a_moment_is_asked_for_by_its_address(client: Browser, make: Make) -> None:
    race = make(SPRINT)
    client.set_cookie("psot_language", "en")

    page = client.get(f"/races/{race.id}/replay?t=200").text

    assert 'value="200"' in page
    assert "3:20.0" in page
    assert page.count('class="course-dot') == 3
    assert "Show this moment" in page


def test_a_relay_is_played_back_by_teams(client: Browser, make: Make) -> None:
    race = make(RELAY, format="relay")

    frame = client.get(f"/races/{race.id}/replay.json?until_ms=700000").json

    assert [(row["leg"], row["bib"]) for row in frame["rows"]] == [(3, 7), (3, 3)]
    assert {row["team"] for row in frame["rows"]} == {"RU-TYU-1", "RU-TYU-2"}


def test_nothing_is_played_back_while_the_race_runs_or_its_end_is_veiled(
    app: Flask, client: Browser, make: Make
) -> None:
    with app.app_context(), database_of(app).begin() as session:
        running = a_race(session, stage=Stage.RUNNING)
    frozen = make(freeze_after_s=200, stage=Stage.LOCKED)
    jury = sign_in(app, roles=("jury",))

    with clock.fixed(NOW + timedelta(hours=3)):
        answers = [
            client.get(f"/races/{one.id}/replay.json?until_ms=10").status_code
            for one in (running, frozen)
        ]
        truth = jury.get(f"/races/{frozen.id}/replay.json?until_ms=400000").status_code

    assert answers == [409, 409]
    assert truth == 200
