"""When a task opens."""

from collections.abc import Callable, Mapping
from typing import Final

from scoring.workplace.course import (
    DECISIONS,
    DOCUMENTS,
    MEASUREMENTS,
    PPE,
    PROCEDURES,
    Course,
    Key,
    Task,
)
from scoring.workplace.standing import Standing


def open_tasks(standing: Standing) -> list[Key]:
    """Return every task that is open as the run stands."""
    return [
        key
        for key, task in standing.course.tasks()
        if key in standing.open_ms or all(_holds(standing, one) for one in task.opens)
    ]


def steps_done(standing: Standing, procedure: str) -> frozenset[str]:
    """Return the steps of a procedure that are done."""
    taken = standing.state["stepped"].get(procedure, ())
    return frozenset(one["step"] for one in taken if one["done"])


def tasks_on_path(course: Course) -> frozenset[Key]:
    """Return the tasks that open when everything is done right.

    Only these have points: what opens by a mistake alone cannot be asked of a perfect run.
    """
    on_path: frozenset[Key] = frozenset()
    while True:
        further = frozenset(
            key for key, task in course.tasks() if _all_on_path(course, on_path, task)
        )
        if further == on_path:
            return on_path
        on_path = further


def _all_on_path(course: Course, on_path: frozenset[Key], task: Task) -> bool:
    return all(_on_path(course, on_path, one) for one in task.opens)


def _on_path(course: Course, on_path: frozenset[Key], condition: str) -> bool:
    word, _, rest = condition.partition(":")
    id_, _, part = rest.partition(".")
    best = word != "decision" or not part or course.decisions[id_].best == part
    return best and (_KINDS[word], id_) in on_path


def _holds(standing: Standing, condition: str) -> bool:
    word, _, rest = condition.partition(":")
    id_, _, part = rest.partition(".")
    return _HOLDS[word](standing, id_, part)


def _step(standing: Standing, procedure: str, step: str) -> bool:
    return step in steps_done(standing, procedure)


def _procedure(standing: Standing, procedure: str, _: str) -> bool:
    wanted = {one.id for one in standing.course.procedures[procedure].wanted}
    return wanted <= steps_done(standing, procedure)


def _decision(standing: Standing, decision: str, option: str) -> bool:
    taken = standing.state["decided"].get(decision)
    return taken is not None and option in ("", taken["option"])


def _measured(standing: Standing, measurement: str, _: str) -> bool:
    return bool(standing.state["measured"].get(measurement, {}).get("value"))


_KINDS: Final[Mapping[str, str]] = {
    "step": PROCEDURES,
    "procedure": PROCEDURES,
    "decision": DECISIONS,
    "ppe": PPE,
    "measured": MEASUREMENTS,
    "marked": DOCUMENTS,
}

_HOLDS: Final[Mapping[str, Callable[[Standing, str, str], bool]]] = {
    "step": _step,
    "procedure": _procedure,
    "decision": _decision,
    "ppe": lambda standing, id_, _: id_ in standing.state["worn"],
    "measured": _measured,
    "marked": lambda standing, id_, _: id_ in standing.state["marked"],
}
