"""What members write: plain text with paragraphs, and links that are safe to follow."""

import re
import unicodedata
from urllib.parse import urlsplit

from markupsafe import Markup, escape

_GAP = re.compile(r"\n[ \t]*\n\s*")
_ADDRESS = re.compile(r"https://[^\s<>\"'«»“”„`\\]+")
_BEHIND = ".,;:!?…"
_OPENING = {")": "(", "]": "["}
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
"""Marks that turn the order of what follows: an address could be made to look like another."""


def one_line(said: str) -> str:
    r"""Return a title: one line, single spaces, nothing that cannot be seen.

    >>> one_line("  Кто \t пишет\nплан? ")
    'Кто пишет план?'
    """
    return " ".join(clean(said).split())


def paragraphs(said: str) -> str:
    r"""Return a text with its lines trimmed and one empty line between paragraphs.

    >>> paragraphs("  Раз \r\n\r\n\r\n два\n три ")
    'Раз\n\nдва\nтри'
    """
    lines = "\n".join(line.strip() for line in clean(said).splitlines())
    return _GAP.sub("\n\n", lines).strip()


def clean(said: str) -> str:
    """Drop control characters, but for line ends and tabs, and marks that reorder text."""
    return "".join(
        one
        for one in said
        if one in "\n\r\t" or (unicodedata.category(one) not in {"Cc", "Cs"} and one not in _BIDI)
    )


def shown(said: str) -> Markup:
    r"""Return a text as HTML: paragraphs, line ends, links to https; all else as typed.

    >>> print(shown("Да <b>\n\nТак\nи есть"))
    <p>Да &lt;b&gt;</p><p>Так<br>и есть</p>
    """
    return Markup("").join(
        Markup("<p>{}</p>").format(Markup("<br>").join(map(_line, one.split("\n"))))
        for one in paragraphs(said).split("\n\n")
        if one
    )


def _line(said: str) -> Markup:
    pieces, end = [], 0
    for found in _ADDRESS.finditer(said):
        address = _trimmed(found[0])
        if not _plain(address):
            continue
        pieces.append(escape(said[end : found.start()]))
        pieces.append(
            Markup('<a href="{0}" rel="nofollow ugc noopener noreferrer">{0}</a>').format(address)
        )
        end = found.start() + len(address)
    return Markup("").join([*pieces, escape(said[end:])])


def _trimmed(address: str) -> str:
    """Leave out what belongs to the sentence around an address."""
    while address and (address[-1] in _BEHIND or _closes_nothing(address)):
        address = address[:-1]
    return address


def _closes_nothing(address: str) -> bool:
    """Tell whether an address ends with a bracket that the sentence opened."""
    opening = _OPENING.get(address[-1])
    return opening is not None and address.count(address[-1]) > address.count(opening)


def _plain(address: str) -> bool:
    """Tell whether an address leads where it seems to: a host, no name before it."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return False
    return bool(parts.hostname) and "." in (parts.hostname or "") and "@" not in parts.netloc
