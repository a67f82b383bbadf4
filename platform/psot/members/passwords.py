"""Which passwords are refused: short ones, common ones, and those made of what is known anyway.

Everything is decided here, offline: a password never leaves the process. The advice is the one of
NIST SP 800-63B and ASVS 5.0: length counts, rules about digits and signs do not.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask
from flask_babel import gettext
from flask_security import PasswordUtil

SHORTEST = 10
LONGEST = 128
FEWEST_DIFFERENT = 5
# So many characters beside known words make a password one's own.
ENOUGH_OWN = 6

_WORDS = Path(__file__).parent / "weak_words.txt"
# What people write for letters.
_DISGUISES = str.maketrans("@4301!$5+7", "aaeoiisstt")
_ROWS = (
    "1234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "йцукенгшщзхъ",
    "фывапролджэ",
    "ячсмитьбю",
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
)
RUN = 4


@cache
def weak_words() -> frozenset[str]:
    """Return the words that many people build passwords of, and those of our trade."""
    lines = _WORDS.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def context_words(texts: Iterable[str]) -> frozenset[str]:
    """Return the words inside what is known of a member: name, address, organization.

    >>> sorted(context_words(["anna.petrova@example.org"]))
    ['anna', 'example', 'petrova']
    """
    found = (part for text in texts for part in re.split(r"[\W_\d]+", text.lower()))
    return frozenset(part for part in found if len(part) >= RUN)


def own_part(password: str, words: Iterable[str]) -> str:
    """Return what is left of ``password`` without ``words``, keyboard runs and repeated signs.

    >>> own_part("Password12345", {"password"})
    ''
    """
    plain = unicodedata.normalize("NFKC", password).lower()
    return min((_stripped(one, words) for one in (plain, plain.translate(_DISGUISES))), key=len)


def problem(password: str, known: Iterable[str] = ()) -> str:
    """Return why ``password`` is refused, in the reader's language, or "" where it will do."""
    if len(password) < SHORTEST:
        return str(gettext("A password needs at least %(count)d characters.", count=SHORTEST))
    if len(password) > LONGEST:
        return str(gettext("A password has at most %(count)d characters.", count=LONGEST))
    if len(set(password.lower())) < FEWEST_DIFFERENT:
        return str(gettext("Too few different characters: this is guessed at once."))
    if len(own_part(password, weak_words() | context_words(known))) < ENOUGH_OWN:
        easy = gettext(
            "Too easy to guess: it is made of common words, rows of keys or your own details."
            " Three or four words that have nothing to do with each other are better."
        )
        return str(easy)
    return ""


class Passwords(PasswordUtil):
    """Flask-Security's way of asking."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)

    def validate(
        self,
        password: str,
        is_register: bool,  # noqa: ARG002, FBT001 - Flask-Security's signature
        **kwargs: Any,
    ) -> tuple[list[str] | None, str]:
        """Return what is wrong with ``password``, if anything, and its normal form."""
        normal = self.normalize(password)
        about = kwargs.get("user")
        fields = ("email", "display_name", "organization")
        known = [
            str((getattr(about, one, "") if about else kwargs.get(one)) or "") for one in fields
        ]
        wrong = problem(normal, known)
        return ([wrong] if wrong else None), normal


def _stripped(text: str, words: Iterable[str]) -> str:
    return re.sub(r"(.)\1{2,}", "", _without_runs(_without_words(text, words)))


def _without_words(text: str, words: Iterable[str]) -> str:
    for word in sorted((one for one in words if one in text), key=len, reverse=True):
        text = text.replace(word, "")
    return text


def _without_runs(text: str) -> str:
    rows = [*_ROWS, *(row[::-1] for row in _ROWS)]
    found = True
    while found:
        found = False
        for length in range(len(text), RUN - 1, -1):
            for start in range(len(text) - length + 1):
                part = text[start : start + length]
                if any(part in row for row in rows):
                    text, found = text[:start] + text[start + length :], True
                    break
            if found:
                break
    return text
