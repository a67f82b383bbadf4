"""The editors' pages of item analysis, on the real app with what is really folded."""

import csv
import io
import re
from collections.abc import Sequence
from datetime import timedelta

import pytest
from flask import Flask

from psot.ledger.consumers import enrol
from psot.projections import CATALOGUE
from psot.shell.spreadsheets import MARK
from tests.integration.items.history import (
    AUTUMN,
    RIGHT,
    WRONG,
    Entry,
    answered,
    drain,
    finished,
    happen,
    member,
)
from tests.web import Browser, database_of, sign_in

QUESTIONS = ("ppe-01", "ppe-02", "ppe-03", "ppe-04")
SECOND = timedelta(seconds=1)


def sat(number: int, marks: Sequence[int], *, version: int = 1) -> list[Entry]:
    """Member ``number`` takes the quiz on protective equipment."""
    who = member(number)
    told = [
        answered(
            who,
            question,
            version=version,
            score_ppm=mark,
            chosen=["a"] if mark == RIGHT else ["b"],
            at=AUTUMN + timedelta(days=number % 30) + place * SECOND,
        )
        for place, (question, mark) in enumerate(zip(QUESTIONS, marks, strict=True), 1)
    ]
    return [*told, finished(who, at=AUTUMN + timedelta(days=number % 30) + 5 * SECOND)]


def happened(app: Flask, *stories: list[Entry]) -> None:
    happen(database_of(app), *(entry for story in stories for entry in story))
    drain(database_of(app))


@pytest.fixture
def listening(app: Flask) -> Flask:
    """The app, its ledger listened to."""
    enrol(database_of(app), CATALOGUE)
    return app


@pytest.fixture
def answers(listening: Flask) -> Flask:
    """Forty members took a quiz; on its third question who knows more does worse."""
    happened(
        listening,
        *(
            sat(
                n,
                [RIGHT, RIGHT, WRONG, RIGHT]
                if n % 2
                else [WRONG, RIGHT if n % 4 else WRONG, RIGHT, WRONG],
            )
            for n in range(40)
        ),
    )
    return listening


@pytest.fixture
def editor(answers: Flask) -> Browser:
    return sign_in(answers, roles=["editor"])


def table(answer: bytes) -> list[list[str]]:
    text = answer.decode().removeprefix(MARK)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def test_before_the_first_answer_every_page_says_so(listening: Flask) -> None:
    editor = sign_in(listening, roles=["editor"])

    assert "empty-title" in editor.get("/editor/items").text
    assert "empty-title" in editor.get("/editor/items/quizzes").text
    assert "empty-title" in editor.get("/editor/items/ppe-01").text


@pytest.mark.parametrize("path", ["/editor/items", "/editor/items/ppe-01", "/editor/items/quizzes"])
def test_figures_are_for_editors(answers: Flask, client: Browser, path: str) -> None:
    assert client.get(path).status_code == 303
    assert sign_in(answers).get(path).status_code == 403


def test_what_is_not_there_is_said(editor: Browser) -> None:
    assert editor.get("/editor/items/no-such-01").status_code == 404
    assert editor.get("/editor/items/quizzes/no-such").status_code == 404


def test_a_question_that_good_learners_answer_worse_is_flagged(editor: Browser) -> None:
    page = editor.get("/editor/items?flag=negative_discrimination").text

    assert "/editor/items/ppe-03#v1" in page
    assert "/editor/items/ppe-01#v1" not in page


def test_the_list_is_searched_sorted_and_filtered(editor: Browser) -> None:
    def shown(address: str) -> list[str]:
        return re.findall(r"/editor/items/(ppe-\d\d)#v", editor.get(f"/editor/items{address}").text)

    assert shown("") == list(QUESTIONS)
    assert shown("?q=ppe-02") == ["ppe-02"]
    assert shown("?sort=-facility")[0] == "ppe-02"
    assert shown("?sort=discrimination")[0] == "ppe-03"
    assert shown("?topic=ppe&quiz=ppe") == list(QUESTIONS)
    assert shown("?topic=fire_hot_works") == []
    assert shown("?page=999999&sort=nonsense&flag=nonsense") == list(QUESTIONS)


def test_a_question_opens_into_its_options_times_and_weeks(editor: Browser) -> None:
    page = editor.get("/editor/items/ppe-01").text

    assert 'id="v1"' in page
    assert page.count('class="fill') >= 2
    assert "<polyline" in page
    assert "/editor/items/quizzes/ppe?positions=4" in page


def test_every_version_has_its_own_figures(answers: Flask, editor: Browser) -> None:
    happened(answers, sat(50, [RIGHT] * 4, version=2))
    page = editor.get("/editor/items/ppe-01").text

    assert page.index('id="v2"') < page.index('id="v1"')
    assert len(re.findall(r"#v\d", editor.get("/editor/items?versions=all").text)) == 8


def test_few_answers_are_told_as_few(answers: Flask, editor: Browser) -> None:
    happened(answers, [answered(member(60), "risk-01")])
    page = editor.get("/editor/items/risk-01").text

    assert "1 из 30" in page


def test_a_test_opens_into_its_figures_and_questions(editor: Browser) -> None:
    page = editor.get("/editor/items/quizzes/ppe").text

    assert page.count('class="item-figure"') == 8
    assert "/editor/items/ppe-03#v1" in page
    assert "/editor/items/quizzes/ppe" in editor.get("/editor/items/quizzes").text


def test_tables_can_be_taken_along(editor: Browser) -> None:
    everything = table(editor.get("/editor/items/table.csv").data)
    one = table(editor.get("/editor/items/ppe-01/table.csv").data)
    test = table(editor.get("/editor/items/quizzes/ppe/table.csv").data)

    assert [row[0] for row in everything[1:]] == list(QUESTIONS)
    assert everything[1][5:7] == ["40", "0,5"]
    assert {row[0] for row in one[1:]} == {"1"}
    assert test[1][:3] == ["Завершённых попыток", "", "40"]
    assert {len(row) for row in everything} == {len(everything[0])}


def test_a_table_is_of_what_was_asked_for(editor: Browser) -> None:
    asked = "/editor/items/table.csv?flag=negative_discrimination"

    assert [row[0] for row in table(editor.get(asked).data)[1:]] == ["ppe-03"]
