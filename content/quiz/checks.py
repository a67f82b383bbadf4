"""What a JSON Schema cannot say about a pack: references, doubles, and keys that make sense."""

from collections.abc import Callable, Iterator
from typing import Any

from content.quiz.problems import Problem

Row = dict[str, Any]

QUESTION_RULES: tuple[tuple[str, Callable[[Row], bool], str], ...] = (
    (
        "correct",
        lambda row: set(row["correct"]) <= set(row["options"]),
        "names an option that does not exist",
    ),
    (
        "correct",
        lambda row: row["kind"] != "single" or len(row["correct"]) == 1,
        "a question with a single answer needs exactly one",
    ),
    (
        "correct",
        lambda row: row["kind"] != "multiple" or len(row["correct"]) > 1,
        "a question with several answers needs at least two",
    ),
    (
        "correct",
        lambda row: len(row["correct"]) < len(row["options"]),
        "at least one option must be wrong",
    ),
    (
        "options",
        lambda row: len(set(row["options"].values())) == len(row["options"]),
        "two options have the same text",
    ),
    (
        "source",
        lambda row: (
            row["source"]["verified"] == "one"
            or len([*row["source"]["urls"], *row["source"].get("also_seen_on", ())]) > 0
        ),
        "says it was verified but names no page",
    ),
)


def question_problems(file: str, row: Row) -> Iterator[Problem]:
    """Find what is wrong with one question."""
    for field, holds, message in QUESTION_RULES:
        if not holds(row):
            yield Problem(file=file, subject=row["id"], field=field, message=message)


def quiz_problems(file: str, row: Row, topics: set[str], questions: set[str]) -> Iterator[Problem]:
    """Find what a quiz refers to in vain."""
    if row.get("topic", None) not in {None, *topics}:
        message = f"there is no topic {row['topic']}"
        yield Problem(file=file, subject=row["slug"], field="topic", message=message)
    for asked in row["questions"]:
        if asked not in questions:
            message = f"there is no question {asked}"
            yield Problem(file=file, subject=row["slug"], field="questions", message=message)


def memo_problems(file: str, row: Row, topics: set[str]) -> Iterator[Problem]:
    """Find what a memo refers to in vain."""
    if row["topic"] not in topics:
        message = f"there is no topic {row['topic']}"
        yield Problem(file=file, subject=row["topic"], field="topic", message=message)


def repeated(rows: list[tuple[str, str]], field: str) -> Iterator[Problem]:
    """Find names used twice; ``rows`` are (file, name), ``field`` is where the name stands."""
    first_file: dict[str, str] = {}
    for file, name in rows:
        if name in first_file:
            message = f"is already used in {first_file[name]}"
            yield Problem(file=file, subject=name, field=field, message=message)
        first_file.setdefault(name, file)
