"""An editor is told what is wrong with a question, whatever its kind."""

from typing import Any

import pytest

from content.quiz import row_problems

Row = dict[str, Any]
COMMON: Row = {"id": "ppe-01", "difficulty": 1, "text": "Что?"}
AREAS: Row = {
    "a": {"label": "Край", "shape": "rect", "at": [0, 0, 10, 10]},
    "b": {"label": "Центр", "shape": "circle", "at": [50, 50, 5]},
}
GOOD: dict[str, Row] = {
    "truefalse": {"correct": True},
    "matching": {
        "left": {"1": "А", "2": "Б"},
        "right": {"a": "В", "b": "Г"},
        "pairs": {"1": "a", "2": "b"},
    },
    "ordering": {"items": {"a": "А", "b": "Б", "c": "В"}, "order": ["c", "a", "b"]},
    "numeric": {"answer": 1.8, "tolerance": 0, "unit": "м", "units": {"см": 0.01}},
    "text": {"accept": ["наряд*", {"text": "допуск", "score": 50}]},
    "cloze": {
        "text": "Через {{1}}.",
        "gaps": {"1": {"options": {"a": "год", "b": "век"}, "correct": "a"}},
    },
    "hotspot": {
        "picture": {"file": "a.svg", "alt": "Крыша"},
        "areas": AREAS,
        "correct": ["a"],
    },
    "case": {"parts": {"p1": {"kind": "truefalse", "text": "Да?", "correct": True}}},
}
FAULTS: list[tuple[str, Row, str]] = [
    ("truefalse", {"correct": "да"}, "correct: must be true or false"),
    ("truefalse", {"why": {"c": "Нет"}}, "why: explains an option that does not exist"),
    ("truefalse", {"options": {"a": "А"}}, "Additional properties are not allowed"),
    ("matching", {"pairs": {"1": "a", "3": "b"}}, "pairs: must give each entry on the left"),
    ("matching", {"pairs": {"1": "a", "2": "z"}}, "pairs: names an option that does not exist"),
    ("matching", {"left": {"1": "А", "2": "А"}}, "left: two entries have the same text"),
    ("matching", {"right": {"a": "А", "b": "А"}}, "right: two options have the same text"),
    ("matching", {"left": {"x": "А", "y": "Б"}}, "left: must be a number such as 1, or p1"),
    ("ordering", {"order": ["a", "b", "d"]}, "order: must name every item once"),
    ("ordering", {"order": ["a", "b"]}, "order: needs at least 3"),
    (
        "ordering",
        {"items": {"a": "А", "b": "А", "c": "В"}},
        "items: two items have the same text",
    ),
    ("numeric", {"answer": float("nan")}, "answer: must be a number"),
    ("numeric", {"answer": "1,8"}, "answer: must be a number"),
    ("numeric", {"tolerance": float("nan")}, "tolerance: must be a number"),
    ("numeric", {"tolerance": -1}, "tolerance: must be at least 0"),
    ("numeric", {"answer": 1e300}, "answer: must be at most 1000000000000.0"),
    ("numeric", {"unit": ""}, "units: need a unit to convert to"),
    ("numeric", {"units": {"м": 2}}, "units: the unit of the answer is once itself"),
    ("numeric", {"units": {"см": float("nan")}}, "units: must be numbers"),
    ("numeric", {"answer": 1e-9, "unit": "м" * 20}, ""),
    ("text", {"accept": []}, "accept: needs at least 1"),
    ("text", {"accept": [5]}, "accept.0: must be a text, or a text and the percentage it earns"),
    ("text", {"accept": ["да", "да"]}, "accept: the same text is given twice"),
    (
        "text",
        {"accept": [{"text": "да", "score": 50}]},
        "accept: at least one text must earn everything",
    ),
    ("text", {"accept": ["…"]}, "its own right answer would not earn everything"),
    ("cloze", {"text": "Через год."}, "text: must have every gap once, written {{1}}"),
    ("cloze", {"text": "{{1}} и {{1}}"}, "text: must have every gap once, written {{1}}"),
    (
        "cloze",
        {"gaps": {"1": {"options": {"a": "год", "b": "век"}, "correct": "c"}}},
        "gaps: names an option that does not exist",
    ),
    (
        "cloze",
        {"gaps": {"1": {"options": {"a": "год", "b": "год"}, "correct": "a"}}},
        "gaps: two options have the same text",
    ),
    ("hotspot", {"correct": ["c"]}, "correct: names an area that does not exist"),
    ("hotspot", {"correct": ["a", "b"]}, "correct: at least one area must be wrong"),
    ("hotspot", {"picture": {"file": "../a.svg", "alt": "А"}}, "picture.file: must be the name"),
    (
        "hotspot",
        {"areas": AREAS | {"b": AREAS["b"] | {"label": "Край"}}},
        "areas: two areas have the same label",
    ),
    ("hotspot", {"areas": AREAS | {"b": AREAS["b"] | {"at": [1, 2, 0]}}}, "areas: a rect has"),
    ("hotspot", {"areas": AREAS | {"a": AREAS["a"] | {"at": [9, 0, 1, 5]}}}, "areas: a rect has"),
    (
        "hotspot",
        {"areas": AREAS | {"a": {"label": "Л", "shape": "polygon", "at": [1, 2, 3, 4, 5]}}},
        "areas: a rect has",
    ),
    (
        "case",
        {"parts": {"p1": {"kind": "case", "text": "Да?"}}},
        "parts.p1.kind: must be one of single, multiple",
    ),
    (
        "case",
        {"parts": {"p1": {"kind": "truefalse", "text": "Да?", "correct": True, "id": "ppe-02"}}},
        "parts.p1.id: does not belong here",
    ),
    (
        "case",
        {"parts": {"p1": {"kind": "text", "text": "Да?", "accept": ["да", "да"]}}},
        "parts.p1.accept: the same text is given twice",
    ),
]


def lines(row: Row, *, draft: bool = True) -> list[str]:
    return [str(one) for one in row_problems("", row, draft=draft)]


@pytest.mark.parametrize("kind", sorted(GOOD))
def test_a_good_draft_has_no_faults(kind: str) -> None:
    assert lines(COMMON | {"kind": kind} | GOOD[kind]) == []


@pytest.mark.parametrize(("kind", "change", "message"), FAULTS, ids=lambda case: str(case)[:60])
def test_a_fault_is_told_by_its_field(kind: str, change: Row, message: str) -> None:
    found = lines(COMMON | {"kind": kind} | GOOD[kind] | change)

    assert [line[: len(message) + 8] for line in found[:1]] == (
        [f"ppe-01: {message}"] if message else []
    )


def test_every_part_of_a_case_explains_itself() -> None:
    case = COMMON | {"kind": "case", "source": {"norm": "ppe-n01"}} | GOOD["case"]

    assert lines(case, draft=False) == ["ppe-01: parts.p1.explanation: is missing"]


def test_a_source_is_a_norm_or_tells_all_itself() -> None:
    source = {"norm": "ppe-n01", "act": "tk_rf"}
    row = COMMON | {"kind": "truefalse", "correct": True, "explanation": "Да.", "source": source}

    assert len(lines(row, draft=False)) == 1
    assert lines(row | {"source": {"act": "tk_rf"}}, draft=False) != []
    assert lines(row | {"source": {"norm": "ppe-n01"}}, draft=False) == []
