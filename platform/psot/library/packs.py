"""A pack's folder as the rows of documents: what is loaded, and what is written back.

`content.quiz.load_pack` says whether a folder is good; its rows are then taken as they stand.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from content import scenarios
from content.quiz import Lesson, Pack, PackError, PackFile, load_pack
from psot.library.errors import BadPack

Row = dict[str, Any]

# The C loader where libyaml is there: the strict reading has been done by the check before.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

LISTS = (("act", "acts", "id"), ("memo", "memos", "topic"), ("term", "glossary", "id"))
"""Kinds whose rows stand in one file: (kind, file and field, the field that names a row)."""
LATE_LISTS = (("quiz", "quizzes", "slug"), ("plan", "plans", "id"))
SCENARIOS = "scenarios"
"""Folder of a pack with a file for each scenario."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One document as a pack brings it; ``body`` is its row, without the number of its version."""

    kind: str
    name: str
    body: Row
    topic: str | None = None
    data: bytes | None = field(default=None, repr=False)
    """Bytes of a file."""


@dataclass(frozen=True, kw_only=True)
class PackRows:
    """All documents of a pack in the order of its files; ``sha256`` is the digest of its folder."""

    id: str
    version: int
    sha256: str
    entries: tuple[Entry, ...]


def folder_sha256(folder: Path) -> str:
    """Return the digest of everything in ``folder``: the same digest, nothing to load."""
    digest = sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            name = path.relative_to(folder).as_posix().encode()
            data = path.read_bytes()
            digest.update(b"%d %s %d\n" % (len(name), name, len(data)))
            digest.update(data)
    return digest.hexdigest()


def read_pack(folder: Path) -> PackRows:
    """Read the pack in ``folder``. Raises BadPack with every problem of every file."""
    try:
        pack = load_pack(folder)
    except PackError as error:
        raise BadPack(str(error), subject=str(folder)) from error
    manifest = _yaml(folder / "pack.yaml")
    return PackRows(
        id=manifest["id"],
        version=manifest["version"],
        sha256=folder_sha256(folder),
        entries=tuple(_entries(folder, manifest, pack)),
    )


def _entries(folder: Path, manifest: Row, pack: Pack) -> Iterator[Entry]:
    topics: list[str] = [row["id"] for row in manifest["topics"]]
    yield Entry(kind="pack", name=manifest["id"], body=_manifest(folder, manifest, topics))
    for row in manifest["topics"]:
        yield Entry(kind="topic", name=row["id"], body=_bare(row), topic=row["id"])
    for kind, file, name in LISTS:
        yield from _listed(folder, kind, file, name)
    for kind, field_, parts in (("norm", "norms", "norms"), ("question", "questions", "questions")):
        for topic in topics:
            for row in _rows(folder / parts / f"{topic}.yaml", field_):
                yield Entry(kind=kind, name=row["id"], body=_bare(row), topic=topic)
    for topic, lesson in pack.lessons.items():
        yield Entry(kind="lesson", name=topic, body=lesson_row(lesson), topic=topic)
    for kind, file, name in LATE_LISTS:
        yield from _listed(folder, kind, file, name)
    yield from _scenarios(folder, pack)
    for picture in pack.pictures.values():
        yield file_entry(picture)


def _scenarios(folder: Path, pack: Pack) -> Iterator[Entry]:
    """Yield the scenarios of a pack. Raises BadPack with everything that is wrong with them."""
    found, wrong = scenarios.read_scenarios(folder)
    for name, row in found.items():
        file = f"{SCENARIOS}/{name}.yaml"
        wrong += scenarios.problems(file, row, norms=pack.norms, topics=pack.topics)
    if wrong:
        raise BadPack(str(PackError(wrong)), subject=str(folder))
    for name, row in found.items():
        yield Entry(kind="scenario", name=name, body=_bare(row), topic=row["topics"][0])


def _manifest(folder: Path, manifest: Row, topics: list[str]) -> Row:
    checks = _rows(folder / "checks.yaml", "checks")
    row = {**_bare(manifest), "topics": topics}
    return {**row, "checks": checks} if checks else row


def _listed(folder: Path, kind: str, file: str, name: str) -> Iterator[Entry]:
    for row in _rows(folder / f"{file}.yaml", file):
        topic = row.get("topic")
        yield Entry(kind=kind, name=row[name], body=_bare(row), topic=topic)


def file_entry(picture: PackFile) -> Entry:
    """Return a picture as a document with its bytes."""
    body = {
        "file": picture.name,
        "media_type": picture.media_type,
        "size_bytes": len(picture.data),
        "sha256": sha256(picture.data).hexdigest(),
    }
    return Entry(kind="file", name=picture.name, body=body, data=picture.data)


def lesson_row(lesson: Lesson) -> Row:
    """Return a lesson as a row: the fields of its head, and its Markdown as ``text``."""
    return {
        "title": {"ru": lesson.title.ru, "en": lesson.title.en},
        "summary": {"ru": lesson.summary.ru, "en": lesson.summary.en},
        "text": lesson.markdown,
    }


def _rows(path: Path, field_: str) -> list[Row]:
    return (_yaml(path) or {}).get(field_, []) if path.exists() else []


def _yaml(path: Path) -> Any:
    return yaml.load(path.read_bytes(), Loader=_Loader)  # noqa: S506 - the C form of SafeLoader


def _bare(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "version"}
