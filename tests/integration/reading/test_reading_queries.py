"""Pages of the library ask the database a few things, however much there is to learn."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from tests.content import LOADED_AT, a_library, a_question, write_pack
from tests.web import Browser, database_of, sign_in

PAGES = ("/library", "/topics/service", "/topics/service/lesson", "/library/acts")


@contextmanager
def asked_of(app: Flask) -> Iterator[list[str]]:
    """Collect the statements that the app sends to its database."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    engine = database_of(app).engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def statements(app: Flask, reader: Browser, path: str) -> list[str]:
    """What a page asks once the process has seen it."""
    assert reader.get(path).status_code == 200
    with asked_of(app) as sent:
        reader.get(path)
    return sent


def a_lesson(folder: Path, topic: str) -> None:
    front = "title: {ru: Лестницы, en: Ladders}\nversion: 1\nsummary: {ru: Опора, en: Support}"
    (folder / "lessons").mkdir(exist_ok=True)
    text = f"---\n{front}\n---\n\n## Опора\n\nЛестница стоит на двух тетивах.\n"
    (folder / "lessons" / f"{topic}.md").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_no_more_where_there_is_more_to_learn(
    app: Flask, tmp_path: Path, path: str
) -> None:
    reader = sign_in(app)
    before = statements(app, reader, path)

    with app.app_context(), database_of(app).begin() as session:
        for number in range(5):
            name = f"ladders{number}"
            folder = write_pack(
                tmp_path / name, id_=name, questions=[a_question(f"{name}-0{n}") for n in range(9)]
            )
            a_lesson(folder, name)
            a_library(session, folder, now=LOADED_AT)

    assert statements(app, reader, path) == before


@pytest.mark.parametrize("path", PAGES)
def test_what_is_published_is_read_once_and_not_for_each_request(app: Flask, path: str) -> None:
    asked = statements(app, sign_in(app), path)

    assert not [one for one in asked if "library_versions" in one]
    assert not [one for one in asked if "library_documents" in one]
