"""The signs of GIFT: a backslash takes one of them for itself, everything else is structure."""

import re
from fractions import Fraction

SIGNS = "~=#{}:\\"
_WEIGHT = re.compile(r"%(-?\d{1,3}(?:\.\d{0,7})?)%")
_STYLE = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")


def find(text: str, sign: str, start: int = 0, *, end: int | None = None) -> int:
    """Place of the first ``sign`` that no backslash takes for itself; -1 where there is none."""
    end = len(text) if end is None else end
    place = start
    while place < end:
        if text[place] == "\\":
            place += 2
        elif text.startswith(sign, place, end):
            return place
        else:
            place += 1
    return -1


def cut(text: str, sign: str) -> tuple[str, str]:
    """What stands before the first ``sign``, and what after it; "" where there is none."""
    place = find(text, sign)
    return (text, "") if place < 0 else (text[:place], text[place + len(sign) :])


def pieces(text: str, marks: str) -> list[tuple[str, str]]:
    """The text cut at every one of ``marks``, each piece with its mark; the first one has "" ."""
    found: list[tuple[str, str]] = []
    mark, begun, place = "", 0, 0
    while place < len(text):
        if text[place] == "\\":
            place += 2
            continue
        if text[place] in marks:
            found.append((mark, text[begun:place]))
            mark, begun = text[place], place + 1
        place += 1
    found.append((mark, text[begun:]))
    return [(mark, piece) for mark, piece in found if mark or piece.strip()]


def bare(text: str) -> str:
    r"""The text with its escapes resolved and the space around it taken off.

    >>> bare(r" 2 \= 2\n\{a\}\\ ")
    '2 = 2\n{a}\\'
    """
    out: list[str] = []
    place = 0
    text = text.strip()
    while place < len(text):
        after = text[place + 1 : place + 2]
        if text[place] == "\\" and after and (after in SIGNS or after == "n"):
            out.append("\n" if after == "n" else after)
            place += 2
        else:
            out.append(text[place])
            place += 1
    return "".join(out)


def escaped(text: str) -> str:
    r"""The text as GIFT holds it, in one line.

    >>> escaped("a=b: {c}\\") == r"a\=b\: \{c\}\\"
    True
    """
    signed = "".join("\\" + sign if sign in SIGNS else sign for sign in text)
    return signed.replace("\n", "\\n")


def weight(text: str) -> tuple[Fraction | None, str]:
    """The weight at the start of an answer as a share (None: none given), and the rest."""
    text = text.lstrip()
    match = _WEIGHT.match(text)
    if match is None:
        return None, text
    return Fraction(match.group(1)) / 100, text[match.end() :]


def style(text: str, otherwise: str) -> tuple[str, str]:
    """The format a text names before it, such as [html], and the text without it."""
    match = _STYLE.match(text)
    return (match.group(1), text[match.end() :]) if match else (otherwise, text)
