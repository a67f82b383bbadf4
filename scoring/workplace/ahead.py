"""What is still to be done, and how it is done right: for hints, and for the best run."""

from collections.abc import Iterator
from typing import Any

from scoring.workplace.conditions import steps_done
from scoring.workplace.course import (
    DECISIONS,
    DOCUMENTS,
    MEASUREMENTS,
    PPE,
    PROCEDURES,
    Decision,
    Procedure,
    Step,
    Words,
)
from scoring.workplace.standing import Standing
from scoring.workplace.steps import LONGEST_WAIT_MIN, minutes_left

Next = tuple[dict[str, Any], str, Words]
"""A right action, the object it is done at (may be empty), and what it is about in words."""


def ahead(standing: Standing) -> Iterator[Next]:
    """Yield the right actions that are possible now, the most urgent first."""
    timed: list[Decision] = []
    untimed: list[Decision] = []
    for one in standing.course.decisions.values():
        if (DECISIONS, one.id) in standing.open_ms and one.id not in standing.state["decided"]:
            (untimed if one.time_ms is None else timed).append(one)
    yield from (_decide(one) for one in timed)
    yield from _hazards(standing)
    yield from _ppe(standing)
    yield from _documents(standing)
    yield from _measurements(standing)
    yield from (_decide(one) for one in untimed)
    yield from _steps(standing)


def _decide(one: Decision) -> Next:
    return {"kind": "decide", "decision": one.id, "option": one.best}, one.object, one.text


def _hazards(standing: Standing) -> Iterator[Next]:
    hazards, state = standing.course.hazards, standing.state
    for name in dict.fromkeys((*standing.course.best_path, *hazards)):
        if name not in hazards:
            continue
        about = standing.course.things[name].name
        if name not in state["reported"]:
            yield {"kind": "report", "object": name}, name, about
        elif name not in state["assessed"]:
            right = {"hazard_kind": hazards[name].kind, "control": hazards[name].control}
            yield {"kind": "assess", "object": name, **right}, name, about


def _ppe(standing: Standing) -> Iterator[Next]:
    for one in standing.course.ppe.values():
        if (PPE, one.id) in standing.open_ms and one.id not in standing.state["worn"]:
            items = [item for item in one.offer if item in one.need]
            yield {"kind": "wear", "ppe": one.id, "items": items}, one.object, one.text


def _documents(standing: Standing) -> Iterator[Next]:
    for one in standing.course.documents.values():
        if (DOCUMENTS, one.id) in standing.open_ms and one.id not in standing.state["marked"]:
            fields = sorted(one.flaws)
            yield {"kind": "mark", "document": one.id, "fields": fields}, one.object, one.text


def _measurements(standing: Standing) -> Iterator[Next]:
    state = standing.state
    for one in standing.course.measurements.values():
        if (MEASUREMENTS, one.id) not in standing.open_ms or one.id in state["concluded"]:
            continue
        action = {"kind": "measure", "measurement": one.id, "instrument": one.instrument}
        if state["measured"].get(one.id, {}).get("value"):
            action = {"kind": "conclude", "measurement": one.id, "verdict": one.verdict}
        yield action, one.object, one.text


def _steps(standing: Standing) -> Iterator[Next]:
    waits: list[Next] = []
    for one in standing.course.procedures.values():
        if (PROCEDURES, one.id) not in standing.open_ms:
            continue
        done = steps_done(standing, one.id)
        for step in one.wanted:
            if step.id in done or not done.issuperset(step.after):
                continue
            left = minutes_left(standing, one, step)
            if left > 0:
                minutes = min(left, LONGEST_WAIT_MIN)
                waits.append(({"kind": "wait", "minutes": minutes}, one.object, step.text))
            else:
                yield _step(one, step)
    yield from waits


def _step(procedure: Procedure, step: Step) -> Next:
    by = {"by": step.by[0]} if step.by else {}
    action = {"kind": "step", "procedure": procedure.id, "step": step.id, **by}
    return action, procedure.object, step.text
