"""Practice: a finished race again beside the ghosts of its field, for nobody's rating."""

from typing import cast
from uuid import UUID

from flask import Flask

from psot.races import queries
from psot.races.stages import Stage
from tests.integration.results.conftest import Make
from tests.results import RELAY, SPRINT, practised, raced
from tests.web import database_of, sign_in


def test_a_practice_starts_from_the_results_and_leads_to_the_course(app: Flask, make: Make) -> None:
    race = make()
    browser = sign_in(app)

    answer = browser.post(f"/races/{race.id}/practice")
    again = browser.post(f"/races/{race.id}/practice")
    practice = UUID(answer.headers["Location"].split("/")[2])

    assert answer.status_code == 303
    assert answer.headers["Location"].endswith("/run")
    assert again.headers["Location"] == answer.headers["Location"]
    with app.app_context(), database_of(app).begin() as session:
        made = queries.race(session, practice)
    assert made.practice_of == race.id
    assert made.practice_member == browser.member_id


def test_ghosts_are_the_sorted_times_of_the_field_and_only_its_racer_sees_them(
    app: Flask, make: Make
) -> None:
    race = make(SPRINT)
    browser, other = sign_in(app, language="en"), sign_in(app)
    with app.app_context(), database_of(app).begin() as session:
        practice = practised(session, race, cast("UUID", browser.member_id))

    ghosts = browser.get(f"/races/{practice.id}/ghosts.json").json
    page = browser.get(f"/races/{practice.id}/practice").text
    listed = browser.get("/races/practices").text

    assert ghosts["points"]["finish"] == [308_190, 320_000, 350_050]
    assert [one["bib"] for one in ghosts["leaders"]] == [2, 1, 3]
    assert ghosts["leaders"][0]["splits"]["finish"] == 308_190
    assert "4:40.5" in page
    assert "of 3 in the race" in page
    assert f"/races/{practice.id}/practice" in listed
    assert (
        browser.get(f"/races/{practice.id}/protocol").location == f"/races/{practice.id}/practice"
    )
    assert other.get(f"/races/{practice.id}/ghosts.json").status_code == 404
    assert other.get(f"/races/{practice.id}/practice").status_code == 404
    assert browser.get(f"/races/{race.id}/ghosts.json").status_code == 404
    assert "No practice yet" in sign_in(app, language="en").get("/races/practices").text


def test_a_race_without_results_cannot_be_practised(app: Flask, make: Make) -> None:
    race = make(stage=Stage.LOCKED)

    answer = sign_in(app).post(f"/races/{race.id}/practice")

    assert answer.status_code == 409


def test_a_relay_is_practised_on_its_first_leg(app: Flask) -> None:
    browser = sign_in(app, language="en")
    with app.app_context(), database_of(app).begin() as session:
        race = raced(session, RELAY, format="relay")
    answer = browser.post(f"/races/{race.id}/practice")
    practice = answer.headers["Location"].split("/")[2]

    ghosts = browser.get(f"/races/{practice}/ghosts.json").json
    page = browser.get(f"/races/{practice}/practice").text

    assert ghosts["points"]["exchange"] == [300_000, 305_000]
    assert "Nothing to compare yet" in page
