"""Whatever comes: a report, or one refusal. Nothing else, and in time that grows with the size."""

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from content.exchange import REFUSALS, Format, ImportRefused, Limits, import_questions
from content.exchange.decoding import printable
from content.quiz import row_problems
from tests.exchange import GOLDEN, SOURCES, read, zipped

ITEMS = sorted([*GOLDEN.glob("qti*/*.xml")])
FIXTURES = [*(read(name) for name in SOURCES), *(one.read_bytes() for one in ITEMS)]
TOKENS = [
    *(b"{", b"}", b"~", b"=", b"#", b"####", b"->", b"::", b"\\", b"//", b"\n\n", b"$CATEGORY:"),
    *(b"{1:MC:", b"{{1}}", b"[[1]]", b"[html]", b"%-50%", b"1e99", b"nan", b"..", b"\x00"),
    *(b"<", b">", b"</text>", b"<text>", b"&", b"&#0;", b"&#xD800;", b"<![CDATA[", b"]]>", b'"'),
    *(b"\xff", b"\xef\xbb\xbf", "\ue0001\ue001".encode(), b"PK", b"<!DOCTYPE a [", b"-->"),
]


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A fixture with pieces cut out, doubled, exchanged, and signs put in."""
    data = bytearray(draw(st.sampled_from(FIXTURES)))
    for _ in range(draw(st.integers(1, 8))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.sampled_from([0, 1, 2, 10, 100, 1000])))
        piece = bytes(data[start:end])
        put = draw(st.sampled_from(TOKENS) | st.binary(max_size=4) | st.just(piece * 2))
        data[start:end] = put
    return bytes(data)


def end_of(data: bytes, format: str = "") -> str:  # noqa: A002 - the word of the call
    """How an import ended; a report accounts for everything, and its rows hold."""
    try:
        found = import_questions(data, format=format, topic="ppe")
    except ImportRefused as refused:
        return "refusal" if refused.code in REFUSALS else f"a refusal without words: {refused.code}"
    assert found.report.totals["found"] == len(found.report.entries)
    for row in found.rows:
        assert row_problems("", row, draft=True) == []
        text = json.dumps(row, ensure_ascii=False)
        assert printable(text) == text
    return "report"


@settings(max_examples=250)
@given(mutated(), st.sampled_from(["", *Format]))
@example(b"\xff\xfe\x00\xd8", "")
@example(b"<?xml version='1.0' encoding='utf-16'?><quiz/>", "moodle-xml")
@example(b"{#", "gift")
@example(b"A {#1e99:1e99}", "gift")
def test_a_spoiled_file_ends_in_a_report_or_in_one_refusal(data: bytes, chosen: str) -> None:
    assert end_of(data, chosen) in {"report", "refusal"}


@settings(max_examples=60)
@given(st.binary(max_size=400), st.sampled_from(["", *Format]))
def test_any_bytes_end_in_a_report_or_in_one_refusal(data: bytes, chosen: str) -> None:
    assert end_of(data, chosen) in {"report", "refusal"}


@settings(max_examples=60)
@given(st.data())
def test_a_package_with_a_spoiled_item_ends_so_too(data: st.DataObject) -> None:
    spoiled = data.draw(mutated())
    manifest = (GOLDEN / "qti2" / "imsmanifest.xml").read_bytes()
    name = data.draw(st.sampled_from(["imsmanifest.xml", "items/choice.xml", "items/hotspot.xml"]))

    packed = zipped({"imsmanifest.xml": manifest} | {name: spoiled})

    assert end_of(packed) in {"report", "refusal"}


def moodle(text: str, kind: str = "cloze") -> bytes:
    return (
        f'<quiz><question type="{kind}"><questiontext format="html"><text><![CDATA[{text}]]></text>'
        "</questiontext></question></quiz>"
    ).encode()


HUGE = 150_000
EVIL = {
    "escapes": b"A {=" + b"\\" * HUGE + b"}",
    "answers": b"A {" + b"~=" * HUGE + b"}",
    "answers with texts": b"A {" + b"".join(b"~a%d" % n for n in range(HUGE // 6)) + b"}",
    "open brackets": b"{" * HUGE,
    "titles": b"::" * HUGE,
    "marks in a comment": b"//" + b"[id:" * HUGE + b"\nA {T}",
    "long marks in a comment": b"// [id:" + b"a" * HUGE + b"\nA {T}",
    "weights": b"A {~" + b"%" * HUGE + b"}",
    "numbers": b"A {#" + b"1" * HUGE + b"}",
    "dots": b"A {#" + b"." * HUGE + b"}",
    "open tags": b"A" + b"<a " * (HUGE // 3) + b"{T}",
    "open quotes": b"A" + b'<a href\\="' * (HUGE // 11) + b"{T}",
    "open comments": b"A" + b"<!--" * (HUGE // 4) + b"{T}",
    "attributes": b"A<img " + b"a" * HUGE + b">{T}",
    "many attributes": b"A<img " + b"a " * (HUGE // 2) + b">{T}",
    "character numbers": b"A &\\#" + b"9" * HUGE + b"; {T}",
    "nested markdown": b"[markdown]" + b"> " * (HUGE // 2) + b"a {T}",
    "markdown brackets": b"[markdown]" + b"[" * (HUGE // 8) + b" {T}",
    "markdown stars": b"[markdown]" + b"*a_" * (HUGE // 12) + b" {T}",
    "gaps": moodle("{1:MC:" * (HUGE // 6)),
    "answers of a gap": moodle("{1:MC:" + "~a" * (HUGE // 2) + "}"),
    "escapes of a gap": moodle("{1:MC:" + "\\" * HUGE + "}"),
    "gaps to drag": moodle("[[1]]" * (HUGE // 5), "ddwtos"),
    "spaces": moodle("<p>" + " \n" * (HUGE // 2) + "</p>"),
    "empty paragraphs": moodle("<p>" * (HUGE // 3)),
    "a declaration": b"<?xml version='1.0' encoding" + b" " * HUGE + b"?><quiz/>",
}


@pytest.mark.parametrize("name", EVIL)
def test_what_is_made_to_take_for_ever_is_read_like_anything_else(name: str) -> None:
    ended = end_of(EVIL[name], "gift" if EVIL[name][:1] != b"<" else "")

    assert ended in {"report", "refusal"}


def test_limits_hold_whatever_they_are() -> None:
    with pytest.raises(ImportRefused) as refused:
        import_questions(b"A {T}\n\nB {F}", topic="ppe", limits=Limits(questions=1))

    assert refused.value.code == "questions"
