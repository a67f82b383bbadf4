"""Content for tests: the start pack is in every database, small packs are written here.

Every database that a test gets is a copy of one into which the start pack was loaded, so tests
have content without loading it. The ledger of that database is empty: content came before stories.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import text
from sqlalchemy.orm import Session

from content.quiz.loader import PACKS
from psot.database import Database
from psot.ledger import Catalogue, Ledger
from psot.library.operations import LoadReport, load_folder

START = PACKS / "start"
LOADED_AT = datetime(2026, 11, 1, 9, tzinfo=UTC)

Row = dict[str, Any]


def load_start_pack(url: str) -> None:
    """Load the start pack into the database at ``url`` and leave its ledger empty."""
    with told_to_nobody(url) as database, database.begin() as session:
        load_folder(session, START, by=None, now=LOADED_AT)
        session.execute(text("TRUNCATE ledger_facts RESTART IDENTITY CASCADE"))


@contextmanager
def told_to_nobody(url: str) -> Iterator[Database]:
    """Give the database at ``url`` with a ledger to which nobody listens."""
    database = Database(url)
    Ledger(catalogue=Catalogue(()), ring=lambda: None).attach(database)
    try:
        yield database
    finally:
        database.close()


def a_library(session: Session, folder: Path, *, now: datetime = LOADED_AT) -> LoadReport:
    """Load a small pack written into ``folder`` by `write_pack`, beside the start pack."""
    return load_folder(session, folder, by=None, now=now)


def a_question(id_: str = "ladders-01", **changes: Any) -> Row:
    """A question of the kind ``single``, good as it stands."""
    return {
        "id": id_,
        "version": 1,
        "kind": "single",
        "difficulty": 1,
        "text": f"Сколько опор у лестницы {id_}?",
        "options": {"a": "Две", "b": "Ни одной"},
        "correct": ["a"],
        "explanation": "Лестница стоит на двух тетивах.",
        "source": {
            "act": "Правила о лестницах",
            "ref": "п. 1",
            "verified": "one",
            "urls": ["https://example.org/ladders"],
        },
        **changes,
    }


def write_pack(
    folder: Path, *, id_: str = "ladders", questions: Sequence[Row] = (), **manifest: Any
) -> Path:
    """Write a pack of one topic, ``ladders`` unless told otherwise, and return its folder."""
    topic = manifest.pop("topic", id_)
    rows = list(questions) or [a_question(f"{topic}-0{number}") for number in range(1, 4)]
    head = {
        "id": id_,
        "version": 1,
        "language": "ru",
        "licence": "CC0-1.0",
        "as_of": "2026-11-01",
        "sources": ["Правила о лестницах"],
        "topics": [{"id": topic, "name": {"ru": "Лестницы", "en": "Ladders"}}],
        **manifest,
    }
    quiz = {
        "slug": f"{topic}-quick".replace("_", "-"),
        "version": 1,
        "topic": topic,
        "title": {"ru": "Лестницы быстро", "en": "Ladders, quickly"},
        "intro": {"ru": "Три вопроса.", "en": "Three questions."},
        "questions": [row["id"] for row in rows],
    }
    _write(folder / "pack.yaml", head)
    _write(folder / "questions" / f"{topic}.yaml", {"questions": rows})
    _write(folder / "quizzes.yaml", {"quizzes": [quiz]})
    return folder


def _write(path: Path, data: Row) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
