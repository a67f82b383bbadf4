"""What is wrong with a scenario, one line each."""

from collections.abc import Collection
from pathlib import Path, PurePosixPath
from typing import Any

from content.quiz.documents import read_document, schema_problems
from content.quiz.problems import Problem
from content.scenarios.references import references
from content.scenarios.sense import sense


def problems(
    file: str, row: Any, *, norms: Collection[str], topics: Collection[str]
) -> list[Problem]:
    """Find everything that is wrong with a scenario: its schema, references, kit and sense.

    ``norms`` and ``topics`` are the ids that there are. Where ``file`` is YAML, it must be called
    after the scenario.
    """
    found = list(schema_problems(file, row, "scenario"))
    if found:
        return found
    path = PurePosixPath(file)
    faults = [*references(row, norms, topics), *sense(row)]
    if path.suffix == ".yaml" and path.stem != row["id"]:
        faults.insert(0, ("", "id", f"must be {path.stem}, as the file is called"))
    return [
        Problem(file=file, subject=subject, field=field, message=message)
        for subject, field, message in faults
    ]


def known_in(folder: Path) -> tuple[frozenset[str], frozenset[str]]:
    """Return the ids of the norms and of the topics of the pack in ``folder``.

    Files that cannot be read have none: that is for the check of the pack to tell.
    """
    manifest, _ = read_document(folder, "pack.yaml", "pack")
    topics = frozenset(row["id"] for row in (manifest or {"topics": []})["topics"])
    norms: set[str] = set()
    for topic in sorted(topics):
        data, _ = read_document(folder, f"norms/{topic}.yaml", "norms")
        norms.update(row["id"] for row in (data or {"norms": []})["norms"])
    return frozenset(norms), topics
