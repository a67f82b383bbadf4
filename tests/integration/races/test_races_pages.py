"""The pages of races as a browser without script sees them: for everybody, and to register."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from psot import clock
from psot.races import operations, queries
from psot.races.stages import Stage
from psot.races.values import RaceView
from scoring.biathlon import format_names
from tests.races import NOW, a_race, enter
from tests.web import Browser, a_member, database_of, sign_in


def made(app: Flask, **kwargs: object) -> RaceView:
    with database_of(app).begin() as session:
        return a_race(session, **kwargs)  # type: ignore[arg-type]  # the builder's own


def path(race: RaceView, more: str = "") -> str:
    return f"/races/{race.id}{more}"


def test_a_house_without_races_says_what_to_do(client: Browser) -> None:
    page = client.get("/races").text

    assert "empty-title" in page
    assert 'href="/quizzes"' in page


def test_each_stage_stands_in_its_section_and_drafts_in_none(app: Flask, client: Browser) -> None:
    titles = {stage: f"Кубок {stage.value}" for stage in Stage}
    for stage, title in titles.items():
        made(app, stage=stage, title=title)
    page = client.get("/races").text
    parts = {
        name: page.partition(f'id="{name}-title"')[2].partition("</section>")[0]
        for name in ("now", "open", "soon", "past")
    }

    assert titles[Stage.DRAFT] not in page
    assert titles[Stage.ZEROING] in parts["now"]
    assert titles[Stage.RUNNING] in parts["now"]
    assert titles[Stage.REGISTRATION] in parts["open"]
    assert titles[Stage.ANNOUNCED] in parts["soon"]
    for past in (Stage.LOCKED, Stage.PROVISIONAL, Stage.OFFICIAL, Stage.CANCELLED):
        assert titles[past] in parts["past"]


def test_season_format_and_words_narrow_the_list(app: Flask, client: Browser) -> None:
    made(app, title="Зимний", season="2026/27")
    made(app, title="Летний", format="individual")

    def found(query: str) -> set[str]:
        page = client.get(f"/races?{query}").text
        return {one for one in ("Зимний", "Летний") if one in page}

    assert found("q=зим") == {"Зимний"}
    assert found("season=2026/27") == {"Зимний"}
    assert found("format=individual") == {"Летний"}
    assert found("format=curling&season=") == {"Зимний", "Летний"}
    assert found("q=%25") == set()


def test_a_race_for_members_is_not_there_for_visitors(app: Flask, client: Browser) -> None:
    race = made(app, public=False, title="Только свои")

    assert client.get(path(race)).status_code == 404
    assert client.get(path(race, "/calendar.ics")).status_code == 404
    assert "Только свои" not in client.get("/races").text
    assert sign_in(app).get(path(race)).status_code == 200


def test_a_draft_is_seen_by_organizers_only(app: Flask) -> None:
    race = made(app, stage=Stage.DRAFT)

    assert sign_in(app).get(path(race)).status_code == 404
    assert sign_in(app, roles=("organizer",)).get(path(race)).status_code == 200


@pytest.mark.parametrize("name", format_names())
def test_every_format_is_explained_from_its_data(app: Flask, client: Browser, name: str) -> None:
    race = made(app, format=name, stage=Stage.ANNOUNCED, racers=0) if name != "pursuit" else None
    race = race or made(app, format=name, stage=Stage.REGISTRATION)
    for language in ("ru", "en"):
        client.set_cookie("psot_language", language)
        answer = client.get(path(race))

        assert answer.status_code == 200
        assert "%(" not in answer.text
        assert answer.text.count('class="course-lap"') == race.rules.legs[0].laps


def test_the_price_of_a_miss_follows_the_options(app: Flask, client: Browser) -> None:
    race = made(app, options={"stations": 1, "loop_s": 77, "prone_s": 13})
    page = client.get(path(race)).text

    assert "77 секунд" in page
    assert "13 секунд" in page


def test_a_member_registers_changes_the_answers_and_withdraws(app: Flask) -> None:
    race, browser = made(app, racers=0), sign_in(app, region="RU-TYU")
    before = browser.get(path(race)).text
    answers = {"experience": "experienced", "employer": "education"}
    done = browser.post(path(race, "/register"), data=answers)
    entered = browser.get(path(race)).text
    browser.post(path(race, "/withdraw"))
    after = browser.get(path(race)).text

    assert "Тюменская область" in before
    assert (done.status_code, done.headers["Location"]) == (303, path(race))
    assert "Вы зарегистрированы" in entered
    assert "Образование" in entered
    assert 'action="' + path(race, "/withdraw") not in before + after


def test_what_is_missing_is_told_beside_its_field(app: Flask) -> None:
    race, browser = made(app, racers=0), sign_in(app)
    none = browser.post(path(race, "/register"), data={"employer": "education"})
    unknown = browser.post(
        path(race, "/register"), data={"experience": "newcomer", "employer": "circus"}
    )

    assert (none.status_code, unknown.status_code) == (422, 422)
    assert 'id="experience-errors"' in none.text
    assert 'id="employer-errors"' in unknown.text
    assert "Not a valid choice" not in none.text + unknown.text


def test_a_visitor_is_led_through_the_sign_in_back_to_the_race(app: Flask, client: Browser) -> None:
    race = made(app, racers=0)

    assert f'/sign-in?next={path(race)}"' in client.get(path(race)).text
    assert client.post(path(race, "/register")).headers["Location"].startswith("/sign-in?next=")


def test_registering_too_late_is_told_and_does_nothing(app: Flask) -> None:
    race, browser = made(app, stage=Stage.ZEROING), sign_in(app)
    answer = browser.post(path(race, "/register"), data={"experience": "newcomer"})

    assert answer.status_code == 303
    assert browser.post(path(race, "/withdraw")).status_code in {303, 403}
    with database_of(app).begin() as session:
        assert len(queries.start_list(session, race.id)) == 2


def test_a_racer_sees_the_bib_and_the_own_start(app: Flask) -> None:
    browser = sign_in(app)
    assert browser.member_id is not None
    race = made(app, stage=Stage.ZEROING, members=(browser.member_id,), starts_at=NOW)
    page = browser.get(path(race)).text

    assert "race-bib-large" in page
    assert re.search(r"14:00:(00|30)", page)
    assert race.secret_sha256 in page


def test_the_start_list_is_paged_searched_and_names_by_consent_only(
    app: Flask, client: Browser
) -> None:
    with database_of(app).begin() as session:
        known = a_member(session, name_public=True, display_name="Явная Ольга", region="RU-OMS")
        hidden = a_member(session, display_name="Тайная Мария")
        race = a_race(session, stage=Stage.ZEROING, members=(known.id, hidden.id), racers=53)
    first, second = client.get(path(race)).text, client.get(path(race, "?page=2")).text
    by_name = client.get(path(race), query_string={"q": "ольг"}).text
    by_region = client.get(path(race), query_string={"q": "омская"}).text

    assert first.count('class="race-racer"') == 50
    assert second.count('class="race-racer"') == 3
    assert by_name.count('class="race-racer"') == by_region.count('class="race-racer"') == 1
    assert "Явная Ольга" in by_region
    assert "Тайная" not in first + second
    assert client.get(path(race), query_string={"q": "тайная"}).text.count("race-racer") == 0


def test_the_calendar_file_holds_the_start_in_universal_time(app: Flask, client: Browser) -> None:
    race = made(app, title="Кубок; Тюмень, 1", starts_at=NOW, closes_at=NOW + timedelta(hours=2))
    answer = client.get(path(race, "/calendar.ics"))

    assert answer.mimetype == "text/calendar"
    assert "DTSTART:20261122T090000Z\r\n" in answer.text
    assert "DTEND:20261122T110000Z\r\n" in answer.text
    assert r"SUMMARY:Кубок\; Тюмень\, 1" in answer.text
    assert all(len(line.encode()) <= 75 for line in answer.text.splitlines())
    assert client.get(path(made(app), "/calendar.ics")).status_code == 404


def test_times_are_the_readers_own_with_the_races_clock_beside(app: Flask, client: Browser) -> None:
    race = made(app, zone="Asia/Yekaterinburg", starts_at=NOW)
    client.set_cookie("psot_zone", "Europe/Moscow")
    page = client.get(path(race)).text

    assert "12:00 МСК" in page
    assert "14:00 МСК+2" in page


def test_the_countdown_goes_by_the_servers_clock(app: Flask, client: Browser) -> None:
    race = made(app, starts_at=NOW + timedelta(days=1, hours=2))
    with clock.fixed(NOW):
        page = client.get(path(race)).text

    until = int((NOW + timedelta(days=1, hours=2)).timestamp() * 1000)
    assert f'data-until="{until}" data-now="{int(NOW.timestamp() * 1000)}"' in page
    assert "1 день 2 часа" in page


def test_the_first_page_proposes_the_race_one_is_in(app: Flask) -> None:
    browser = sign_in(app)
    assert browser.member_id is not None
    with database_of(app).begin() as session:
        race = a_race(session, racers=0)
    proposed = browser.get("/").text
    with database_of(app).begin() as session:
        enter(session, race.id, [browser.member_id])
        operations.enter_stage(session, race.id, Stage.ZEROING, now=NOW, by=None)

    assert path(race) in proposed
    assert "К своей гонке" in browser.get("/").text


def test_practice_of_others_is_on_no_list_and_no_page(app: Flask, client: Browser) -> None:
    owner = sign_in(app)
    assert owner.member_id is not None
    with database_of(app).begin() as session:
        race = a_race(session, stage=Stage.OFFICIAL, members=(owner.member_id,), title="Старая")
        practice = operations.start_practice(session, race.id, owner.member_id, NOW)

    assert str(practice.id) not in owner.get("/races").text
    assert client.get(path(practice)).status_code == 404
    assert owner.get(path(practice)).status_code == 200
