"""An editor brings a question bank: report first, drafts after, and nothing by halves."""

import io
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from content.exchange import LIMITS
from psot.library import desk, queries
from psot.library.models import Document, Version
from psot.library.operations import create_draft
from tests.content import LOADED_AT
from tests.exchange import read
from tests.web import Browser, database_of, sign_in

GIFT = "// [tag:difficulty:1]\n::А::Верно ли это? {T}\n\n::Б::Опишите. {}\n".encode()


@pytest.fixture
def editor(app: Flask) -> Browser:
    return sign_in(app, roles=("editor",))


def send(editor: Browser, data: bytes, name: str = "bank.gift", **fields: str) -> Any:
    fields = {"topic": "ppe", "format": "", "encoding": "", **fields}
    file = FileStorage(io.BytesIO(data), filename=name)
    # Encoded here: the client itself would leave a large body open in a temporary file.
    boundary, body = encode_multipart({**fields, "file": file})
    return editor.post(
        "/editor/content/import",
        data=body,
        content_type=f"multipart/form-data; boundary={boundary}",
    )


def drafts(app: Flask) -> list[Any]:
    with database_of(app).begin() as session:
        return list(
            session.execute(
                select(Document.name, Document.topic, Document.pack, Version.body, Version.author)
                .join(Version, Version.document_id == Document.id)
                .where(Document.kind == "question", Version.state == "draft")
            )
        )


def documents(app: Flask) -> int:
    with database_of(app).begin() as session:
        return session.scalar(select(func.count()).select_from(Document)) or 0


def test_the_form_names_its_limits_and_what_it_reads(editor: Browser) -> None:
    page = editor.get("/editor/content/import").text

    assert "GIFT, Moodle XML" in page
    assert "10 МБ" in page
    assert 'enctype="multipart/form-data"' in page


def test_the_report_comes_first_and_nothing_is_stored(app: Flask, editor: Browser) -> None:
    before = documents(app)

    page = send(editor, GIFT)

    assert page.status_code == 303
    report = editor.get(page.headers["Location"]).text
    assert "Верно ли это?" in report
    assert "без источника вопрос не опубликовать" in report
    assert "вопросы этого типа здесь не задают" in report
    assert documents(app) == before


def test_an_editor_who_agrees_gets_drafts_of_their_own(app: Flask, editor: Browser) -> None:
    address = send(editor, GIFT).headers["Location"]

    answer = editor.post(address)

    assert answer.status_code == 303
    ((name, topic, pack, body, author),) = drafts(app)
    assert (topic, pack, author) == ("ppe", "start", editor.member_id)
    assert body["id"] == name
    assert body["text"] == "Верно ли это?"
    assert "source" not in body
    assert name in editor.get(answer.headers["Location"]).text
    with database_of(app).begin() as session:
        assert name not in {one.id for one in queries.questions(session)}


def test_agreeing_twice_makes_the_drafts_once(app: Flask, editor: Browser) -> None:
    address = send(editor, GIFT).headers["Location"]

    editor.post(address)
    again = editor.post(address)

    assert again.headers["Location"] == "/editor/content/import"
    assert len(drafts(app)) == 1


def test_nobody_else_sees_or_agrees_to_an_import(app: Flask, editor: Browser) -> None:
    address = send(editor, GIFT).headers["Location"]
    other = sign_in(app, roles=("editor",))

    assert other.get(address).status_code == 303
    other.post(address)

    assert drafts(app) == []
    assert editor.get(address).status_code == 200


def test_the_report_can_be_taken_away(editor: Browser) -> None:
    address = send(editor, GIFT).headers["Location"]

    answer = editor.get(f"{address}/report.json")

    assert answer.headers["Content-Disposition"] == 'attachment; filename="import-report.json"'
    assert answer.json["totals"]["found"] == 2
    assert answer.json["file"] == "bank.gift"


REFUSED = {
    "nothing chosen": (b"", "", {}, "Выберите файл."),
    "an empty file": (b"", "a.gift", {}, "В файле нет ни одного вопроса."),
    "half a file": (b"A? {=b", "a.gift", {}, "Скобка { с ответами не закрыта: line 1."),
    "too large": (b"x" * (LIMITS.file_bytes + 1), "a.gift", {}, "Файл больше допустимого"),
    "no such topic": (GIFT, "a.gift", {"topic": "moon"}, "Выберите из списка."),
    "no such format": (GIFT, "a.gift", {"format": "aiken"}, "Выберите из списка."),
    "entities": (b"<!DOCTYPE a []><quiz/>", "a.xml", {}, "собственными сущностями"),
}


def test_what_is_refused_is_said_beside_its_field(app: Flask, editor: Browser) -> None:
    before = documents(app)

    for name, (data, file, fields, words) in REFUSED.items():
        with send(editor, data, file, **fields) as answer:
            assert answer.status_code == 422, name
            assert words in answer.text, name
            assert 'aria-invalid="true"' in answer.text, name
    assert documents(app) == before


def test_text_in_an_encoding_it_does_not_state(app: Flask, editor: Browser) -> None:
    data = GIFT.decode().encode("cp1251")

    assert send(editor, data).status_code == 422
    editor.post(send(editor, data, encoding="windows-1251").headers["Location"])

    assert drafts(app)[0].body["text"] == "Верно ли это?"


def test_pictures_come_along_and_are_there_for_who_writes(app: Flask, editor: Browser) -> None:
    address = send(editor, read("constructs.moodle.xml"), "bank.xml", topic="height")

    editor.post(address.headers["Location"])

    with_picture = next(one for one in drafts(app) if one.name == "height-51")
    file = with_picture.body["picture"]["file"]
    with database_of(app).begin() as session:
        picture = queries.file(session, file)
    assert picture is not None
    assert picture.data.startswith(b"\x89PNG")
    page = editor.get(f"/editor/content/question/{with_picture.name}")
    assert page.status_code == 200


def test_every_draft_of_every_format_opens_in_its_form(app: Flask, editor: Browser) -> None:
    for name in ("constructs.gift", "constructs.moodle.xml", "qti2", "qti3"):
        editor.post(send(editor, read(name), name, topic="height").headers["Location"])

    made = drafts(app)
    assert len(made) > 40
    for one in made:
        assert editor.get(f"/editor/content/question/{one.name}/edit").status_code == 200


def test_an_id_taken_meanwhile_stores_nothing_at_all(app: Flask, editor: Browser) -> None:
    text = "::А::Верно ли это? {T}\n\n::Б::А это? {F}\n"
    address = send(editor, text.encode()).headers["Location"]
    with database_of(app).begin() as session:
        name = desk.next_name(session, "question", "ppe")
        number = int(name.removeprefix("ppe-")) + 1
        create_draft(
            session,
            kind="question",
            name=f"ppe-{number:02}",
            body={"id": f"ppe-{number:02}", "text": "Занято"},
            by=editor.member_id,
            now=LOADED_AT,
            pack="start",
            topic="ppe",
        )

    answer = editor.post(address)

    assert answer.headers["Location"] == "/editor/content/import"
    assert [one.body["text"] for one in drafts(app)] == ["Занято"]


@pytest.mark.parametrize(
    ("format_", "start"), [("gift", b"$CATEGORY: ppe"), ("moodle-xml", b"<?xml")]
)
def test_questions_can_be_taken_away(editor: Browser, format_: str, start: bytes) -> None:
    answer = editor.get(f"/editor/content/export-as?format={format_}&topic=ppe")

    assert answer.data.startswith(start)
    assert "attachment" in answer.headers["Content-Disposition"]
    report = editor.get(f"/editor/content/export-as?format={format_}&topic=ppe&report=1").json
    assert report["totals"]["found"] >= 8


def test_an_unknown_format_is_not_found(editor: Browser) -> None:
    assert editor.get("/editor/content/export-as?format=aiken").status_code == 404
