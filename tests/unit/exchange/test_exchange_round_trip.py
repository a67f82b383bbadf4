"""Out and in again: nothing is lost that the format can hold."""

from collections.abc import Callable, Iterable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from content.exchange import (
    Exported,
    Outcome,
    export_gift,
    export_moodle_xml,
    import_questions,
)
from content.quiz import built_in_pack, row_problems, write_question
from tests.questions import KINDS, rows

Row = dict[str, Any]

NOT_IN_GIFT = {"ordering", "case", "hotspot"}
SLOW = settings(
    max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def held_by_both(row: Row) -> Row:
    """What is left of a row where a source in words and the version have no place."""
    row = deepcopy(row)
    del row["version"]
    if "norm" not in row["source"]:
        del row["source"]
    if row["kind"] not in ("single", "multiple", "truefalse"):
        row.pop("why", None)
    if row["kind"] == "numeric":
        row.get("units", {}).pop(row.get("unit"), None)
    return _in_one_order(row)


def _in_one_order(row: Row) -> Row:
    """Letters say nothing: options by their texts, in the order in which a format writes them."""
    row = deepcopy(row)
    if row["kind"] == "matching":
        texts = row["right"]
        row["pairs"] = {row["left"][left]: texts[right] for left, right in row["pairs"].items()}
        row["left"] = list(row["left"].values())
        row["right"] = sorted(texts.values())
    if row["kind"] == "ordering":
        row["order"] = [row["items"][letter] for letter in row["order"]]
        row["items"] = sorted(row["order"])
    if row["kind"] in ("single", "multiple"):
        row["correct"] = [row["options"][letter] for letter in row["correct"]]
        row["why"] = {row["options"][letter]: why for letter, why in row.get("why", {}).items()}
        row["options"] = list(row["options"].values())
    for gap in row.get("gaps", {}).values():
        gap["correct"] = gap["options"][gap["correct"]]
        gap["options"] = list(gap["options"].values())
    row["parts"] = {place: _in_one_order(part) for place, part in row.get("parts", {}).items()}
    return row


def held_by_gift(row: Row) -> Row:
    row = held_by_both(row)
    for name in ("picture", "unit", "units", "case_sensitive"):
        row.pop(name, None)
    if row["kind"] == "text":
        row["accept"] = [one for one in row["accept"] if "->" not in str(one)]
    return row


def held_by_moodle(row: Row) -> Row:
    row = held_by_both(row)
    if row["kind"] == "case":
        for part in row["parts"].values():
            for name in ("explanation", "picture", "unit", "units"):
                part.pop(name, None)
            part["text"] = "\n".join(line for line in part["text"].split("\n") if line.strip())
    return row


def comes_back(row: Row, export: Callable[[Iterable[Row]], Exported]) -> Row:
    exported = export([row])
    found = import_questions(exported.data)
    assert len(found.rows) == 1, list(found.report.lines())
    return _in_one_order(found.rows[0])


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - NOT_IN_GIFT))
@SLOW
@given(data=st.data())
def test_gift_gives_back_what_it_can_hold(kind: str, data: st.DataObject) -> None:
    row = data.draw(rows(kind))
    assume(not row_problems("", row))
    assume(kind != "matching" or "->" not in str(row["left"]) + str(row["right"]))
    assume(kind != "text" or "->" not in str(row["accept"][0]))
    assume(kind != "cloze" or len(row["gaps"]) == 1)

    assert comes_back(row, export_gift) == held_by_gift(row)


@pytest.mark.parametrize("kind", sorted(KINDS))
@SLOW
@given(data=st.data())
def test_moodle_xml_gives_back_what_it_can_hold(kind: str, data: st.DataObject) -> None:
    row = data.draw(rows(kind))
    assume(not row_problems("", row))

    assert comes_back(row, export_moodle_xml) == held_by_moodle(row)


@pytest.mark.parametrize("kind", sorted(NOT_IN_GIFT - {"hotspot"}))
@settings(max_examples=5)
@given(data=st.data())
def test_what_gift_has_no_type_for_is_left_out_and_said(kind: str, data: st.DataObject) -> None:
    exported = export_gift([data.draw(rows(kind))])

    assert exported.data == b""
    assert exported.report.entries[0].outcome is Outcome.LEFT_OUT


def test_the_whole_first_pack_goes_out_and_comes_back() -> None:
    pack = built_in_pack("start")
    pictures = {name: file.data for name, file in pack.pictures.items()}
    written = [write_question(question) for question in pack.questions.values()]

    for export, held in ((export_gift, held_by_gift), (_with(pictures), held_by_moodle)):
        exported = export(written)
        report = exported.report
        kept = {one.id for one in report.entries if one.outcome is not Outcome.LEFT_OUT}
        found = import_questions(exported.data, topics=pack.topics, norms=pack.norms)

        expected = {row["id"]: held(row) for row in written if row["id"] in kept}
        back = {row["id"]: _in_one_order(row) for row in found.rows}
        assert back.keys() == expected.keys()
        for id_, row in expected.items():
            if row["kind"] == "hotspot":
                assert_same_places(row, back[id_])
            else:
                assert back[id_] == row


def assert_same_places(expected: Row, actual: Row) -> None:
    """Places come back to a pixel of the picture; what they are called does not."""
    assert actual["correct"] == expected["correct"]
    for letter, area in expected["areas"].items():
        found = actual["areas"][letter]
        if area["shape"] == found["shape"]:
            near = zip(area["at"], found["at"], strict=True)
            assert all(abs(one - other) <= 3 for one, other in near)


def _with(pictures: dict[str, bytes]) -> Callable[[Iterable[Row]], Exported]:
    return lambda written: export_moodle_xml(written, pictures)
