"""From a folder of YAML files to a pack, or to the list of all its problems."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from content.quiz.checks import (
    Row,
    memo_problems,
    question_problems,
    quiz_problems,
    repeated,
)
from content.quiz.documents import read_document
from content.quiz.packs import Memo, Names, Pack, Quiz, Topic
from content.quiz.problems import PackError, Problem
from content.quiz.questions import (
    MultipleChoice,
    Option,
    Question,
    SingleChoice,
    Source,
    Verified,
)

PACKS = Path(__file__).parents[1] / "packs"
KINDS: dict[str, type[Question]] = {kind.kind: kind for kind in (SingleChoice, MultipleChoice)}


@cache
def built_in_pack(name: str) -> Pack:
    """Return the pack ``name`` that comes with PSOT, read once per process."""
    return load_pack(PACKS / name)


def load_pack(folder: Path) -> Pack:
    """Read the pack in ``folder``.

    It holds ``pack.yaml``, ``quizzes.yaml`` and ``questions/<topic>.yaml`` for every topic of the
    manifest, and may hold ``memos.yaml``. Raises PackError with every problem of every readable
    file.
    """
    manifest, problems = read_document(folder, "pack.yaml", "pack")
    if manifest is None:
        raise PackError(problems)
    topics = {
        row["id"]: Topic(id=row["id"], name=Names(**row["name"])) for row in manifest["topics"]
    }
    questions, found = _questions(folder, topics, date.fromisoformat(manifest["as_of"]))
    problems += repeated([("pack.yaml", row["id"]) for row in manifest["topics"]], "topics")
    problems += found
    # A quiz that asks a broken question is not itself wrong, so quizzes wait for good questions.
    quizzes, found = ({}, []) if problems else _quizzes(folder, set(topics), set(questions))
    problems += found
    memos, found = _memos(folder, set(topics))
    problems += found
    if problems:
        raise PackError(problems)
    return Pack(
        id=manifest["id"],
        version=manifest["version"],
        language=manifest["language"],
        licence=manifest["licence"],
        as_of=date.fromisoformat(manifest["as_of"]),
        sources=tuple(manifest["sources"]),
        topics=topics,
        questions=questions,
        quizzes=quizzes,
        memos=memos,
    )


def _questions(
    folder: Path, topics: dict[str, Topic], as_of: date
) -> tuple[dict[str, Question], list[Problem]]:
    rows: list[tuple[str, str, Row]] = []
    problems: list[Problem] = []
    for topic in topics:
        file = f"questions/{topic}.yaml"
        data, found = read_document(folder, file, "questions")
        problems += found
        rows += [(file, topic, row) for row in (data or {"questions": []})["questions"]]
    for file, _, row in rows:
        problems += question_problems(file, row)
    problems += repeated([(file, row["id"]) for file, _, row in rows], "id")
    if problems:
        return {}, problems
    return {row["id"]: _question(topic, row, as_of) for _, topic, row in rows}, []


def _quizzes(
    folder: Path, topics: set[str], questions: set[str]
) -> tuple[dict[str, Quiz], list[Problem]]:
    file = "quizzes.yaml"
    data, problems = read_document(folder, file, "quizzes")
    rows: list[Row] = (data or {"quizzes": []})["quizzes"]
    for row in rows:
        problems += quiz_problems(file, row, topics, questions)
    problems += repeated([(file, row["slug"]) for row in rows], "slug")
    return {row["slug"]: _quiz(row) for row in rows}, problems


def _memos(folder: Path, topics: set[str]) -> tuple[dict[str, Memo], list[Problem]]:
    file = "memos.yaml"
    if not (folder / file).exists():
        return {}, []
    data, problems = read_document(folder, file, "memos")
    rows: list[Row] = (data or {"memos": []})["memos"]
    for row in rows:
        problems += memo_problems(file, row, topics)
    problems += repeated([(file, row["topic"]) for row in rows], "topic")
    return {row["topic"]: _memo(row) for row in rows}, problems


def _question(topic: str, row: Row, as_of: date) -> Question:
    return KINDS[row["kind"]](
        id=row["id"],
        version=row["version"],
        topic=topic,
        difficulty=row["difficulty"],
        text=row["text"],
        options=tuple(Option(id=id_, text=text) for id_, text in row["options"].items()),
        correct=frozenset(row["correct"]),
        explanation=row["explanation"],
        source=_source(row["source"], as_of),
    )


def _source(row: dict[str, Any], as_of: date) -> Source:
    return Source(
        act=row["act"],
        ref=row["ref"],
        urls=tuple(row["urls"]),
        verified=Verified(row["verified"]),
        as_of=date.fromisoformat(row["as_of"]) if "as_of" in row else as_of,
        also_seen_on=tuple(row.get("also_seen_on", ())),
    )


def _quiz(row: Row) -> Quiz:
    return Quiz(
        slug=row["slug"],
        version=row["version"],
        topic=row.get("topic"),
        title=Names(**row["title"]),
        intro=Names(**row["intro"]),
        questions=tuple(row["questions"]),
    )


def _memo(row: Row) -> Memo:
    return Memo(
        title=Names(**row["title"]), text=Names(**row["text"]), sources=tuple(row["sources"])
    )
