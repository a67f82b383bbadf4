"""What a JSON Schema cannot say about a pack: references, doubles, and keys that make sense."""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from content.quiz.documents import schema_problems
from content.quiz.grading import grade
from content.quiz.problems import Problem
from content.quiz.responses import InvalidChoice
from content.quiz.rows import read_question
from content.quiz.texts import GAP

Row = dict[str, Any]
Rule = tuple[str, Callable[[Row], bool], str]

_CORNERS: Final = 3


def row_problems(file: str, row: Any, *, draft: bool = False) -> list[Problem]:
    """Find everything that is wrong with the question in ``row``, by its schema and its sense.

    A draft may lack explanations and its source. ``file`` is where the problems say that it is.
    """
    problems = list(schema_problems(file, {"questions": [row]}, "questions"))
    return problems or list(question_problems(file, row, draft=draft))


def question_problems(file: str, row: Row, *, draft: bool = False) -> Iterator[Problem]:
    """Find what is wrong with one question that its schema takes."""
    found: list[tuple[str, str]] = list(_faults(row))
    for id_, part in row.get("parts", {}).items():
        found += [(f"parts.{id_}.{field}", message) for field, message in _faults(part)]
    if not draft:
        found += _gaps_in_knowledge(row)
    if not found and not _is_solved_by_its_solution(row):
        found.append(("", "its own right answer would not earn everything"))
    for field, message in found:
        yield Problem(file=file, subject=row["id"], field=field, message=message)


def _faults(row: Row) -> Iterator[tuple[str, str]]:
    for field, holds, message in (*RULES[row["kind"]], *_EVERY):
        if not holds(row):
            yield field, message


def _gaps_in_knowledge(row: Row) -> Iterator[tuple[str, str]]:
    if "explanation" not in row and row["kind"] != "case":
        yield "explanation", "is missing"
    for id_, part in row.get("parts", {}).items():
        if "explanation" not in part:
            yield f"parts.{id_}.explanation", "is missing"
    source = row.get("source")
    if source is None:
        yield "source", "is missing: name the norm or the act that the answer rests on"
    elif source.get("verified") == "two" and not (source["urls"] or source.get("also_seen_on")):
        yield "source", "says it was verified but names no page"


def _is_solved_by_its_solution(row: Row) -> bool:
    question = read_question(row, topic="")
    try:
        return grade(question, question.solution).correct
    except InvalidChoice:
        return False


def _differ(texts: Any) -> bool:
    return len(set(texts)) == len(texts)


def _named(row: Row) -> set[str]:
    """Return the ids that ``why`` may explain."""
    if row["kind"] == "truefalse":
        return {"true", "false"}
    fields = ("options", "items", "areas", "left", "right", "gaps", "parts")
    return {id_ for field in fields for id_ in row.get(field, ())}


def _accepted(row: Row) -> list[str]:
    return [one if isinstance(one, str) else one["text"] for one in row["accept"]]


def _has_its_numbers(area: Row) -> bool:
    at = area["at"]
    match area["shape"]:
        case "rect":
            return len(at) == 4 and at[0] < at[2] and at[1] < at[3]  # noqa: PLR2004 - the sides
        case "circle":
            return len(at) == _CORNERS and at[2] > 0
    return len(at) >= 2 * _CORNERS and len(at) % 2 == 0


_NO_SUCH: Final = "names an option that does not exist"
_SAME_TEXT: Final = "two options have the same text"
_OPTIONS: Final[tuple[Rule, ...]] = (
    ("correct", lambda row: set(row["correct"]) <= set(row["options"]), _NO_SUCH),
    (
        "correct",
        lambda row: len(row["correct"]) < len(row["options"]),
        "at least one option must be wrong",
    ),
    ("options", lambda row: _differ(row["options"].values()), _SAME_TEXT),
)

RULES: Final[Mapping[str, tuple[Rule, ...]]] = {
    "single": (
        *_OPTIONS,
        (
            "correct",
            lambda row: len(row["correct"]) == 1,
            "a question with a single answer needs exactly one",
        ),
    ),
    "multiple": (
        *_OPTIONS,
        (
            "correct",
            lambda row: len(row["correct"]) > 1,
            "a question with several answers needs at least two",
        ),
    ),
    "truefalse": (),
    "matching": (
        (
            "pairs",
            lambda row: set(row["pairs"]) == set(row["left"]),
            "must give each entry on the left its answer",
        ),
        ("pairs", lambda row: {*row["pairs"].values()} <= {*row["right"]}, _NO_SUCH),
        ("left", lambda row: _differ(row["left"].values()), "two entries have the same text"),
        ("right", lambda row: _differ(row["right"].values()), _SAME_TEXT),
    ),
    "ordering": (
        (
            "order",
            lambda row: sorted(row["order"]) == sorted(row["items"]),
            "must name every item once",
        ),
        ("items", lambda row: _differ(row["items"].values()), "two items have the same text"),
    ),
    "numeric": (
        ("answer", lambda row: math.isfinite(row["answer"]), "must be a number"),
        ("tolerance", lambda row: math.isfinite(row["tolerance"]), "must be a number"),
        (
            "units",
            lambda row: bool(row.get("unit")) or "units" not in row,
            "need a unit to convert to",
        ),
        (
            "units",
            lambda row: all(math.isfinite(one) for one in row.get("units", {}).values()),
            "must be numbers",
        ),
        (
            "units",
            lambda row: row.get("units", {}).get(row.get("unit"), 1) == 1,
            "the unit of the answer is once itself",
        ),
    ),
    "text": (
        (
            "accept",
            lambda row: any(isinstance(one, str) or one["score"] == 100 for one in row["accept"]),  # noqa: PLR2004 - per cent
            "at least one text must earn everything",
        ),
        ("accept", lambda row: _differ(_accepted(row)), "the same text is given twice"),
    ),
    "cloze": (
        (
            "text",
            lambda row: Counter(GAP.findall(row["text"])) == Counter([*row["gaps"]]),
            "must have every gap once, written {{1}}",
        ),
        (
            "gaps",
            lambda row: all(gap["correct"] in gap["options"] for gap in row["gaps"].values()),
            _NO_SUCH,
        ),
        (
            "gaps",
            lambda row: all(_differ(gap["options"].values()) for gap in row["gaps"].values()),
            _SAME_TEXT,
        ),
    ),
    "hotspot": (
        (
            "correct",
            lambda row: set(row["correct"]) <= set(row["areas"]),
            "names an area that does not exist",
        ),
        (
            "correct",
            lambda row: len(row["correct"]) < len(row["areas"]),
            "at least one area must be wrong",
        ),
        (
            "areas",
            lambda row: all(_has_its_numbers(area) for area in row["areas"].values()),
            "a rect has left, top, right, bottom; a circle x, y, radius; a polygon x, y thrice",
        ),
        (
            "areas",
            lambda row: _differ([area["label"] for area in row["areas"].values()]),
            "two areas have the same label",
        ),
    ),
    "case": (),
}
"""By kind: the field, what must hold, and what to say when it does not."""

_EVERY: Final[tuple[Rule, ...]] = (
    (
        "why",
        lambda row: {*row.get("why", {})} <= _named(row),
        "explains an option that does not exist",
    ),
)


def quiz_problems(file: str, row: Row, topics: set[str], questions: set[str]) -> Iterator[Problem]:
    """Find what a quiz refers to in vain."""
    if row.get("topic", None) not in {None, *topics}:
        message = f"there is no topic {row['topic']}"
        yield Problem(file=file, subject=row["slug"], field="topic", message=message)
    if ("questions" in row) == ("draw" in row):
        message = "needs either questions or a draw"
        yield Problem(file=file, subject=row["slug"], field="questions", message=message)
    for asked in row.get("questions", ()):
        if asked not in questions:
            message = f"there is no question {asked}"
            yield Problem(file=file, subject=row["slug"], field="questions", message=message)
    for number, draw in enumerate(row.get("draw", ())):
        for topic in draw["topics"]:
            if topic not in topics:
                message = f"there is no topic {topic}"
                field = f"draw.{number}.topics"
                yield Problem(file=file, subject=row["slug"], field=field, message=message)


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
