"""The editors' desk: where people fail, the text that is checked, two pairs of eyes."""

import html
import re
from typing import Any

import pytest
from flask import Flask

from content.scenarios import write_scenario
from psot.library import queries as library
from psot.workplace import schedule
from tests.integration.workplace.conftest import JSON, START, Player
from tests.web import Browser, database_of, sign_in
from tests.workplace import mini


@pytest.fixture
def editor(shop: Flask) -> Browser:
    return sign_in(shop, roles=("editor",))


def seen_on(page: str) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]*)"', page)
    assert found is not None
    return found[1]


def checked(editor: Browser, text: str) -> dict[str, Any]:
    answer = editor.post("/editor/workplace/check", json={"yaml": text}, headers=JSON)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.get_json()
    return told


def text_of(row: dict[str, Any]) -> str:
    return write_scenario({key: value for key, value in row.items() if key != "version"})


def test_the_desk_shows_where_people_fail(shop: Flask, editor: Browser) -> None:
    for _ in range(2):
        player = Player(shop)
        player.do("report", object="lathe")
        player.do("finish")
    schedule.keep(database_of(shop), START)

    page = html.unescape(editor.get("/editor/workplace/mini").text)

    assert "ОТВЕТ-1" in page
    row = re.compile(r'<tr><th scope="row">([^<]*)</th>.*?<meter[^>]*value="([0-9.]+)"', re.DOTALL)
    shares = {title: float(share) for title, share in row.findall(page)}
    assert shares["ОТВЕТ-1"] == 0.0
    assert shares["Подмести"] == 1.0
    assert editor.get("/editor/workplace").status_code == 200


def test_the_check_tells_what_is_wrong_and_shows_the_scenario(editor: Browser) -> None:
    broken = text_of(mini(topics=["nowhere"]))

    good, wrong = checked(editor, text_of(mini())), checked(editor, broken)
    unread = checked(editor, "a: [1")

    assert good["problems"] == []
    assert good["scenario"]["id"] == "mini"
    assert wrong["problems"]
    assert wrong["problems"][0].keys() == {"subject", "field", "message"}
    assert wrong["scenario"]["title"] == "Малый цех"
    assert unread["scenario"] is None
    assert unread["problems"]


@pytest.mark.parametrize(
    "text", ["", "[]", "5", "id: mini", "id: mini\nobjects: 5\nsite: []", "objects: [{}]"]
)
def test_the_check_outlasts_any_text(editor: Browser, text: str) -> None:
    assert checked(editor, text)["problems"]


def test_what_is_saved_is_a_draft_that_a_second_person_publishes(
    shop: Flask, editor: Browser
) -> None:
    page = editor.get("/editor/workplace/mini").text
    row = mini(title={"ru": "Цех иначе", "en": "Another shop"})

    saved = editor.post(
        "/editor/workplace/mini", data={"yaml": text_of(row), "seen": seen_on(page)}
    )

    assert saved.headers["Location"] == "/editor/content/scenario/mini"
    document = editor.get("/editor/content/scenario/mini")
    assert document.status_code == 200
    assert "Малый цех" in sign_in(shop).get("/workplace/mini").text
    editor.post("/editor/content/scenario/mini/submit")
    second = sign_in(shop, roles=("editor",))
    second.post("/editor/content/scenario/mini/publish", data={"confirmed": "1"})
    assert "Цех иначе" in sign_in(shop).get("/workplace/mini").text


def test_two_editors_at_once_lose_nothing(editor: Browser) -> None:
    seen = seen_on(editor.get("/editor/workplace/mini").text)
    first = text_of(mini(minutes=7))
    second = text_of(mini(minutes=8))

    editor.post("/editor/workplace/mini", data={"yaml": first, "seen": seen})
    late = editor.post("/editor/workplace/mini", data={"yaml": second, "seen": seen})

    assert late.status_code == 409
    assert "minutes: 8" in html.unescape(late.text)


def test_a_text_with_faults_is_not_saved_and_not_lost(editor: Browser) -> None:
    text = text_of(mini()) + "\nnonsense: 1\n"

    answer = editor.post("/editor/workplace/mini", data={"yaml": text, "seen": ""})

    assert answer.status_code == 422
    assert "nonsense: 1" in html.unescape(answer.text)


def test_a_new_scenario_begins_with_something_to_fill(shop: Flask, editor: Browser) -> None:
    led = editor.get("/editor/workplace/new?name=roof-two")
    assert led.headers["Location"] == "/editor/workplace/roof-two"
    assert "id: roof-two" in editor.get("/editor/workplace/roof-two").text
    assert editor.get("/editor/workplace/new?name=Крыша").headers["Location"] == "/editor/workplace"
    text = text_of(mini(id="roof-two"))

    saved = editor.post("/editor/workplace/roof-two", data={"yaml": text, "seen": ""})

    assert saved.status_code == 303
    assert sign_in(shop).get("/workplace/roof-two").status_code == 404


def test_the_form_of_the_library_leads_to_the_authors_page(editor: Browser) -> None:
    answer = editor.get("/editor/content/scenario/mini/edit")

    assert answer.headers["Location"] == "/editor/workplace/mini"


def test_a_version_that_was_played_stays_readable(shop: Flask, editor: Browser) -> None:
    player = Player(shop)
    page = editor.get("/editor/workplace/mini").text
    row = mini(title={"ru": "Цех иначе", "en": "Another shop"})
    editor.post("/editor/workplace/mini", data={"yaml": text_of(row), "seen": seen_on(page)})
    editor.post("/editor/content/scenario/mini/submit")
    second = sign_in(shop, roles=("editor",))
    second.post("/editor/content/scenario/mini/publish", data={"confirmed": "1"})

    assert player.state()["scenario"]["title"] == "Малый цех"
    player.do("finish")
    assert "Малый цех" in player.get("/debrief").text
    with database_of(shop).begin() as session:
        assert library.scenario(session, "mini").title.ru == "Цех иначе"
        assert library.scenario(session, "mini", 1).title.ru == "Малый цех"
