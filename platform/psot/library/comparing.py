"""What changed between two rows, field by field, with the words marked."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

Parts = tuple[tuple[str, str], ...]
"""Text in pieces, each ``same``, ``gone`` or ``new``."""

WORD = re.compile(r"\s+|\w+|[^\w\s]")
MANY_WORDS = 4_000
"""Words above which lines are compared instead: the comparison is quadratic."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A field that is not the same on both sides; ``path`` is its place in the row."""

    path: str
    before: str
    after: str
    parts: Parts


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Return the fields that differ, in the order of the newer row; none where rows are equal."""
    old, new = dict(_leaves(before)), dict(_leaves(after))
    paths = [*new, *(one for one in old if one not in new)]
    return [
        Difference(
            path=path,
            before=old.get(path, ""),
            after=new.get(path, ""),
            parts=marked(old.get(path, ""), new.get(path, "")),
        )
        for path in paths
        if old.get(path) != new.get(path)
    ]


def marked(before: str, after: str) -> Parts:
    """Return the text that goes from ``before`` to ``after`` in marked pieces."""
    old, new = WORD.findall(before), WORD.findall(after)
    if len(old) + len(new) > MANY_WORDS:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    pieces: list[tuple[str, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(("".join(old[a:b]), "same"))
            continue
        pieces += [("".join(old[a:b]), "gone")] if b > a else []
        pieces += [("".join(new[c:d]), "new")] if d > c else []
    return tuple(pieces)


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of a row with its path; a list of texts is one text of lines."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _leaves(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list) and not any(isinstance(one, dict | list) for one in value):
        yield path, "\n".join(str(one) for one in value)
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from _leaves(inner, f"{path}.{number}")
    elif value is not None:
        yield path, str(value)
