"""The organizer's desk: a race from a draft to its end, changed by several hands."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import text

from psot.races import operations, queries
from psot.races.desk.classes import READY
from psot.races.stages import Stage
from psot.races.values import RaceView
from scoring.biathlon import format_names
from tests.races import NOW, a_race, enter
from tests.web import Browser, a_member, database_of, sign_in

TABS = (
    "",
    "/about",
    "/rules",
    "/pools",
    "/schedule",
    "/spectators",
    "/classes",
    "/entries",
    "/start-list",
)


@pytest.fixture
def organizer(app: Flask) -> Browser:
    return sign_in(app, roles=("organizer",))


def made(app: Flask, **kwargs: Any) -> RaceView:
    with database_of(app).begin() as session:
        return a_race(session, **kwargs)


def stored(app: Flask, race_id: UUID) -> RaceView:
    with database_of(app).begin() as session:
        return queries.race(session, race_id)


def path(race: RaceView, more: str = "") -> str:
    return f"/organizer/races/{race.id}{more}"


def version(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found is not None
    return found[1]


def fields(page: str) -> dict[str, str]:
    """What the page's form about the race would send untouched (numbers and texts)."""
    form = page.partition("data-unsaved")[2].partition("</form>")[0]
    inputs = re.findall(r"<input [^>]*>", form)
    named = [
        (re.search(r'name="([^"]+)"', one), re.search(r'value="([^"]*)"', one), one)
        for one in inputs
    ]
    return {
        name[1]: value[1] if value else ""
        for name, value, one in named
        if name and (("checkbox" not in one and "radio" not in one) or " checked" in one)
    }


def test_a_race_goes_from_a_title_to_an_open_registration(app: Flask, organizer: Browser) -> None:
    draft = organizer.post("/organizer/races", data={"title": " Кубок  ", "format": "sprint"})
    desk = draft.headers["Location"]
    asked = organizer.get(f"{desk}/move/registration").text
    unconfirmed = organizer.post(f"{desk}/move/registration")
    organizer.post(
        f"{desk}/rules", data=fields(organizer.get(f"{desk}/rules").text) | {"stations": "1"}
    )
    organizer.post(f"{desk}/move/registration", data={"confirmed": "y"})
    race = stored(app, UUID(desk.rpartition("/")[2]))

    assert "«Кубок»" in asked
    assert unconfirmed.status_code == 422
    assert (race.stage, race.title, race.rules.stations) == (Stage.REGISTRATION, "Кубок", 1)
    overview = organizer.get(desk).text
    assert "Открыта регистрация" in overview
    happened = overview.partition('id="history-title"')[2].partition("</section>")[0]
    assert "Участник" in happened  # who acted stands there by name with consent only
    assert "Анна Петрова" not in happened


@pytest.mark.parametrize("data", [{"title": "", "format": "sprint"}, {"title": "x" * 121}])
def test_a_race_without_a_fitting_title_is_not_made(
    organizer: Browser, data: dict[str, str]
) -> None:
    answer = organizer.post("/organizer/races", data={"format": "sprint"} | data)

    assert answer.status_code == 422
    assert 'id="title-errors"' in answer.text


@pytest.mark.parametrize("name", format_names())
def test_every_tab_of_every_format_stands_in_both_languages(
    app: Flask, organizer: Browser, name: str
) -> None:
    race = made(app, format=name, stage=Stage.DRAFT)
    for language, tabs in (("ru", TABS), ("en", ("/rules",))):
        organizer.set_cookie("psot_language", language)
        for tab in tabs:
            answer = organizer.get(path(race, tab))
            assert answer.status_code == 200, tab
            assert "%(" not in answer.text
    unchanged = organizer.post(path(race, "/rules"), data=_sent(race, organizer))

    assert unchanged.status_code == 303
    assert stored(app, race.id).rules == race.rules


def _sent(race: RaceView, organizer: Browser) -> dict[str, str]:
    page = organizer.get(path(race, "/rules")).text
    chosen = re.findall(
        r'<select[^>]*name="([^"]+)"[^>]*>.*?<option selected value="([^"]*)"', page, re.DOTALL
    )
    return fields(page) | {name: value for name, value in chosen if name != "format"}


def test_only_numbers_that_apply_are_asked_for(app: Flask, organizer: Browser) -> None:
    def asked(name: str) -> str:
        return organizer.get(path(made(app, format=name, racers=0), "/rules")).text

    individual, sprint, relay = (asked(one) for one in ("individual", "sprint", "relay"))

    assert 'name="penalty_s"' in individual
    assert 'name="loop_s"' not in individual
    assert 'name="loop_s"' in sprint
    assert 'name="spares"' not in sprint
    assert 'name="spares"' in relay
    assert 'name="interval_s"' not in relay
    assert 'name="laps_per_leg"' in relay


def test_options_that_no_field_is_about_are_kept(app: Flask, organizer: Browser) -> None:
    options = {"stations": 1, "points": "until_2021_22", "penalty": {"metres": 75}}
    race = made(app, options=options, racers=0)
    organizer.post(path(race, "/rules"), data=_sent(race, organizer) | {"prone_s": "25"})

    assert stored(app, race.id).options == options | {"prone_s": 25}


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("laps", "1", "кругов должно быть больше"),
        ("laps", "viele", "целое число"),
        ("prone_s", "1", "От 5 до 300"),
        ("stations", "", "нужно заполнить"),
    ],
)
def test_a_number_that_does_not_fit_is_told_beside_its_field_in_the_readers_language(
    app: Flask, organizer: Browser, field: str, value: str, told: str
) -> None:
    race = made(app, racers=0)
    answer = organizer.post(path(race, "/rules"), data=_sent(race, organizer) | {field: value})

    beside = answer.text.partition(f'id="{field}-errors"')[2].partition("</ul>")[0]
    assert answer.status_code == 422
    assert told in beside
    assert stored(app, race.id).version == race.version


def test_two_hands_at_once_see_both_and_lose_nothing(app: Flask, organizer: Browser) -> None:
    race = made(app, racers=0, title="Старое")
    sent = {"version": str(race.version), "season": "", "description": "", "normed_minutes": "20"}
    organizer.post(path(race, "/about"), data=sent | {"title": "Первое"})
    clash = organizer.post(path(race, "/about"), data=sent | {"title": "Второе"})
    kept = stored(app, race.id)
    again = organizer.post(
        path(race, "/about"), data=sent | {"title": "Второе", "version": version(clash.text)}
    )

    assert clash.status_code == 409
    assert "<td>Второе</td><td>Первое</td>" in clash.text
    assert 'value="Второе"' in clash.text
    assert kept.title == "Первое"
    assert again.status_code == 303
    assert stored(app, race.id).title == "Второе"


def test_moments_are_those_of_the_races_own_zone(app: Flask, organizer: Browser) -> None:
    race = made(app, racers=0)
    organizer.post(
        path(race, "/schedule"),
        data={
            "version": str(race.version),
            "zone": "Asia/Vladivostok",
            "starts_at": "2026-12-01T19:00",
            "remind_minutes": "30",
        },
    )
    page = organizer.get(path(race, "/schedule")).text

    assert stored(app, race.id).starts_at == NOW.replace(month=12, day=1)
    assert 'value="2026-12-01T19:00"' in page


def test_a_schedule_against_the_order_is_told_beside_the_moment(
    app: Flask, organizer: Browser
) -> None:
    race = made(app, racers=0)
    answer = organizer.post(
        path(race, "/schedule"),
        data={
            "version": str(race.version),
            "zone": "Europe/Moscow",
            "zeroes_at": "2026-12-01T12:00",
            "starts_at": "2026-12-01T11:00",
            "remind_minutes": "60",
        },
    )

    assert answer.status_code == 422
    assert 'id="starts_at-errors"' in answer.text
    assert 'value="2026-12-01T11:00"' in answer.text


def test_what_spectators_see_is_kept(app: Flask, organizer: Browser) -> None:
    race = made(app, racers=0)
    sent = {
        "version": str(race.version),
        "public": "no",
        "freeze_after_min": "15",
        "spectator_delay_s": "20",
        "protest_hours": "2",
    }
    organizer.post(path(race, "/spectators"), data=sent)
    kept = stored(app, race.id)

    assert (kept.public, kept.freeze_after_s) == (False, 900)
    assert (kept.spectator_delay_s, kept.protest_hours) == (20, 2)


def test_a_frozen_board_is_revealed_and_frozen_again(app: Flask, organizer: Browser) -> None:
    race = made(app, stage=Stage.RUNNING, freeze_after_s=60)
    organizer.post(path(race, "/freeze"), data={"frozen": "no"})
    revealed = stored(app, race.id).unfrozen_at
    organizer.post(path(race, "/freeze"), data={"frozen": "yes"})

    assert revealed is not None
    assert stored(app, race.id).unfrozen_at is None


def test_the_check_of_tasks_follows_the_choice_before_it_is_kept(
    app: Flask, organizer: Browser
) -> None:
    race = made(app, options={}, racers=0, stage=Stage.DRAFT)
    narrow = {"station.topic": "height", "P.topic": "height", "S.topic": "height"}
    checked = organizer.get(path(race, "/pools/check"), query_string=narrow).text
    organizer.post(path(race, "/pools"), data=narrow | {"version": str(race.version)})
    page = organizer.get(path(race, "/pools")).text
    refused = organizer.post(path(race, "/move/announced"), data={"confirmed": "y"})

    assert "<h1" not in checked
    assert re.search(r"есть \d, одному участнику может понадобиться 18, желательно 54", checked)
    assert "pool-check-bad" in checked
    assert 'id="station-height" name="station.topic" value="height" checked' in page
    assert refused.status_code == 422
    assert "одному участнику может понадобиться 18" in refused.text
    assert stored(app, race.id).stage is Stage.DRAFT


def test_pools_changed_by_two_hands_show_both(app: Flask, organizer: Browser) -> None:
    race = made(app, racers=0)
    sent = {"version": str(race.version)}
    organizer.post(path(race, "/pools"), data=sent | {"P.topic": "height"})
    clash = organizer.post(path(race, "/pools"), data=sent | {"P.topic": "risk"})

    assert clash.status_code == 409
    assert "Ваше: Профессиональные риски и спецоценка; любая сложность" in clash.text
    assert "Сохранено: Работы на высоте; любая сложность" in clash.text
    assert 'value="risk" checked' in clash.text


def test_classes_come_ready_made_or_of_ones_own(app: Flask, organizer: Browser) -> None:
    race = made(app, racers=4)

    def send(more: str, **data: Any) -> Any:
        now = {"version": str(stored(app, race.id).version)}
        return organizer.post(path(race, more), data=now | data)

    for name in READY:
        send("/classes/ready", set=name)
        send("/classes/ready", set=name)
    own = {"title": "Север", "rule": "region", "values": ["RU-YAN", "RU-KHM"]}
    send("/classes", **own)
    empty = send("/classes", title="Никто", rule="region")
    strange = send("/classes", title="Чужие", rule="region", values=["XX-1"])
    with database_of(app).begin() as session:
        codes = [one.code for one in queries.classes(session, race.id)]
    send("/classes/remove", code="c1")
    with database_of(app).begin() as session:
        after = [one.code for one in queries.classes(session, race.id)]

    assert len(codes) == 2 + 6 + 8 + 1
    assert codes[:2] == ["newcomer", "experienced"]
    assert codes[-1] == "c1"
    assert "c1" not in after
    assert (empty.status_code, strange.status_code) == (422, 422)
    assert 'id="values-region-errors"' in empty.text


def test_registrations_are_searched_stretched_and_removed(app: Flask, organizer: Browser) -> None:
    with database_of(app).begin() as session:
        slow = a_member(session, name_public=True, display_name="Тихая Вера")
        race = a_race(session, members=(slow.id,), racers=3)
    found = organizer.get(path(race, "/entries"), query_string={"q": "вера"}).text
    organizer.post(path(race, f"/entries/{slow.id}/time"), data={"extra": "yes"})
    stretched = organizer.get(path(race, "/entries")).text
    organizer.post(path(race, f"/entries/{slow.id}/time"), data={"extra": "no"})
    usual = organizer.get(path(race, "/entries")).text
    back = organizer.post(path(race, f"/entries/{slow.id}/remove"), data={"q": "вера", "page": "1"})

    assert found.count("desk-remove") == 1
    assert "время × 1,5" in stretched
    assert "время × 1,5" not in usual
    assert "q=" in back.headers["Location"]
    assert "Тихая Вера" not in organizer.get(path(race, "/entries")).text


def test_the_table_of_registrations_computes_nothing_and_names_by_consent(
    app: Flask, organizer: Browser
) -> None:
    with database_of(app).begin() as session:
        tricky = a_member(session, name_public=True, display_name='=HYPERLINK("http://x")')
        hidden = a_member(session, display_name="Тайная Мария")
        race = a_race(session, members=(tricky.id, hidden.id), racers=2)
    answer = organizer.get(path(race, "/entries.csv"))
    lines = answer.text.splitlines()

    assert answer.mimetype == "text/csv"
    assert lines[0].startswith("\N{BYTE ORDER MARK}Номер участника;")
    assert len(lines) == 3
    assert "\"'=HYPERLINK" in answer.text
    assert "Тайная" not in answer.text


def test_the_start_list_is_shown_as_an_example_first_and_then_as_it_is(
    app: Flask, organizer: Browser
) -> None:
    race = made(app, format="relay", racers=9)
    example = organizer.get(path(race, "/start-list")).text
    with database_of(app).begin() as session:
        assert queries.start_list(session, race.id) == []
    organizer.post(path(race, "/move/zeroing"), data={"confirmed": "y"})
    real = organizer.get(path(race, "/start-list")).text

    assert "Тюменская область: <b>2</b>" in example
    assert "Пример" in example
    assert "Пример" not in real
    assert real.count('class="race-racer"') == 8


def test_steps_are_taken_back_where_they_can_be(app: Flask, organizer: Browser) -> None:
    race = made(app, stage=Stage.ANNOUNCED, racers=2)

    def step(stage: str) -> Stage:
        organizer.post(path(race, f"/move/{stage}"), data={"confirmed": "y"})
        return stored(app, race.id).stage

    assert step("draft") is Stage.DRAFT
    assert step("registration") is Stage.REGISTRATION
    with database_of(app).begin() as session:
        enter(session, race.id, [a_member(session).id])
    assert step("zeroing") is Stage.ZEROING
    assert step("registration") is Stage.REGISTRATION
    assert organizer.get(path(race, "/move/official")).status_code == 404
    assert organizer.get(path(race, "/move/nonsense")).status_code == 404
    assert step("zeroing") is Stage.ZEROING
    assert step("running") is Stage.RUNNING
    assert step("locked") is Stage.LOCKED
    assert "/move/" not in organizer.get(path(race)).text.replace("/move/cancelled", "")


def test_closing_the_course_by_hand_tells_who_did_not_start(app: Flask, organizer: Browser) -> None:
    race = made(app, stage=Stage.RUNNING, racers=3)
    asked = organizer.get(path(race, "/move/locked")).text
    organizer.post(path(race, "/move/locked"), data={"confirmed": "y"})
    with database_of(app).begin() as session:
        told = session.execute(
            text("SELECT count(*) FROM ledger_facts WHERE type = 'psot.race.racer.absent.v1'")
        ).scalar()

    assert "DNF" in asked
    assert stored(app, race.id).stage is Stage.LOCKED
    assert told == 3


def test_after_the_start_the_desk_only_tells(app: Flask, organizer: Browser) -> None:
    race = made(app, stage=Stage.RUNNING)
    for tab in TABS:
        assert organizer.get(path(race, tab)).status_code == 200
    rules = organizer.get(path(race, "/rules")).text
    refused = organizer.post(path(race, "/rules"), data=_sent(race, organizer) | {"laps": "4"})

    assert "жюри" in rules
    assert " disabled>" in rules
    assert refused.status_code == 303
    assert stored(app, race.id).rules == race.rules


def test_a_copy_is_a_draft_with_the_same_rules(app: Flask, organizer: Browser) -> None:
    race = made(app, options={"stations": 2}, title="Кубок", starts_at=NOW + timedelta(days=1))
    copied = organizer.post(path(race, "/copy")).headers["Location"]
    made_ = stored(app, UUID(copied.split("/")[3]))

    assert (made_.stage, made_.title) == (Stage.DRAFT, "Кубок (копия)")
    assert made_.options == {"stations": 2}
    assert made_.starts_at is None


def test_another_format_brings_its_own_numbers(app: Flask, organizer: Browser) -> None:
    race = made(app, options={"stations": 2}, racers=0)
    organizer.post(path(race, "/format"), data={"format": "relay", "version": str(race.version)})
    kept = stored(app, race.id)

    assert (kept.format, kept.options) == ("relay", {})


def test_practice_is_on_no_desk(app: Flask, organizer: Browser) -> None:
    with database_of(app).begin() as session:
        member = a_member(session)
        race = a_race(session, stage=Stage.OFFICIAL, members=(member.id,))
        practice = operations.start_practice(session, race.id, member.id, NOW)

    assert organizer.get(path(practice)).status_code == 404
    assert str(practice.id) not in organizer.get("/organizer/races").text
