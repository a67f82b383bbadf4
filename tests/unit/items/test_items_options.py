"""Whole responses taken apart: what was chosen, as each kind of question asks."""

from typing import Any

from content.quiz import Question, canonical, read_question
from psot.items.options import Choice, Tally, chance_ppm, read, tabulate

SOURCE = {
    "act": "ТК РФ",
    "ref": "ст. 214",
    "verified": "one",
    "urls": ["https://example.org/"],
    "as_of": "2026-01-01",
}


def question(kind: str, **fields: Any) -> Question:
    row = {
        "id": "ppe-90",
        "kind": kind,
        "difficulty": 1,
        "text": "Что верно?",
        "explanation": "Так в законе.",
        "source": SOURCE,
        **fields,
    }
    return read_question(row, topic="ppe", version=1)


def told(response: Any, answers: int, *, score_ppm: int = 0, tests_ppm: int = 0) -> Tally:
    return Tally(
        response=read(canonical(response)),
        answers=answers,
        score_ppm=score_ppm * answers,
        tests=answers,
        tests_ppm=tests_ppm * answers,
    )


def chosen(rows: list[Choice]) -> list[tuple[str, str, bool | None, int]]:
    return [(one.group, one.id, one.right, one.chosen) for one in rows]


LETTERS = {"a": "один", "b": "два", "c": "три"}


def test_options_of_a_choice_are_counted_one_by_one() -> None:
    asked = question("multiple", options=LETTERS, correct=["a", "b"])
    rows = tabulate(asked, [told(["a", "b"], 3, tests_ppm=800_000), told(["a"], 2)])

    assert chosen(rows) == [("", "a", True, 5), ("", "b", True, 3), ("", "c", False, 0)]
    assert [one.score_at_test for one in rows] == [0.48, 0.8, None]
    assert [one.is_idle for one in rows] == [False, False, True]


def test_gaps_are_counted_gap_by_gap() -> None:
    gaps = {"1": {"options": LETTERS, "correct": "a"}, "2": {"options": LETTERS, "correct": "c"}}
    asked = question("cloze", text="Раз {{1}} и {{2}}", gaps=gaps)
    rows = tabulate(asked, [told({"1": "a", "2": "b"}, 4)])

    assert [one for one in chosen(rows) if one[3]] == [("1", "a", True, 4), ("2", "b", False, 4)]


def test_pairs_are_counted_by_their_left_side() -> None:
    asked = question(
        "matching",
        left={"1": "каска", "2": "очки"},
        right={"a": "голова", "b": "глаза", "c": "руки"},
        pairs={"1": "a", "2": "b"},
    )
    rows = tabulate(asked, [told({"1": "a", "2": "c"}, 2)])

    assert [one for one in chosen(rows) if one[3]] == [
        ("каска", "a", True, 2),
        ("очки", "c", False, 2),
    ]
    assert not any(one.is_idle for one in rows)


def test_an_order_is_counted_place_by_place() -> None:
    asked = question("ordering", items=LETTERS, order=["c", "a", "b"])
    rows = tabulate(asked, [told(["c", "b", "a"], 2)])

    assert [one for one in chosen(rows) if one[3]] == [
        ("1", "c", True, 2),
        ("2", "b", False, 2),
        ("3", "a", False, 2),
    ]


def test_made_up_answers_are_shown_by_how_often_they_came() -> None:
    asked = question("numeric", answer=1.8, tolerance=0, unit="м")
    rows = tabulate(
        asked,
        [
            told({"value": "2", "unit": "м"}, 1),
            told({"value": "1,8", "unit": "м"}, 5, score_ppm=1_000_000),
        ],
    )

    assert chosen(rows) == [("", "1,8 м", True, 5), ("", "2 м", False, 1)]


def test_a_case_is_counted_part_by_part() -> None:
    part = {"kind": "single", "text": "Кто?", "options": LETTERS, "correct": ["b"]}
    asked = question("case", parts={"p1": {**part, "explanation": "Так."}, "p2": part})
    rows = tabulate(asked, [told({"p1": ["b"], "p2": ["a"]}, 3)])

    assert [one for one in chosen(rows) if one[3]] == [
        ("1. Кто?", "b", True, 3),
        ("2. Кто?", "a", False, 3),
    ]


def test_a_response_of_another_shape_counts_for_nothing() -> None:
    asked = question("single", options=LETTERS, correct=["a"])

    assert [one.chosen for one in tabulate(asked, [told({"a": "b"}, 9)])] == [0, 0, 0]
    assert read('["a", "b') == '["a", "b'


def test_guessing_earns_what_the_kind_allows() -> None:
    assert chance_ppm(question("single", options=LETTERS, correct=["a"])) == 333_333
    assert chance_ppm(question("truefalse", correct=True)) == 500_000
    assert chance_ppm(question("text", accept=["каска"])) is None
