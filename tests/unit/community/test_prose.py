"""What members write is shown as text, with links that are safe to follow and nothing else."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psot.community.forms import id_in
from psot.community.prose import one_line, paragraphs, shown

REL = 'rel="nofollow ugc noopener noreferrer"'


class Seen(HTMLParser):
    """Everything that a browser would find."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(str(html))  # a Markup would escape what the parser adds to it
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("См. https://example.org/a.", "https://example.org/a"),
        ("(https://example.org/a)", "https://example.org/a"),
        ("https://example.org/a_(b)", "https://example.org/a_(b)"),
        ("(см. https://example.org/a_(b)).", "https://example.org/a_(b)"),
        ("«https://example.org/a»", "https://example.org/a"),
        ("https://example.org/a?b=1&c=2!", "https://example.org/a?b=1&c=2"),
        ("https://пример.рф/охрана,", "https://пример.рф/охрана"),
    ],
)
def test_an_address_ends_where_the_sentence_around_it_goes_on(said: str, address: str) -> None:
    found = Seen(shown(said))

    assert ("href", address) in found.attributes
    assert found.text == said


@pytest.mark.parametrize(
    "said",
    [
        "http://example.org",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://bank.example@evil.example/",
        "https://localhost/admin",
        "https://[::1",
        "https://example.org:port/",
        "https://",
        "ftp://example.org",
    ],
)
def test_what_is_no_plain_https_address_stays_text(said: str) -> None:
    found = Seen(shown(said))

    assert found.tags == ["p"]
    assert found.text == said


def test_marks_that_reorder_text_and_control_characters_are_dropped() -> None:
    assert one_line("abc\u202egnp.exe\x00 \x1b[31m") == "abcgnp.exe [31m"
    assert paragraphs("а\x00\u2066б\r\n\r\n\r\n в") == "аб\n\nв"


@given(st.text())
def test_nothing_but_paragraphs_breaks_and_links_ever_comes_out(said: str) -> None:
    found = Seen(shown(said))

    assert set(found.tags) <= {"p", "br", "a"}
    assert {name for name, _ in found.attributes} <= {"href", "rel"}
    assert all(
        value and value.startswith("https://") for name, value in found.attributes if name == "href"
    )


@given(st.text(alphabet=st.sampled_from("аб <>&\"'/:.()hтps\n"), max_size=60))
def test_every_letter_written_is_read(said: str) -> None:
    found = Seen(shown(f"https://example.org/{said}"))

    assert re.sub(r"\s", "", found.text) == re.sub(r"\s", "", f"https://example.org/{said}")


@given(st.text())
def test_what_is_kept_is_kept_the_same_when_kept_again(said: str) -> None:
    once = paragraphs(said)

    assert paragraphs(once) == once
    assert one_line(one_line(said)) == one_line(said)


@pytest.mark.parametrize("said", ["", "вопрос", "018f6f2a-0000-7000-8000", "x" * 36])
def test_only_an_id_is_an_id(said: str) -> None:
    assert id_in(said) is None
