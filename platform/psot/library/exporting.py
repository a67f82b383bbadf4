"""From the library back to a folder that `psot content load` finds unchanged.

Written is what readers get. Rows keep the numbers of their versions, which the next load ignores.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from content import scenarios
from content.quiz import write_lesson
from psot.library import reading
from psot.library.errors import NotInThisState, UnknownDocument
from psot.library.models import Document, File, Version
from psot.library.rows import Row

FIRST_FIELDS = (
    *("id", "slug", "topic", "version", "kind", "mode", "difficulty", "also", "language"),
    *("authors", "licence", "as_of", "sources", "name", "title", "short", "number", "term"),
    *("text", "minutes", "intro", "picture", "options", "left", "right", "items", "pairs"),
    *("order", "answer", "tolerance", "unit", "units", "accept", "gaps", "areas", "parts"),
    *("correct", "explanation", "why", "source", "act", "ref", "norm", "verified", "urls"),
)
"""The order in which people write the fields of a row; others follow as they are."""
SCENARIO_FIELDS = (
    *("id", "version", "ru", "en", "kind", "object", "person", "title", "name", "text", "task"),
    *("point", "intro", "topics", "minutes", "modes", "at", "path", "turn", "y", "size", "height"),
    *("floor", "windows", "start", "site", "zones", "area", "look", "absent", "states", "wears"),
    *("objects", "hazards", "risk", "control", "draw", "flaws", "opens", "order", "steps", "after"),
    *("wait_min", "by", "sets", "critical", "forbidden", "procedures", "offer", "need", "forbid"),
    *("ppe", "instrument", "value", "unit", "verdict", "measurements", "fields", "flaw"),
    *("documents", "time_s", "on_time_out", "options", "score", "then", "decisions", "always"),
    *("norm", "why", "debrief", "best_path"),
)
"""The same for a scenario, at every depth: the database keeps no order of its own."""
VERSIONED = frozenset({"question", "quiz", "plan", "scenario"})
LISTS = {
    "act": ("acts.yaml", "acts"),
    "memo": ("memos.yaml", "memos"),
    "term": ("glossary.yaml", "glossary"),
    "quiz": ("quizzes.yaml", "quizzes"),
    "plan": ("plans.yaml", "plans"),
}
BY_TOPIC = {"norm": "norms", "question": "questions"}
LINE = 100


@dataclass(frozen=True, kw_only=True)
class _Written:
    name: str
    topic: str | None
    number: int
    body: Row


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc] # one of two classes
    """YAML as people write it: long texts as blocks, nothing that would need an anchor."""


def _text(dumper: Any, text: str) -> Any:
    style = "|" if "\n" in text and not text.startswith((" ", "\n")) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def export_pack(session: Session, pack: str, folder: Path) -> int:
    """Write a pack into ``folder``, which must be empty or new; returns how many documents.

    Raises UnknownDocument for a pack that the library does not have, NotInThisState for a folder
    with something in it.
    """
    documents = _documents(session, pack)
    if not documents["pack"]:
        raise UnknownDocument(_("The library has no such pack."), subject=pack)
    if folder.exists() and any(folder.iterdir()):
        raise NotInThisState(_("The folder is not empty."), subject=str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    _write_manifest(folder, documents["pack"][0], documents["topic"])
    for kind, (file, key) in LISTS.items():
        rows = [_row(kind, one) for one in documents[kind]]
        if rows or kind == "quiz":
            _write(folder / file, {key: rows})
    for kind, place in BY_TOPIC.items():
        _write_by_topic(folder / place, place, kind, documents[kind])
    for one in documents["lesson"]:
        path = folder / "lessons" / f"{one.name}.md"
        path.parent.mkdir(exist_ok=True)
        text = write_lesson(reading.lesson(one.body, one.name, one.number))
        path.write_text(text, encoding="utf-8")
    for one in documents["scenario"]:
        path = folder / "scenarios" / f"{one.name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(scenario_text({**one.body, "version": one.number}), encoding="utf-8")
    _write_pictures(session, folder / "pictures", documents["file"])
    return sum(len(found) for found in documents.values())


def _documents(session: Session, pack: str) -> dict[str, list[_Written]]:
    rows = session.execute(
        select(Document.kind, Document.name, Document.topic, Version.number, Version.body)
        .join(Version, Version.document_id == Document.id)
        .where(
            Document.pack == pack,
            Document.retired_at.is_(None),
            Version.number == Document.published,
        )
        .order_by(Document.position, Document.name)
    )
    found: dict[str, list[_Written]] = defaultdict(list)
    for row in rows:
        one = _Written(name=row.name, topic=row.topic, number=row.number, body=row.body)
        found[row.kind].append(one)
    return found


def _write_manifest(folder: Path, pack: _Written, topics: Sequence[_Written]) -> None:
    body = {**pack.body, "version": pack.number}
    checks = body.pop("checks", [])
    by_name = {one.name: one.body for one in topics}
    listed = [*body["topics"], *(one for one in by_name if one not in body["topics"])]
    body["topics"] = [_ordered(by_name[one]) for one in listed if one in by_name]
    _write(folder / "pack.yaml", {**_ordered(body), "topics": body["topics"]})
    if checks:
        _write(folder / "checks.yaml", {"checks": checks})


def _write_by_topic(folder: Path, key: str, kind: str, documents: Sequence[_Written]) -> None:
    by_topic: dict[str, list[Row]] = defaultdict(list)
    for one in documents:
        by_topic[one.topic or ""].append(_row(kind, one))
    for topic, rows in by_topic.items():
        _write(folder / f"{topic}.yaml", {key: rows})


def _write_pictures(session: Session, folder: Path, documents: Sequence[_Written]) -> None:
    for one in documents:
        folder.mkdir(exist_ok=True)
        data = session.get_one(File, one.body["sha256"]).data
        (folder / one.name).write_bytes(data)


def _row(kind: str, one: _Written) -> Row:
    body = {**one.body, "version": one.number} if kind in VERSIONED else one.body
    return _ordered(body)


def _ordered(row: Row) -> Row:
    first = [name for name in FIRST_FIELDS if name in row]
    return {name: row[name] for name in [*first, *(one for one in row if one not in first)]}


def scenario_text(row: Row) -> str:
    """Return a scenario as YAML in the order in which people write it."""
    return scenarios.write_scenario(_by_hand(row))


def _by_hand(value: Any) -> Any:
    if isinstance(value, list):
        return [_by_hand(one) for one in value]
    if not isinstance(value, dict):
        return value
    places = {name: place for place, name in enumerate(SCENARIO_FIELDS)}
    names = sorted(value, key=lambda one: places.get(one, len(places)))
    return {name: _by_hand(value[name]) for name in names}


def dump(data: Any) -> str:
    """Return ``data`` as YAML that people can read and edit."""
    return str(yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=LINE))


def _write(path: Path, data: Row) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(dump(data), encoding="utf-8")
