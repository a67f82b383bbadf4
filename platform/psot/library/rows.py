"""What every kind of row has: a digest, a title, and the words that search finds it by."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from content.lessons import render

Row = dict[str, Any]

LANGUAGES = ("ru", "en")
TITLE_CHARACTERS = 200


def digest(row: Row) -> str:
    """Return the SHA-256 of ``row`` in canonical JSON: the same for rows that say the same."""
    text = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Words:
    """A stretch of text in ``language`` that search finds; ``anchor`` is its place on a page."""

    language: str
    title: str
    text: str
    anchor: str = ""


def title(kind: str, name: str, row: Row, language: str = "ru") -> str:
    """Return what a document is called in a list, at most `TITLE_CHARACTERS` long."""
    read = TITLES.get(kind)
    line = " ".join(((read(row, language) if read else "") or name).split())
    return line if len(line) <= TITLE_CHARACTERS else line[: TITLE_CHARACTERS - 1] + "…"


def words(kind: str, row: Row) -> list[Words]:
    """Return the texts of a row that readers may find; never the key of a question."""
    read = WORDS.get(kind)
    return [one for one in read(row) if one.title or one.text] if read else []


def _in(names: Any, language: str) -> str:
    if isinstance(names, dict):
        return str(names.get(language) or names.get("ru") or "")
    return str(names or "")


def _field(name: str) -> Callable[[Row, str], str]:
    return lambda row, language: _in(row.get(name), language)


TITLES: dict[str, Callable[[Row, str], str]] = {
    "pack": lambda row, _: str(row.get("id", "")),
    "act": _field("title"),
    "norm": _field("text"),
    "topic": _field("name"),
    "lesson": _field("title"),
    "question": _field("text"),
    "memo": _field("title"),
    "term": _field("term"),
    "quiz": _field("title"),
    "plan": _field("title"),
    "scenario": _field("title"),
    "file": _field("file"),
}


def _both(title_field: str, text_field: str) -> Callable[[Row], Iterator[Words]]:
    def read(row: Row) -> Iterator[Words]:
        for language in LANGUAGES:
            yield Words(
                language=language,
                title=_in(row.get(title_field), language),
                text=_in(row.get(text_field), language),
            )

    return read


def _act(row: Row) -> Iterator[Words]:
    number = str(row.get("number") or "")
    for language in LANGUAGES:
        lines = (row.get("short"), number, _in(row.get("about"), language))
        text = "\n".join(str(one) for one in lines if one)
        yield Words(language=language, title=_in(row.get("title"), language), text=text)


def _norm(row: Row) -> Iterator[Words]:
    yield Words(language="ru", title=str(row.get("text", "")), text=str(row.get("ref", "")))


def _question(row: Row) -> Iterator[Words]:
    yield Words(language="ru", title=str(row.get("text", "")), text="\n".join(shown_texts(row)))


def shown_texts(row: Row) -> Iterator[str]:
    """Yield the texts of a question that are shown before it is answered, parts included.

    By the alphabet: authors tend to write the right option first.
    """
    for name in ("options", "left", "right", "items"):
        found = row.get(name)
        if isinstance(found, dict):
            yield from sorted(str(one) for one in found.values())
    gaps = row.get("gaps")
    for gap in (gaps if isinstance(gaps, dict) else {}).values():
        yield from sorted(str(one) for one in gap.get("options", {}).values())
    parts = row.get("parts")
    for part in (parts if isinstance(parts, dict) else {}).values():
        yield str(part.get("text", ""))
        yield from shown_texts(part)


def _lesson(row: Row) -> Iterator[Words]:
    for language in LANGUAGES:
        yield Words(
            language=language,
            title=_in(row.get("title"), language),
            text=_in(row.get("summary"), language),
        )
    for one in render(str(row.get("text", "")), links=lambda _: "#").passages:
        if one.text:
            heading = one.title or _in(row.get("title"), "ru")
            yield Words(language="ru", title=heading, text=one.text, anchor=one.anchor)


WORDS: dict[str, Callable[[Row], Iterator[Words]]] = {
    "act": _act,
    "norm": _norm,
    "topic": _both("name", "intro"),
    "lesson": _lesson,
    "question": _question,
    "memo": _both("title", "text"),
    "term": _both("term", "text"),
    "quiz": _both("title", "intro"),
    "plan": _both("title", "intro"),
    "scenario": _both("title", "intro"),
}
