"""A scenario as a catalogue shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from content.quiz.names import Names
from content.scenarios.public import TASKS


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """What there is to know of a scenario before it is entered."""

    id: str
    version: int
    title: Names
    intro: Names
    debrief: Names
    topics: tuple[str, ...]
    """The first is the main one."""
    minutes: int
    """Norm of a run."""
    modes: tuple[str, ...]
    has_hazards: bool
    """Whether hazards are looked for."""
    tasks: Mapping[str, int]
    """Number of tasks by kind: procedures, ppe, measurements, documents, decisions."""
    norms: frozenset[str]
    """Every legal statement it rests on."""


def read_scenario(row: Mapping[str, Any]) -> Scenario:
    """Return the scenario in ``row``, which holds against its schema."""
    return Scenario(
        id=row["id"],
        version=row["version"],
        title=Names(**row["title"]),
        intro=Names(**row["intro"]),
        debrief=Names(**row["debrief"]),
        topics=tuple(row["topics"]),
        minutes=row["minutes"],
        modes=tuple(row.get("modes", ("practice", "check"))),
        has_hazards=bool(row.get("hazards")),
        tasks={kind: len(row.get(kind, ())) for kind in TASKS},
        norms=frozenset(norms_of(row)),
    )


def norms_of(part: Any) -> list[str]:
    """Return every norm that a part of a scenario names, in reading order."""
    if isinstance(part, Mapping):
        own = [part["norm"]] if isinstance(part.get("norm"), str) and part["norm"] else []
        return own + [norm for one in part.values() for norm in norms_of(one)]
    if isinstance(part, list | tuple):
        return [norm for one in part for norm in norms_of(one)]
    return []
