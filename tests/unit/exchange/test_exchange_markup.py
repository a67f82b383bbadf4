import pytest

from content.exchange.markup import FORMATS, Image

HTML = {
    "<p>a</p><p>b</p>": "a\n\nb",
    "a<br>b<br/>c": "a\nb\nc",
    "<ul><li>a</li><li>b</li></ul>": "• a\n• b",
    "1 &lt; 2 &amp; &#1078;&nbsp;&nbsp;x": "1 < 2 & ж\u00a0\u00a0x",
    "x<sup>2</sup> H<sub>2</sub>O": "x² H₂O",
    "a < b, x<y и z": "a < b, x<y и z",
    "<foo>bar</foo>": "<foo>bar</foo>",
    "<p>a <!-- b --> c</p>": "a c",
    "<!-- never closed": "",
    '<a title=">" href="x">a</a>': "a",
    "<p": "<p",
    "<b>a</b": "a</b",
    "a\n  b": "a b",
    "<script>alert(1)</script>x": "x",
    "&#" + "9" * 5000 + ";": "&#" + "9" * 5000 + ";",
    "<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>": "1 | 2\n3",
}


@pytest.mark.parametrize("html", HTML)
def test_html_becomes_plain_text(html: str) -> None:
    assert FORMATS["html"](html).text == HTML[html]


def test_line_breaks_count_in_the_format_of_moodle_alone() -> None:
    assert FORMATS["moodle"]("a\nb").text == "a\nb"
    assert FORMATS["html"]("a\nb").text == "a b"


def test_what_falls_off_is_told() -> None:
    found = FORMATS["html"](
        '<table><tr><td><b>x</b></td></tr></table><iframe src="y"></iframe>'
        '<a href="https://example.org">z</a> \\(x\\) <sup>th</sup>'
    )

    codes = {loss.code for loss in found.losses}
    assert codes == {"table", "emphasis", "embedded", "link", "formula", "raised"}


def test_pictures_are_listed_with_their_words() -> None:
    found = FORMATS["html"]("<img alt='Край &quot;крыши&quot;' src=\"a b.png\">")

    assert found.images == [Image(src="a b.png", alt='Край "крыши"')]


def test_markdown_loses_its_signs() -> None:
    assert FORMATS["markdown"]("# Что\n\n*это*, `x < 1`").text == "Что\n\nэто, x < 1"


def test_plain_text_stays_as_it_is_but_for_control_characters() -> None:
    assert FORMATS["plain"]("<b>a</b> &amp; \x07b").text == "<b>a</b> &amp; b"
