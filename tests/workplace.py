"""The small shop of the golden runs: a scenario with a task of every kind."""

import copy
from functools import cache
from pathlib import Path
from typing import Any

from content.scenarios import parse_scenario, resolved
from scoring.workplace import Course, read_course

GOLDEN = Path(__file__).parent / "golden" / "workplace"
NORMS = frozenset({*(f"risk-n0{n}" for n in range(1, 9)), *(f"ppe-n0{n}" for n in range(1, 10))})
TOPICS = frozenset({"risk", "ppe"})


@cache
def _mini() -> dict[str, Any]:
    text = (GOLDEN / "mini.yaml").read_text(encoding="utf-8")
    row, problems = parse_scenario("mini.yaml", text)
    assert not problems
    read: dict[str, Any] = row
    return read


def mini(**changes: Any) -> dict[str, Any]:
    """Return a copy of the row of the small shop, with whole sections changed."""
    return {**copy.deepcopy(_mini()), **changes}


def mini_course(seed: int = 1, **changes: Any) -> Course:
    """Return the course that a seed makes of the small shop."""
    return read_course(resolved(mini(**changes), seed=seed))
