"""Tables to take along: they open rightly, and nothing in them computes."""

import csv
import io

import pytest
from flask import Flask
from flask_babel import Babel
from hypothesis import given
from hypothesis import strategies as st

from psot.shell.spreadsheets import MARK, Cell, defused, download, written


def read(file: bytes) -> list[list[str]]:
    text = file.decode()
    assert text.startswith(MARK)
    return list(csv.reader(io.StringIO(text.removeprefix(MARK), newline=""), delimiter=";"))


def in_language(language: str) -> Flask:
    app = Flask(__name__)
    Babel(app, default_locale=language)
    return app


@given(
    rows=st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])), min_size=2, max_size=2)
    )
)
def test_text_comes_back_as_it_was_but_for_formulas(rows: list[list[str]]) -> None:
    with in_language("ru").test_request_context():
        table = read(written(["one", "two"], rows))

    assert table == [["one", "two"], *([defused(one) for one in row] for row in rows)]


@pytest.mark.parametrize("evil", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@sum", "\tx", " =A1"])
def test_no_cell_computes(evil: str) -> None:
    with in_language("ru").test_request_context():
        table = read(written([evil], [[evil]]))

    assert table == [[f"'{evil}"], [f"'{evil}"]]


@pytest.mark.parametrize(("language", "figure"), [("ru", "-0,666667"), ("en", "-0.666667")])
def test_a_figure_is_a_number_in_the_readers_language(language: str, figure: str) -> None:
    row: list[Cell] = [-2 / 3, 0.5, 12, None]
    with in_language(language).test_request_context():
        told = read(written(["a", "b", "c", "d"], [row]))[1]

    assert told[0] == figure
    assert told[2:] == ["12", ""]


def test_a_download_names_its_file() -> None:
    with in_language("ru").test_request_context():
        answer = download("items.csv", ["a"], [])

    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="items.csv"'
