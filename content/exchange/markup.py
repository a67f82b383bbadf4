"""From marked-up text to the plain text questions are kept in, and a list of what fell off.

One pass by index, no backtracking: the time grows with the length of the text.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from markdown_it import MarkdownIt

from content.exchange.decoding import printable
from content.exchange.losses import Loss, shown

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
EMPHASIS = frozenset(
    [
        "b",
        "strong",
        "i",
        "em",
        "u",
        "s",
        "strike",
        "del",
        "ins",
        "mark",
        "small",
        "big",
        "font",
        "code",
        "kbd",
        "q",
        "cite",
    ]
)
SILENT = frozenset(
    [
        "span",
        "br",
        "wbr",
        "a",
        "img",
        "td",
        "th",
        "caption",
        "colgroup",
        "col",
        "sub",
        "sup",
        "body",
        "html",
        "head",
        "label",
    ]
)
"""Understood elsewhere, or saying nothing by themselves."""
EMBEDDED = frozenset(
    [
        "audio",
        "video",
        "iframe",
        "object",
        "embed",
        "math",
        "svg",
        "canvas",
        "applet",
        "source",
        "track",
        "input",
        "button",
        "select",
        "textarea",
        "param",
        "picture",
        "map",
        "area",
    ]
)
SWALLOWED = frozenset(["script", "style", "template", "noscript", "title"])
"""Dropped with all that is in them."""
KNOWN = BLOCKS | EMPHASIS | SILENT | EMBEDDED | SWALLOWED

RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")

_ATTRIBUTE = re.compile(r"""([a-zA-Z][\w:.-]{0,40})\s{0,9}=\s{0,9}("[^"]*"|'[^']*'|[^\s"'>]+)""")
_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9]{0,20}(?::[a-zA-Z0-9]{1,20})?)(?=[\s/>])")
_SPACES = re.compile(r"[ \t\f\v]+")
_AROUND_BREAK = re.compile(r" ?\n ?")
_FORMULA = re.compile(r"\\\(|\\\[|\$\$")


@dataclass(frozen=True, kw_only=True)
class Image:
    """A picture in a text, as it was written there."""

    src: str
    alt: str


@dataclass(kw_only=True)
class Plain:
    """A text without markup, the pictures it held, and what fell off."""

    text: str
    images: list[Image] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)


def from_plain(text: str) -> Plain:
    """A text that has no markup."""
    return Plain(text=printable(text).strip())


def from_auto(text: str) -> Plain:
    """Text as Moodle's own format has it: HTML in which line breaks count."""
    return _from_html(text, breaks=True)


def from_html(text: str) -> Plain:
    """HTML; what is no known element stays as it is written."""
    return _from_html(text, breaks=False)


def from_markdown(text: str) -> Plain:
    """Markdown, by way of HTML."""
    return _from_html(MarkdownIt("commonmark", {"maxNesting": 20}).render(text), breaks=False)


FORMATS = {
    "html": from_html,
    "moodle": from_auto,
    "moodle_auto_format": from_auto,
    "plain": from_plain,
    "plain_text": from_plain,
    "markdown": from_markdown,
}


def _from_html(source: str, *, breaks: bool) -> Plain:
    reader = _Reader(breaks=breaks)
    for kind, piece in _pieces(source):
        reader.take(kind, piece)
    return reader.done()


def _pieces(source: str) -> Iterator[tuple[str, str]]:
    """Cut into ("text", ...) and ("tag", inside of the brackets); comments are dropped."""
    place = 0
    while (start := source.find("<", place)) >= 0:
        yield "text", source[place:start]
        if source.startswith("<!--", start):
            end = source.find("-->", start + 4)
            place = end + 3 if end >= 0 else len(source)
            continue
        name = _NAME.match(source, start + 1)
        if name is None or name.group(1).lower() not in KNOWN:
            yield "text", "<"
            place = start + 1
            continue
        end = _end_of_tag(source, name.end())
        if end < 0:
            yield "text", source[start:]
            return
        yield "tag", source[start + 1 : end]
        place = end + 1
    yield "text", source[place:]


def _end_of_tag(source: str, place: int) -> int:
    """Place of the > that closes a tag, quoted ones passed over; -1 where there is none."""
    quote = ""
    while place < len(source):
        sign = source[place]
        if quote:
            quote = "" if sign == quote else quote
        elif sign == ">":
            return place
        elif sign in "\"'" and source[place - 1] == "=":
            quote = sign
        place += 1
    return -1


class _Reader:
    """Collects plain text from pieces of HTML."""

    def __init__(self, *, breaks: bool) -> None:
        self._breaks = breaks
        self._out: list[str] = []
        self._swallow = ""
        self._shift = ""
        self._images: list[Image] = []
        self._lost: dict[tuple[str, str, str], None] = {}
        self._cells = 0

    def take(self, kind: str, piece: str) -> None:
        if kind == "tag":
            self._tag(piece)
        elif piece and not self._swallow:
            self._text(piece)

    def done(self) -> Plain:
        text = _AROUND_BREAK.sub("\n", _SPACES.sub(" ", printable("".join(self._out))))
        text = re.sub(r"\n{3,}", "\n\n", text).strip()
        if _FORMULA.search(text):
            self._lose("text", text, "formula")
        losses = [Loss(part=part, what=what, code=code) for part, what, code in self._lost]
        return Plain(text=text, images=self._images, losses=losses)

    def _lose(self, part: str, what: str, code: str) -> None:
        self._lost[part, shown(what), code] = None

    def _text(self, piece: str) -> None:
        try:
            text = html.unescape(piece)
        except ValueError:  # a character number of thousands of digits
            text = piece
        if not self._breaks:
            text = text.replace("\n", " ")
        if self._shift:
            text = self._shifted(text)
        if self._breaks or not (text.isspace() and self._out and self._out[-1].endswith("\n")):
            self._out.append(text)

    def _shifted(self, text: str) -> str:
        table = RAISED if self._shift == "sup" else LOWERED
        moved = text.translate(table)
        if any(sign == shifted for sign, shifted in zip(text, moved, strict=True)):
            self._lose(self._shift, text, "raised")
            return text
        return moved

    def _tag(self, inside: str) -> None:
        match = _NAME.match(inside + ">")
        name = match.group(1).lower() if match else ""
        closing = inside.startswith("/")
        if self._swallow:
            self._swallow = "" if closing and name == self._swallow else self._swallow
            return
        if name in SWALLOWED:
            self._lose(name, "", "embedded")
            self._swallow = "" if closing or inside.endswith("/") else name
        elif name in BLOCKS:
            self._block(name, closing=closing)
        elif name == "br":
            self._out.append("\n")
        elif name in EMBEDDED and not closing:
            self._lose(name, _attributes(inside).get("src", ""), "embedded")
        elif name in EMPHASIS and not closing:
            self._lose("text", f"<{name}>", "emphasis")
        elif name in ("td", "th") and not closing:
            self._out.append(" | " if self._cells else "")
            self._cells += 1
        else:
            self._inline(name, inside, closing=closing)

    def _block(self, name: str, *, closing: bool) -> None:
        if name == "tr":
            self._cells = 0
        if name == "table" and not closing:
            self._lose("table", "", "table")
        self._end_line("\n\n" if name == "p" else "\n")
        if name == "li" and not closing:
            self._out.append("• ")

    def _end_line(self, breaks: str) -> None:
        """A block begins and ends a line, not two of them; a paragraph leaves one empty."""
        last = self._out[-1] if self._out else ""
        if not last.endswith(breaks):
            self._out.append("\n" if last.endswith("\n") else breaks)

    def _inline(self, name: str, inside: str, *, closing: bool) -> None:
        if name in ("sub", "sup"):
            self._shift = "" if closing else name
        elif name == "a" and not closing:
            address = _attributes(inside).get("href", "")
            if address:
                self._lose("link", address, "link")
        elif name == "img" and not closing:
            found = _attributes(inside)
            self._images.append(Image(src=found.get("src", ""), alt=found.get("alt", "").strip()))


def _attributes(inside: str) -> dict[str, str]:
    return {
        match.group(1).lower(): _unquoted(match.group(2)) for match in _ATTRIBUTE.finditer(inside)
    }


def _unquoted(value: str) -> str:
    bare = value[1:-1] if value[:1] in "\"'" else value
    try:
        return printable(html.unescape(bare))
    except ValueError:
        return printable(bare)
