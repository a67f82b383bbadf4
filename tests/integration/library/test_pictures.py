"""Pictures that editors bring: checked, seen at once, never replaced."""

from html import unescape
from io import BytesIO

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from content.quiz import LARGEST_BYTES
from psot import clock
from psot.library import operations, pictures, queries
from psot.library.errors import BadDocument
from tests.kinds import DRAWING
from tests.web import Browser, database_of, sign_in

PAGE = "/editor/content/pictures"


@pytest.fixture
def editor(app: Flask) -> Browser:
    return sign_in(app, roles=("editor",))


def brought(editor: Browser, data: bytes, file: str = "step.svg", name: str = "") -> TestResponse:
    return editor.post(PAGE, data={"file": (BytesIO(data), file), "name": name, "pack": "start"})


def test_a_picture_is_there_at_once_and_a_question_may_show_it(app: Flask, editor: Browser) -> None:
    answer = brought(editor, DRAWING.encode(), "Лестница.svg", "ladder-from-the-side.svg")

    assert answer.status_code == 303
    assert "ladder-from-the-side.svg" in editor.get(PAGE).text
    shown = editor.get("/questions/pictures/ladder-from-the-side.svg")
    assert shown.status_code == 200
    assert shown.data == DRAWING.encode()
    with database_of(app).begin() as session:
        found = queries.file(session, "ladder-from-the-side.svg")
    assert found is not None
    assert found.media_type == "image/svg+xml"


def test_the_same_picture_again_changes_nothing_and_another_needs_its_own_name(
    editor: Browser,
) -> None:
    brought(editor, DRAWING.encode())

    again = brought(editor, DRAWING.encode())
    other = brought(editor, DRAWING.replace("1000 600", "0 0 1 1").encode())

    assert again.status_code == 303
    assert other.status_code == 409
    assert "занято другим рисунком" in unescape(other.text)
    assert editor.get("/questions/pictures/step.svg").data == DRAWING.encode()


def test_a_picture_taken_away_comes_back_when_it_is_brought_again(
    app: Flask, editor: Browser
) -> None:
    brought(editor, DRAWING.encode())
    with database_of(app).begin() as session:
        operations.retire(session, kind="file", name="step.svg", by=None, now=clock.now())
    assert editor.get("/questions/pictures/step.svg").status_code == 404

    assert brought(editor, DRAWING.encode()).status_code == 303
    assert editor.get("/questions/pictures/step.svg").data == DRAWING.encode()


@pytest.mark.parametrize(
    ("data", "file", "sentence"),
    [
        (
            b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'><script/></svg>",
            "bad.svg",
            "только фигуры и текст",
        ),
        (b"no picture", "bad.png", "Это не PNG"),
        (DRAWING.encode(), "Плохое имя.svg", "Назовите его"),
        (DRAWING.encode(), "run.exe", "Назовите его"),
    ],
)
def test_what_must_not_be_shown_is_refused_beside_the_field(
    editor: Browser, data: bytes, file: str, sentence: str
) -> None:
    answer = brought(editor, data, file)

    assert answer.status_code == 422
    assert "field-errors" in answer.text
    errors = unescape(answer.text).partition("field-errors")[2]
    assert sentence in errors
    assert editor.get(f"/questions/pictures/{file}").status_code == 404


def test_a_picture_over_the_limit_is_refused(app: Flask) -> None:
    with app.test_request_context(), database_of(app).begin() as session:
        with pytest.raises(BadDocument) as refused:
            pictures.add(
                session,
                name="big.png",
                data=b"0" * (LARGEST_BYTES + 1),
                pack="start",
                by=None,
                now=clock.now(),
            )
        assert "500" in str(refused.value.message)


def test_a_form_without_a_file_says_so(editor: Browser) -> None:
    answer = editor.post(PAGE, data={"pack": "start"})

    assert answer.status_code == 422
    assert "Выберите файл" in unescape(answer.text)


def test_only_editors_bring_pictures(app: Flask) -> None:
    assert brought(sign_in(app), DRAWING.encode()).status_code == 403
