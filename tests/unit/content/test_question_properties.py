"""What holds for every question that an editor could write, and for every answer to it."""

import json
from dataclasses import asdict
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from content.quiz import (
    Case,
    Hotspot,
    InvalidChoice,
    canonical,
    grade,
    read_question,
    row_problems,
    write_question,
)
from tests.unit.content import rows as made
from tests.unit.content.rows import SECRET, Row


@given(made.rows())
def test_such_a_question_is_taken(row: Row) -> None:
    assert row_problems("questions/ppe.yaml", row) == []


@given(made.rows())
def test_a_row_is_read_and_written_without_a_change(row: Row) -> None:
    written = write_question(read_question(row, topic="ppe"))

    assert written == row
    assert json.loads(json.dumps(written)) == row


@given(made.rows())
def test_a_question_is_written_and_read_without_a_change(row: Row) -> None:
    question = read_question(row, topic="ppe")

    assert read_question(write_question(question), topic="ppe") == question
    assert hash(question) == hash(read_question(row, topic="ppe"))


@given(row=made.rows(), version=st.integers(10, 99))
def test_the_number_of_the_library_overrules_that_of_the_file(row: Row, version: int) -> None:
    assert read_question(row, topic="ppe", version=version).version == version


@given(made.rows())
def test_its_solution_earns_everything(row: Row) -> None:
    question = read_question(row, topic="ppe")
    response = json.loads(canonical(question.solution))
    judged = grade(question, response)

    assert (judged.score_ppm, judged.correct) == (1_000_000, True)
    assert all(part.score_ppm == 1_000_000 for part in judged.parts)
    key = question.key()
    assert key.solution == question.solution
    if isinstance(question, Case):
        assert {id_: one.solution for id_, one in key.parts.items()} == key.solution
    assert question.solution_text
    assert all(question.solution_text)


@given(row=made.rows(), response=made.json)
def test_any_json_earns_a_share_or_is_refused(row: Row, response: Any) -> None:
    question = read_question(row, topic="ppe")
    try:
        judged = grade(question, response)
    except InvalidChoice:
        return
    assert 0 <= judged.score_ppm <= 1_000_000
    assert judged.correct == (judged.score_ppm == 1_000_000)
    assert all(0 <= part.score_ppm <= 1_000_000 for part in judged.parts)


@given(row=made.rows(), response=st.dictionaries(st.sampled_from(["p1", "p2"]), made.json))
def test_any_answers_to_parts_earn_a_share_or_are_refused(row: Row, response: Any) -> None:
    question = read_question(row, topic="ppe")
    try:
        assert 0 <= grade(question, response).score_ppm <= 1_000_000
    except InvalidChoice:
        assert response != question.solution


@given(row=made.rows(), seed=st.text())
def test_what_is_shown_tells_nothing_of_the_key(row: Row, seed: str) -> None:
    question = read_question(row, topic="ppe")
    view = question.public(seed)

    shown = json.dumps(asdict(view), ensure_ascii=False)
    assert SECRET not in shown
    assert SECRET not in repr(view)
    assert view == question.public(seed)


@given(made.rows())
def test_a_question_and_its_key_print_without_the_answer(row: Row) -> None:
    question = read_question(row, topic="ppe")

    for printed in (repr(question), repr(question.key())):
        assert SECRET not in printed
        for field in ("correct", "pairs", "order=", "answer", "accept", "solution", "why"):
            assert f"{field}=" not in printed


KEYS: dict[str, tuple[Row, Row]] = {
    "single": ({"correct": ["a"]}, {"correct": ["b"]}),
    "multiple": ({"correct": ["a", "b"]}, {"correct": ["b", "c"]}),
    "truefalse": ({"correct": True}, {"correct": False}),
    "matching": ({"pairs": {"1": "a", "2": "b"}}, {"pairs": {"1": "b", "2": "c"}}),
    "ordering": ({"order": ["a", "b", "c"]}, {"order": ["c", "a", "b"]}),
    "numeric": ({"answer": 1, "tolerance": 0}, {"answer": 2.5, "tolerance": 1}),
    "text": ({"accept": ["да"]}, {"accept": ["нет", "не*"], "case_sensitive": True}),
    "hotspot": ({"correct": ["a"]}, {"correct": ["b"]}),
}
OTHERWISE: Row = {
    "id": "ppe-01",
    "difficulty": 1,
    "text": "Что?",
    "options": {"a": "А", "b": "Б", "c": "В"},
    "left": {"1": "А", "2": "Б"},
    "right": {"a": "А", "b": "Б", "c": "В"},
    "items": {"a": "А", "b": "Б", "c": "В"},
    "unit": "м",
    "units": {"см": 0.01},
    "areas": {
        "a": {"label": "А", "shape": "rect", "at": [0, 0, 10, 10]},
        "b": {"label": "Б", "shape": "rect", "at": [20, 20, 30, 30]},
    },
}


@given(kind=st.sampled_from(sorted(KEYS)), seed=st.text())
def test_another_key_shows_the_same_question(kind: str, seed: str) -> None:
    one, other = (
        read_question({**OTHERWISE, "kind": kind, **key}, topic="ppe").public(seed)
        for key in KEYS[kind]
    )

    assert one == other


@given(made.rows().filter(lambda row: row["kind"] == "hotspot"))
def test_pointing_at_areas_earns_what_naming_them_does(row: Row) -> None:
    question = read_question(row, topic="ppe")
    assert isinstance(question, Hotspot)
    inside = {area.id: middle(area.shape, area.at) for area in question.areas}
    chosen = [*inside] if question.several else [next(iter(inside))]

    named = grade(question, {"areas": chosen})
    pointed = grade(question, {"points": [inside[one] for one in chosen]})
    assert named == pointed


def middle(shape: str, at: tuple[int, ...]) -> list[float]:
    if shape == "circle":
        return [at[0], at[1]]
    xs, ys = at[::2], at[1::2]
    return [sum(xs) / len(xs), sum(ys) / len(ys)]


@given(made.ordering(), st.data())
def test_an_order_and_its_reverse_never_both_earn(row: Row, data: st.DataObject) -> None:
    question = read_question(
        {"id": "ppe-01", "difficulty": 1, "kind": "ordering", "text": "Как?", **row}, topic="ppe"
    )
    order = data.draw(st.permutations(row["order"]))

    there, back = (grade(question, one).score_ppm for one in (order, order[::-1]))
    assert min(there, back) == 0
