"""The editors' desk in a browser without script: every step, every kind, every bad input."""

import re
from html import unescape
from typing import Any

import pytest
from flask import Flask

from psot.library import desk, queries
from psot.library.kinds import KIND_NAMES, MADE_HERE
from tests.web import Browser, database_of, sign_in

PPE = "/editor/content/question/ppe-01"


@pytest.fixture
def author(app: Flask) -> Browser:
    return sign_in(app, roles=("editor",), display_name="Автор Авторов", name_public=True)


@pytest.fixture
def reviewer(app: Flask) -> Browser:
    return sign_in(app, roles=("editor",), display_name="Вера Рецензент", name_public=True)


def fields(page: str) -> dict[str, Any]:
    """What a browser would send of the page's main form."""
    form = re.search(r'<form class="form card edit-form".*?</form>', page, re.DOTALL)
    assert form is not None
    sent: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form[0]):
        found = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if found.get("type") in {"radio", "checkbox"} and " checked" not in tag:
            continue
        if "name" in found:
            sent[found["name"]] = unescape(found.get("value", "on"))
    for name, inside in re.findall(
        r'<textarea[^>]*\bname="([^"]*)"[^>]*>(.*?)</textarea>', form[0], re.DOTALL
    ):
        sent[name] = unescape(inside)
    for name, inside in re.findall(
        r'<select[^>]*\bname="([^"]*)"[^>]*>(.*?)</select>', form[0], re.DOTALL
    ):
        chosen = re.search(r'<option value="([^"]*)" selected', inside)
        first = re.search(r'<option value="([^"]*)"', inside)
        assert first is not None
        sent[name] = (chosen or first)[1]
    return sent


def edited(browser: Browser, path: str, do: str = "save", **changes: str) -> Any:
    page = browser.get(f"{path}/edit")
    assert page.status_code == 200, page.text
    sent = {**fields(page.text), **changes, "do": do}
    return browser.post(f"{path}/edit", data={k: v for k, v in sent.items() if v is not None})


def shown(browser: Browser, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, answer.text
    return unescape(answer.text)


def test_only_editors_come_in(app: Flask, client: Browser) -> None:
    for path in ("/editor/content", PPE, f"{PPE}/edit", "/editor/content/concerns"):
        assert client.get(path).status_code == 303
        assert sign_in(app).get(path).status_code == 403


def test_the_list_is_searched_and_filtered(author: Browser) -> None:
    page = shown(author, "/editor/content?kind=question&topic=ppe&q=обучения+СИЗ&state=published")

    assert "ppe-01" in page
    assert "height-01" not in page
    assert "Ничего не подходит" not in page
    assert "height" in shown(author, "/editor/content?page=2&kind=question")
    assert author.get("/editor/content?page=x&kind=nothing&state=no").status_code == 200


def test_a_question_goes_from_draft_to_readers(
    app: Flask, author: Browser, reviewer: Browser
) -> None:
    saved = edited(author, PPE, text="Сколько времени занимает практика?")
    assert saved.status_code == 303
    assert "Сколько времени" in shown(author, PPE)

    author.post(f"{PPE}/submit")
    refused = author.post(f"{PPE}/publish", data={"confirmed": "1"}, follow_redirects=True)
    assert "кто-то другой" in unescape(refused.text)
    assert reviewer.post(f"{PPE}/publish").status_code == 422
    assert reviewer.post(f"{PPE}/publish", data={"confirmed": "1"}).status_code == 303

    with database_of(app).begin() as session:
        assert queries.question(session, "ppe-01").text == "Сколько времени занимает практика?"
    history = shown(reviewer, PPE)
    assert "Автор Авторов" in history
    assert "Вера Рецензент" in history
    difference = shown(author, f"{PPE}/difference?from=1&to=2")
    assert "<del>" in difference
    assert "<ins>" in difference
    rolled = author.post(f"{PPE}/versions/1/rollback", follow_redirects=True)
    assert rolled.status_code == 200
    with database_of(app).begin() as session:
        assert queries.question(session, "ppe-01").version == 3


def test_it_is_sent_back_with_a_note(author: Browser, reviewer: Browser) -> None:
    assert edited(author, PPE, "submit", text="С опечатткой?").status_code == 303

    assert reviewer.post(f"{PPE}/send-back", data={"note": " "}).status_code == 422
    reviewer.post(f"{PPE}/send-back", data={"note": "Опечатка в слове"})

    assert "Опечатка в слове" in shown(author, PPE)
    assert "С опечатткой?" in shown(author, f"{PPE}/versions/2")


def test_two_editors_at_once_see_both_texts(author: Browser, reviewer: Browser) -> None:
    mine = fields(author.get(f"{PPE}/edit").text)
    theirs = fields(reviewer.get(f"{PPE}/edit").text)
    author.post(f"{PPE}/edit", data={**mine, "text": "Первый текст"})

    clash = reviewer.post(f"{PPE}/edit", data={**theirs, "text": "Второй текст"})

    assert clash.status_code == 409
    assert "<del>Первый</del>" in clash.text
    assert "<ins>Второй</ins>" in clash.text
    again = fields(clash.text)
    assert again["text"] == "Второй текст"
    assert reviewer.post(f"{PPE}/edit", data=again).status_code == 303
    assert "Второй текст" in shown(reviewer, PPE)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": ""}, "Заполните"),
        ({"text": "а" * 3000}, "2000"),
        ({"options.a": "Не менее 50 %"}, "совпадают"),
        ({"correct": ""}, "Не меньше 1"),
        ({"difficulty": "9"}, "3"),
        ({"difficulty": "x"}, "целое число"),
        ({"source.norm": "ppe-n99"}, "ppe-n99"),
        ({"source.urls": "не адрес"}, "http"),
        ({"source.as_of": "вчера"}, "2026-11-22"),
        ({"also": "nowhere"}, "nowhere"),
        ({"picture.file": "no.svg", "picture.alt": "нет"}, "no.svg"),
        ({"picture.file": "no.svg"}, "Заполните"),
    ],
)
def test_bad_input_is_told_at_its_field_and_nothing_is_stored(
    app: Flask, author: Browser, changes: dict[str, str], sentence: str
) -> None:
    answer = edited(author, PPE, **changes)

    assert answer.status_code == 422
    assert sentence in unescape(answer.text)
    assert "field-errors" in answer.text
    for name, value in changes.items():
        if len(value) < 100 and name not in {"correct", "difficulty"}:
            assert fields(answer.text)[name] == value
    with database_of(app).begin() as session:
        assert desk.opened(session, "question", "ppe-01").draft is None


@pytest.mark.parametrize("kind", MADE_HERE)
def test_every_kind_can_be_begun(author: Browser, kind: str) -> None:
    assert author.get(f"/editor/content/new?kind={kind}").status_code == 200
    name = {"topic": "ladders", "quiz": "new-quiz"}.get(kind, "something")
    asked = {"kind": kind, "name": name, "topic": "ppe", "pack": "start", "as": "single"}

    answer = author.post("/editor/content/new", data=asked)

    if kind in {"memo", "lesson"}:
        assert answer.status_code in {303, 422}  # the topic may have one
    else:
        assert answer.status_code == 303
        assert author.get(answer.headers["Location"]).status_code == 200


KINDS_OF_QUESTIONS: dict[str, dict[str, str]] = {
    "single": {"options.a": "Да", "options.b": "Нет", "correct": "a", "why.b": "Потому"},
    "multiple": {
        "options.a": "Да",
        "options.b": "Нет",
        "options.c": "Оба",
        "correct.a": "1",
        "correct.b": "1",
    },
    "truefalse": {"correct": "true", "why.false": "Неверно, потому что"},
    "matching": {
        "left.1": "Раз",
        "pair.1": "Один",
        "left.2": "Два",
        "pair.2": "Двое",
        "why.2": "Так считают",
        "extra": "Трое",
    },
    "ordering": {
        "items.a": "Раз",
        "place.a": "2",
        "items.b": "Два",
        "place.b": "3",
        "items.c": "Три",
        "place.c": "1",
        "why.c": "Сначала",
    },
    "numeric": {"answer": "1,5", "tolerance": "0,1", "unit": "м", "units": "км = 1000"},
    "text": {"accept": "каска\nшлем = 50 %"},
    "cloze": {
        "text": "Надень {{1}}.",
        "gaps.1.a": "каску",
        "gaps.1.b": "шляпу",
        "correct.1": "a",
        "why.1": "По норме",
    },
    "hotspot": {
        "picture.file": "height-ladder.svg",
        "picture.alt": "Лестница",
        "label.a": "Низ",
        "shape.a": "rect",
        "at.a": "100 700, 300 900",
        "correct.a": "1",
        "label.b": "Верх",
        "shape.b": "circle",
        "at.b": "500 200 80",
        "show_areas": "1",
    },
    "case": {
        "p1.kind": "truefalse",
        "p1.text": "Верно?",
        "p1.correct": "true",
        "p1.explanation": "Да",
        "p1.why.false": "Нет",
        "p2.kind": "single",
        "p2.text": "Который?",
        "p2.options.a": "Первый",
        "p2.options.b": "Второй",
        "p2.correct": "b",
        "p2.explanation": "Второй",
    },
}


@pytest.mark.parametrize("kind", KINDS_OF_QUESTIONS)
def test_a_question_of_every_kind_is_written_and_read_again(
    app: Flask, author: Browser, reviewer: Browser, kind: str
) -> None:
    asked = {"kind": "question", "topic": "ppe", "pack": "start", "as": kind}
    place = author.post("/editor/content/new", data=asked).headers["Location"]
    path = place.split("?")[0].removesuffix("/edit")
    form = fields(author.get(place).text)
    filled = {
        **form,
        "text": "Что верно?",
        "explanation": "Так написано.",
        "source.act": "Приказ",
        "source.ref": "п. 1",
        "source.verified": "one",
        **KINDS_OF_QUESTIONS[kind],
        "do": "submit",
    }

    kept = author.post(place, data=filled)

    assert kept.status_code == 303, unescape(kept.text)
    assert reviewer.post(f"{path}/publish", data={"confirmed": "1"}).status_code == 303
    with database_of(app).begin() as session:
        question = queries.question(session, path.rsplit("/", 1)[1])
        assert question.kind == kind
        assert question.topic == "ppe"
    again = fields(author.get(f"{path}/edit").text)
    same = author.post(f"{path}/edit", data={**again, "do": "save"})
    assert same.status_code == 303
    with database_of(app).begin() as session:
        found = desk.opened(session, "question", question.id)
        assert found.published is not None
        assert found.present.sha256 == found.published.sha256


ANSWERS_THAT_DO_NOT_FIT: list[tuple[str, dict[str, str], str]] = [
    ("ordering", {"items.a": "Раз", "place.a": "1", "items.b": "Два"}, "место"),
    ("ordering", {"items.a": "Раз", "place.a": "1", "items.b": "Два", "place.b": "1"}, "место"),
    ("ordering", {}, "Заполните"),
    ("matching", {"left.1": "Раз", "left.2": "Два", "pair.2": "Двое"}, "pairs"),
    ("cloze", {"text": "Надень {{1}}.", "gaps.1.a": "каску", "gaps.1.b": "шляпу"}, "gaps"),
    ("hotspot", {"label.a": "Низ", "at.a": "100 много", "correct.a": "1"}, "числа"),
    ("hotspot", {"label.a": "Низ", "at.a": "100 100 50 1001", "correct.a": "1"}, "числа"),
    ("case", {"p1.kind": "truefalse", "p1.text": "Верно?"}, "p1"),
]


@pytest.mark.parametrize(("kind", "answers", "sentence"), ANSWERS_THAT_DO_NOT_FIT)
def test_answers_that_do_not_fit_are_told_and_stay_in_the_form(
    author: Browser, kind: str, answers: dict[str, str], sentence: str
) -> None:
    place = f"/editor/content/question/ppe-88/edit?topic=ppe&pack=start&as={kind}"
    form = fields(author.get(place).text)

    answer = author.post(place, data={**form, "text": "Что верно?", **answers})

    assert answer.status_code == 422
    told = unescape(answer.text).partition('class="edit-columns"')[2]
    assert sentence in told
    assert "field-errors" in told
    again = fields(answer.text)
    assert {name: again[name] for name in answers} == answers


def test_a_plan_written_as_yaml_that_does_not_fit_is_told(author: Browser) -> None:
    place = "/editor/content/plan/head-of-a-small-firm/edit"
    for text, sentence in {
        "steps: [{": "Строка",
        "- список": "названия поля",
        "steps: []\nsecret: 1": "secret",
        "steps: &x []\nother: *x": "Строка",
    }.items():
        form = fields(author.get(place).text)
        answer = author.post(place, data={**form, "steps": text})
        assert answer.status_code == 422
        assert sentence in unescape(answer.text)


def test_a_lesson_is_seen_before_it_is_published(author: Browser) -> None:
    path = "/editor/content/lesson/electrical"
    written = {
        "title.ru": "Ток",
        "title.en": "Current",
        "summary.ru": "Кратко",
        "summary.en": "Short",
        "text": "## Опасность\n\n<script>alert(1)</script> и [норма](norm:nothing-n01)",
    }
    start = author.get(f"{path}/edit?topic=electrical&pack=start").text
    part = author.post(f"{path}/preview", data={**fields(start), **written})

    assert part.status_code == 200
    assert "<h2" in part.text
    assert "<script>" not in part.text
    assert "norm:nothing-n01" in part.text
    answer = author.post(f"{path}/edit", data={**fields(start), **written, "do": "preview"})
    assert answer.status_code == 200
    assert fields(answer.text)["text"] == written["text"]


@pytest.mark.parametrize(
    "path",
    [
        "/editor/content/question/nothing",
        "/editor/content/nothing/ppe-01",
        f"{PPE}/versions/99",
        f"{PPE}/difference?from=5&to=77",
    ],
)
def test_what_is_not_there_is_not_found(author: Browser, path: str) -> None:
    assert author.get(path).status_code == 404


def test_retiring_asks_for_the_name_and_can_be_undone(app: Flask, author: Browser) -> None:
    assert author.post(f"{PPE}/retire", data={"name": "ppe-02"}).status_code == 422
    assert author.post(f"{PPE}/retire", data={"name": "ppe-01"}).status_code == 303
    assert "ppe-01" in shown(author, "/editor/content?state=retired")
    assert author.post(f"{PPE}/restore").status_code == 303

    with database_of(app).begin() as session:
        assert queries.question(session, "ppe-01").version == 1


def test_a_draft_thrown_away_is_confirmed_first(author: Browser) -> None:
    edited(author, PPE, text="Напрасно?")
    assert author.post(f"{PPE}/discard").status_code == 422
    assert author.post(f"{PPE}/discard", data={"confirmed": "1"}).status_code == 303
    assert "Напрасно?" not in shown(author, PPE)


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_documents_of_every_kind_are_shown_and_their_forms_keep_them(
    app: Flask, author: Browser, kind: str
) -> None:
    with database_of(app).begin() as session:
        found = [name for name, _ in desk.names_of(session, kind)]
    for name in found[:40]:
        path = f"/editor/content/{kind}/{name}"
        assert author.get(path).status_code == 200
        if kind in MADE_HERE or kind == "pack":
            answer = edited(author, path)
            assert answer.status_code == 303, (name, unescape(answer.text))
            with database_of(app).begin() as session:
                opened = desk.opened(session, kind, name)
                assert opened.published is not None
                assert opened.present.body == opened.published.body


def test_the_concerns_are_told(author: Browser) -> None:
    page = shown(author, "/editor/content/concerns")

    assert "<h2" in page
