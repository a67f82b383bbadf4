"""From the Markdown of a lesson to HTML, and to what search and navigation need of it.

Markdown is CommonMark with tables and callouts (``> [!NOTE]``). Raw HTML stays text, and what
comes out is cleaned once more, so that an editor's mistake or malice shows and does nothing.

Links to what the library has are written ``norm:``, ``term:``, ``topic:`` and ``practice:`` with
a name, pictures ``pictures/`` with a file; the caller tells the address of each, or None, and
then the text stays without a link.
"""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from content.lessons.anchors import Anchors
from content.lessons.callouts import name_callouts
from content.lessons.cleaning import clean

Links = Callable[[str], str | None]
"""From ``norm:ppe-n01`` or ``pictures/x.svg`` to an address, or None for what there is not."""

SCHEMES: Final = ("norm", "term", "topic", "practice")
PICTURES: Final = "pictures/"
TABLE: Final = {"ru": "Таблица", "en": "Table"}
WORDS_A_MINUTE: Final = 150
"""How fast a text with rules and figures is read; a story is read faster."""

_WORD: Final = re.compile(r"\w+(?:[-‑]\w+)*")
_OUTSIDE: Final = re.compile(r"https?://", re.IGNORECASE)
_ALIGNED: Final = re.compile(r"text-align:(left|right|center)")


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading to jump to."""

    anchor: str
    title: str
    level: int
    """2 or deeper: the title of the lesson is the only one of level 1."""


@dataclass(frozen=True, kw_only=True)
class Passage:
    """What stands under one heading, as plain text."""

    anchor: str
    """Empty for what stands before the first heading."""
    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """A lesson to be shown."""

    html: str
    """Safe to put on a page as it is."""
    headings: tuple[Heading, ...]
    passages: tuple[Passage, ...]
    words: int
    minutes: int
    """Reading time, at least 1."""
    cites: tuple[str, ...]
    """Ids of the norms it links to, in order."""
    targets: tuple[str, ...]
    """Everything it links to inside the library, such as ``term:permit``, in order."""
    broken: tuple[str, ...]
    """Those targets for which there was no address, and links to nowhere else allowed."""


def render(markdown: str, *, links: Links, language: str = "ru") -> Rendered:
    """Return the page of a lesson written in ``markdown``; callouts are named in ``language``."""
    tokens = _PARSER.parse(markdown)
    name_callouts(tokens, language)
    walk = _Walk(links)
    walk.through(tokens)
    passages = tuple(walk.passages())
    words = sum(len(_WORD.findall(f"{one.title} {one.text}")) for one in passages)
    told = {"language": "en" if language == "en" else "ru"}
    return Rendered(
        html=clean(_PARSER.renderer.render(tokens, _PARSER.options, told)),
        headings=tuple(walk.headings),
        passages=passages,
        words=words,
        minutes=max(1, math.ceil(words / WORDS_A_MINUTE)),
        cites=tuple(_names(walk.targets, "norm:")),
        targets=tuple(walk.targets),
        broken=tuple(walk.broken),
    )


_PARSER: Final = MarkdownIt("commonmark", {"html": False, "alerts": True}).enable(
    ["table", "strikethrough"]
)
# A wide table is scrolled within its frame, by keyboard too, and not the page with it.
_FRAME: Final = '<div class="table-frame" role="group" tabindex="0" aria-label="{}">\n<table>\n'
_PARSER.add_render_rule(
    "table_open", lambda _self, _tokens, _at, _options, env: _FRAME.format(TABLE[env["language"]])
)
_PARSER.add_render_rule("table_close", lambda *_: "</table>\n</div>\n")


def _names(targets: Sequence[str] | dict[str, None], scheme: str) -> list[str]:
    return [one.removeprefix(scheme) for one in targets if one.startswith(scheme)]


@dataclass(kw_only=True)
class _Section:
    anchor: str
    title: str
    texts: list[str] = field(default_factory=list)


class _Walk:
    """One walk through the tokens: it changes them in place and gathers on its way."""

    def __init__(self, links: Links) -> None:
        self.links = links
        self.anchors = Anchors()
        self.headings: list[Heading] = []
        self.sections = [_Section(anchor="", title="")]
        self.targets: dict[str, None] = {}
        self.broken: dict[str, None] = {}

    def through(self, tokens: list[Token]) -> None:
        """Change ``tokens`` in place."""
        for number, token in enumerate(tokens):
            if token.type == "heading_open":
                self._heading(token, tokens[number + 2], tokens[number + 1])
            elif token.type == "inline":
                is_heading = number > 0 and tokens[number - 1].type == "heading_open"
                self._inline(token)
                if not is_heading:
                    self.sections[-1].texts.append(plain(token))
            elif token.type in {"fence", "code_block"}:
                self.sections[-1].texts.append(token.content.strip())
            elif token.type in {"th_open", "td_open"}:
                self._cell(token)

    def passages(self) -> list[Passage]:
        """Return what was gathered, a section without text or title left out."""
        return [
            Passage(anchor=one.anchor, title=one.title, text="\n".join(filter(None, one.texts)))
            for one in self.sections
            if one.title or any(one.texts)
        ]

    def _heading(self, start: Token, end: Token, inside: Token) -> None:
        level = max(2, int(start.tag[1:]))
        start.tag = end.tag = f"h{level}"
        title = plain(inside)
        anchor = self.anchors.give(title)
        start.attrSet("id", anchor)
        self.headings.append(Heading(anchor=anchor, title=title, level=level))
        self.sections.append(_Section(anchor=anchor, title=title))

    def _inline(self, token: Token) -> None:
        open_links: list[Token] = []
        for child in token.children or []:
            if child.type == "image":
                self._image(child)
            elif child.type == "link_open":
                open_links.append(child)
                self._link(child)
            elif child.type == "link_close" and open_links:
                child.tag = open_links.pop().tag

    def _link(self, token: Token) -> None:
        target = str(token.attrGet("href") or "")
        scheme, _, name = target.partition(":")
        token.attrs = {}
        if scheme in SCHEMES and name:
            address = self._address(target)
            token.attrs = {"class": f"to-{scheme}"}
        elif _OUTSIDE.match(target):
            address = target
            token.attrs = {"class": "to-source", "rel": "noopener noreferrer"}
        else:
            self.broken[target] = None
            address = None
        if address is None:
            token.tag, token.attrs = "span", {"class": "to-nowhere"}
        else:
            token.attrSet("href", address)

    def _image(self, token: Token) -> None:
        target = str(token.attrGet("src") or "")
        address = None
        if target.startswith(PICTURES):
            address = self._address(target)
        else:
            self.broken[target] = None
        if address is None:
            # The words that stand for the picture are better than a torn one.
            token.type, token.content = "text", plain_children(token.children)
            token.children = None
        else:
            token.attrs = {"src": address, "alt": "", "loading": "lazy"}

    def _address(self, target: str) -> str | None:
        self.targets[target] = None
        address = self.links(target)
        if address is None:
            self.broken[target] = None
        return address

    @staticmethod
    def _cell(token: Token) -> None:
        found = _ALIGNED.search(str(token.attrs.pop("style", "")))
        if found:
            token.attrSet("class", f"align-{found[1]}")


def plain(token: Token) -> str:
    """Return the text of an inline token without marks, the words for its pictures included."""
    return " ".join(plain_children(token.children).split())


def plain_children(children: Sequence[Token] | None) -> str:
    """Return the text of ``children``."""
    texts: list[str] = []
    for child in children or ():
        if child.type == "image":
            texts.append(plain_children(child.children))
        elif child.type in {"softbreak", "hardbreak"}:
            texts.append(" ")
        elif child.type in {"text", "code_inline"}:
            texts.append(child.content)
    return "".join(texts)
