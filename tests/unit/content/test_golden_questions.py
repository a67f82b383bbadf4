"""What each answer to each kind of question earns: tables that people can check by hand."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from content.quiz import KINDS, InvalidChoice, grade, read_question, row_problems

FOLDER = Path(__file__).parents[2] / "golden/questions"
TABLES = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in FOLDER.glob("*.yaml")}
ENTRIES = [entry for kind in sorted(TABLES) for entry in TABLES[kind]]
JUDGED = [(one["question"], case) for one in ENTRIES for case in one["judged"]]
REFUSED = [(one["question"], case) for one in ENTRIES for case in one["refused"]]


def name(value: Any) -> str:
    return str(value.get("id", value.get("response")))[:60]


def test_every_kind_has_its_table() -> None:
    assert set(TABLES) == set(KINDS)
    assert all(one["question"]["kind"] == kind for kind in TABLES for one in TABLES[kind])


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda one: one["question"]["id"])
def test_the_questions_of_the_tables_are_good_drafts(entry: dict[str, Any]) -> None:
    assert row_problems("", entry["question"], draft=True) == []


@pytest.mark.parametrize(("row", "case"), JUDGED, ids=name)
def test_an_answer_earns_what_the_table_says(row: dict[str, Any], case: dict[str, Any]) -> None:
    judged = grade(read_question(row, topic="any"), case["response"])

    assert judged.score_ppm == case["score_ppm"]
    assert judged.correct == (case["score_ppm"] == 1_000_000)
    if "parts" in case:
        assert {one.id: one.score_ppm for one in judged.parts} == case["parts"]


@pytest.mark.parametrize(("row", "case"), REFUSED, ids=name)
def test_what_is_no_answer_is_refused_with_its_reason(
    row: dict[str, Any], case: dict[str, Any]
) -> None:
    with pytest.raises(InvalidChoice) as raised:
        grade(read_question(row, topic="any"), case["response"])

    assert raised.value.refusal.value == case["refusal"]
    assert raised.value.part == case.get("part", "")
    assert str(raised.value).endswith(".")
