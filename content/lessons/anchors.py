"""Places in a text that a link can point to: Latin letters, the same for the same heading."""

import re
from typing import Final

_LATIN: Final = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфыэё", "abvgdeziyklmnoprstufyee", strict=True))
    | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya"}
    | {"ъ": "", "ь": ""}
)
_OTHER: Final = re.compile(r"[^a-z0-9]+")
_LONGEST: Final = 60


class Anchors:
    """The anchors of one text: a heading that stands twice gets a number."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def give(self, title: str) -> str:
        """Return the anchor of the next heading, ``title``."""
        base = made = anchor(title)
        number = 1
        while made in self._given:
            number += 1
            made = f"{base}-{number}"
        self._given.add(made)
        return made


def anchor(title: str) -> str:
    """Return the anchor for ``title``.

    >>> anchor("Что проверить до входа?"), anchor("***")
    ('chto-proverit-do-vkhoda', 'section')
    """
    latin = title.casefold().translate(_LATIN)
    return _OTHER.sub("-", latin).strip("-")[:_LONGEST].rstrip("-") or "section"
