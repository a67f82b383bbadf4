import pytest

from content.exchange import import_questions

TEXT = "Что — верно?{=«это» ~то}"
XML = """<?xml version="1.0" encoding="{}"?>
<quiz><question type="truefalse"><questiontext format="plain_text"><text>Верно — да?</text>
</questiontext><answer fraction="100"><text>true</text></answer></question></quiz>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-16-le"])
def test_a_mark_of_byte_order_tells_the_encoding_of_text(encoding: str) -> None:
    mark = "\ufeff" if encoding in ("utf-16-be", "utf-16-le") else ""

    found = import_questions((mark + TEXT).encode(encoding), topic="ppe")

    assert found.rows[0]["text"] == "Что — верно?"
    assert found.rows[0]["options"] == {"a": "«это»", "b": "то"}


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r"])
def test_an_encoding_can_be_stated_for_text_that_has_none(encoding: str) -> None:
    text = "Что верно? {=это ~то}"

    found = import_questions(text.encode(encoding), topic="ppe", encoding=encoding)

    assert found.rows[0]["text"] == "Что верно?"


@pytest.mark.parametrize("encoding", ["UTF-8", "utf-16", "windows-1251"])
def test_xml_is_read_in_the_encoding_it_declares(encoding: str) -> None:
    found = import_questions(XML.format(encoding).encode(encoding), topic="ppe")

    assert found.rows[0]["text"] == "Верно — да?"


def test_utf_16_without_a_mark_is_told_by_its_first_sign() -> None:
    found = import_questions(XML.format("UTF-16LE").encode("utf-16-le"), topic="ppe")

    assert found.rows[0]["text"] == "Верно — да?"


def test_line_ends_of_other_systems_are_lines() -> None:
    found = import_questions("А?\r\n{T}\r\n\r\nБ? {F}\r\rВ? {T}".encode(), topic="ppe")

    assert [row["text"] for row in found.rows] == ["А?", "Б?", "В?"]
