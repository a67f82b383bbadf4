"""The editor's desk: describe, bring, publish; every mistake is said beside its field."""

import io
from typing import Any

import pytest
from flask import Flask

from tests.integration.recordings.conftest import JSON, SUBTITLES, WEBM, a_recording, put_file
from tests.web import Browser, sign_in


def a_form(**changes: Any) -> dict[str, Any]:
    return {
        "slug": "helmets",
        "title_ru": "Каски",
        "recorded_on": "2026-11-02",
        "language": "ru",
        "topics": ["ppe"],
        "file": "helmets.webm",
        "length_ms": "50:00",
        "chapters": "0:00 Начало | Beginning\n1:30 Середина",
        "subtitles_ru": (io.BytesIO(SUBTITLES.encode()), "ru.vtt"),
    } | changes


def test_an_editor_makes_and_publishes_a_recording(
    app: Flask, editor: Browser, client: Browser
) -> None:
    put_file(app, "helmets.webm")
    assert "helmets.webm" in editor.get("/editor/recordings/new").text

    made = editor.post("/editor/recordings", data=a_form())
    assert made.status_code == 303, made.text
    assert client.get("/recordings/helmets").status_code == 404
    editor.post("/editor/recordings/helmets/publish")

    page = client.get("/recordings/helmets").text
    assert "Середина" in page
    assert "Каска ждёт хозяина" in page
    assert "Опубликована" in editor.get("/editor/recordings").text
    editor.post("/editor/recordings/helmets/withdraw")
    assert client.get("/recordings/helmets").status_code == 404


def test_what_was_not_changed_stays(app: Flask, editor: Browser) -> None:
    a_recording(app, length_ms=3_000_777)

    editor.post(
        "/editor/recordings/helmets",
        data=a_form(title_ru="Каски и шлемы", length_ms="50:00", subtitles_ru=(io.BytesIO(), "")),
    )

    page = editor.get("/recordings/helmets").text
    assert "Каски и шлемы" in page
    assert "3000777" in page
    assert "Каска ждёт хозяина" in page
    editor.post("/editor/recordings/helmets/subtitles/ru/remove")
    assert "Каска ждёт хозяина" not in editor.get("/recordings/helmets").text


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"slug": "Каски"}, "field-wrong"),
        ({"slug": "new"}, "Запись с таким именем уже есть."),
        ({"slug": "taken"}, "Запись с таким именем уже есть."),
        ({"title_ru": ""}, "Это нужно заполнить."),
        ({"length_ms": "soon"}, "Укажите минуты и секунды"),
        ({"length_ms": "0:01"}, "Запись длится от 5 секунд до 12 часов."),
        ({"chapters": "Начало"}, "Строка 1 не похожа на главу"),
        ({"chapters": "1:00 А\n1:00 Б"}, "Две главы начинаются"),
        ({"chapters": "59:00 А"}, "Глава начинается после конца"),
        ({"address": "https://evil.example/1"}, "Можно показать только плееры"),
        ({"address": "javascript:alert(1)"}, "Можно показать только плееры"),
        ({"subtitles_ru": (io.BytesIO(b"1\n"), "ru.vtt")}, "Первая строка субтитров"),
        ({"subtitles_ru": (io.BytesIO(b"WEBVTT\xff"), "ru.vtt")}, "Субтитры не в кодировке UTF-8."),
    ],
)
def test_a_mistake_is_said_beside_its_field(
    app: Flask, editor: Browser, change: dict[str, Any], message: str
) -> None:
    a_recording(app, "taken")
    put_file(app, "helmets.webm")

    answer = editor.post("/editor/recordings", data=a_form(**change))

    assert answer.status_code == 422
    assert message in answer.text


def test_a_recording_without_a_file_is_not_published(editor: Browser, client: Browser) -> None:
    editor.post("/editor/recordings", data=a_form(file="", length_ms="", chapters=""))

    answer = editor.post("/editor/recordings/helmets/publish", follow_redirects=True)

    assert "выберите файл" in answer.text
    assert client.get("/recordings/helmets").status_code == 404


def begin(editor: Browser, name: str = "lecture.webm", size: int = len(WEBM)) -> Any:
    body = {"name": name, "size": size}
    return editor.post("/editor/recordings/uploads", json=body, headers=JSON)


def send(editor: Browser, part: str, offset: int, data: bytes) -> Any:
    return editor.post(f"{part}?offset={offset}", data=data, headers=JSON)


def test_a_file_comes_in_parts_and_goes_on_after_a_lost_connection(
    app: Flask, editor: Browser
) -> None:
    first = begin(editor).json
    send(editor, first["part"], 0, WEBM[:4000])

    again = begin(editor).json
    assert (again["part"], again["received"]) == (first["part"], 4000)
    assert send(editor, again["part"], 0, WEBM[:4000]).json["received"] == 4000
    assert send(editor, again["part"], 9000, WEBM[9000:]).status_code == 409
    last = send(editor, again["part"], 4000, WEBM[4000:])

    assert last.json == {"done": True, "name": "lecture.webm", "received": len(WEBM)}
    assert (put_file(app, "x.webm").parent / "lecture.webm").read_bytes() == WEBM
    assert begin(editor).status_code == 422


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("../lecture.webm/..", 10),
        ("lecture.exe", 10),
        (".hidden.webm", 10),
        ("lecture.webm", 0),
        ("lecture.webm", -5),
        ("lecture.webm", 10**14),
        ("a" * 300 + ".webm", 10),
    ],
)
def test_what_cannot_be_a_file_of_ours_is_refused(editor: Browser, name: str, size: int) -> None:
    assert begin(editor, name, size).status_code == 422


def test_a_file_that_lies_about_its_type_never_gets_into_the_folder(
    app: Flask, editor: Browser
) -> None:
    begun = begin(editor, "page.webm", 20).json

    assert send(editor, begun["part"], 0, b"<script>alert(1)</s>").status_code == 422
    assert not (put_file(app, "x.webm").parent / "page.webm").exists()


def test_a_part_is_no_larger_than_a_part(editor: Browser) -> None:
    begun = begin(editor, size=50_000_000).json

    assert send(editor, begun["part"], 0, bytes(9_000_000)).status_code == 413


def test_nobody_goes_on_with_somebody_elses_upload(
    app: Flask, editor: Browser, member: Browser
) -> None:
    begun = begin(editor).json
    other = sign_in(app, roles=("editor",))

    assert send(other, begun["part"], 0, WEBM).status_code == 404
    assert send(member, begun["part"], 0, WEBM).status_code == 403
