"""When two short texts are the same answer.

Compared are texts in one form: compatibility forms of Unicode (NFKC), small letters unless case
matters, ``ё`` as ``е``, every dash as a hyphen, spaces collapsed, punctuation at both ends
dropped. In an accepted text ``*`` stands for anything, also nothing, and an escaped one for
itself.
"""

import re
import unicodedata
from typing import Final

_STAR: Final = re.compile(r"(?<!\\)\*")
_SPACES: Final = re.compile(r"\s+")
_YO: Final = str.maketrans("ёЁ", "еЕ")


def normal(text: str, *, case_sensitive: bool = False) -> str:
    """Return ``text`` in the form in which answers are compared.

    >>> normal("  «Наряд — допуск». "), normal("ЁЖ"), normal("ПДК!", case_sensitive=True)
    ('наряд - допуск', 'еж', 'ПДК')
    """
    return _trimmed(_folded(text, case_sensitive=case_sensitive), left=True, right=True)


def without_wildcards(text: str) -> str:
    """Return an accepted text as somebody would write it.

    >>> without_wildcards("люльк*")
    'люльк'
    """
    return _STAR.sub("", text).replace("\\*", "*")


def is_accepted(written: str, accepted: str, *, case_sensitive: bool = False) -> bool:
    """Tell whether ``written`` is the answer ``accepted``.

    >>> is_accepted("Наряд-допуск", "наряд*"), is_accepted("распоряжение", "наряд*")
    (True, False)
    """
    answer = normal(written, case_sensitive=case_sensitive)
    pieces = _STAR.split(accepted)
    folded = [_folded(one.replace("\\*", "*"), case_sensitive=case_sensitive) for one in pieces]
    if len(folded) == 1:
        return answer == _trimmed(folded[0], left=True, right=True)
    first = _trimmed(folded[0], left=True, right=False)
    last = _trimmed(folded[-1], left=False, right=True)
    if not (answer.startswith(first) and answer.endswith(last)):
        return False
    # The earliest place for each piece leaves most for those that follow: no way back is needed.
    start, end = len(first), len(answer) - len(last)
    for piece in folded[1:-1]:
        found = answer.find(piece, start, end)
        if found < 0:
            return False
        start = found + len(piece)
    return start <= end


def _folded(text: str, *, case_sensitive: bool) -> str:
    text = unicodedata.normalize("NFKC", text)
    text = (text if case_sensitive else text.casefold()).translate(_YO)
    dashed = "".join("-" if _is_dash(letter) else letter for letter in text)
    return _SPACES.sub(" ", dashed)


def _is_dash(letter: str) -> bool:
    return letter == "\N{MINUS SIGN}" or unicodedata.category(letter) == "Pd"


def _trimmed(text: str, *, left: bool, right: bool) -> str:
    start, end = 0, len(text)
    while left and start < end and _is_edge(text[start]):
        start += 1
    while right and end > start and _is_edge(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_edge(letter: str) -> bool:
    return letter == " " or unicodedata.category(letter).startswith("P")
