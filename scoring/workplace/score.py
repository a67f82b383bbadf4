"""What a run is worth: points of every part, what is taken off, and the share of the possible."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from scoring.workplace import points
from scoring.workplace.conditions import tasks_on_path
from scoring.workplace.course import (
    DECISIONS,
    DOCUMENTS,
    MEASUREMENTS,
    PPE,
    PROCEDURES,
    TASKS,
    Words,
)
from scoring.workplace.standing import (
    MISSED,
    PARTLY,
    RIGHT,
    WRONG,
    Mark,
    Standing,
)


@dataclass(frozen=True, kw_only=True)
class Part:
    """One thing that was to be done, or one error; told after the end only, for it has answers.

    ``kind``: hazard, step, ppe, measurement, flaw, decision; of errors false_alarm, order,
    forbidden, mismarked, whose ``possible`` is 0.
    """

    kind: str
    id: str
    """Of a step ``procedure.step``, of a flaw ``document.field``, of a false alarm the object."""
    object: str
    """Where it is; empty for nowhere."""
    earned: int
    possible: int
    """0 too for what opens by a mistake alone."""
    verdict: str
    """right, partly, wrong, missed."""
    text: Words
    norm: str = ""
    why: Words | None = None
    given: Mapping[str, Any] = field(default_factory=dict)
    """The answer, by what was asked."""
    right: Mapping[str, Any] = field(default_factory=dict)
    """The right answer, by what was asked."""


@dataclass(frozen=True, kw_only=True)
class Score:
    """What a run is worth."""

    score_ppm: int
    """0 to 1,000,000: earned of possible, less what hints and lateness take off."""
    earned: int
    """Points of all parts, errors among them; may be below 0."""
    possible: int
    parts: tuple[Part, ...]
    false_alarms: int
    order_errors: int
    forbidden: int
    hints: int
    late_ms: int
    """Milliseconds over the norm."""
    off_ppm: int
    """What hints and lateness take off."""
    passed: bool
    """Whether it was finished and earned 70 %."""


def score_of(standing: Standing) -> Score:
    """Return the score of a run as it stands."""
    course = standing.course
    parts = tuple(_parts(standing))
    earned = sum(one.earned for one in parts)
    possible = sum(one.possible for one in parts)
    hints = len(standing.state["hints"])
    late_ms = max(0, standing.at_ms - course.norm_ms)
    tenths = min(points.LATE_MOST, 10 * late_ms // course.norm_ms)
    off_ppm = hints * points.HINT_PPM + tenths * points.LATE_PPM
    share_ppm = earned * points.PPM // possible if possible else 0
    score_ppm = max(0, share_ppm - off_ppm)
    kinds = [one.kind for one in parts]
    return Score(
        score_ppm=score_ppm,
        earned=earned,
        possible=possible,
        parts=parts,
        false_alarms=kinds.count("false_alarm"),
        order_errors=kinds.count("order"),
        forbidden=kinds.count("forbidden"),
        hints=hints,
        late_ms=late_ms,
        off_ppm=off_ppm,
        passed=score_ppm >= points.PASS_PPM and standing.ended == "finished",
    )


def _parts(standing: Standing) -> Iterator[Part]:
    on_path = tasks_on_path(standing.course)
    yield from _hazards(standing)
    for kind in TASKS:
        for id_ in getattr(standing.course, kind):
            for one in _PARTS[kind](standing, id_):
                # What only a mistake opens has points neither to win nor, errors aside, to show.
                yield one if (kind, id_) in on_path else _without_points(one)


def _without_points(part: Part) -> Part:
    errors = part.kind in ("order", "forbidden")
    return replace(part, earned=part.earned if errors else 0, possible=0)


def _mark(standing: Standing, kind: str, id_: str) -> Mark:
    return standing.marks.get((kind, id_), Mark(earned=0, verdict=MISSED))


def _together(*marks: Mark) -> str:
    """Return one verdict of several."""
    verdicts = {one.verdict for one in marks}
    if len(verdicts) == 1:
        return verdicts.pop()
    return PARTLY if any(one.earned > 0 for one in marks) else WRONG


def _hazards(standing: Standing) -> Iterator[Part]:
    for one in standing.course.hazards.values():
        found = _mark(standing, "report", one.object)
        assessed = _mark(standing, "assess", one.object)
        yield Part(
            kind="hazard",
            id=one.id,
            object=one.object,
            earned=found.earned + assessed.earned,
            possible=points.FOUND[one.risk] + points.KIND + points.CONTROL,
            verdict=_together(found, assessed),
            text=one.text,
            norm=one.norm,
            why=one.why,
            given=assessed.given,
            right={"kind": one.kind, "control": one.control, "risk": one.risk},
        )
    for (kind, name), mark in standing.marks.items():
        if kind == "report" and name not in standing.course.hazards:
            yield Part(
                kind="false_alarm",
                id=name,
                object=name,
                earned=mark.earned,
                possible=0,
                verdict=mark.verdict,
                text=standing.course.things[name].name,
            )


def _procedure(standing: Standing, id_: str) -> Iterator[Part]:
    procedure = standing.course.procedures[id_]
    for step in procedure.steps.values():
        key = f"{id_}.{step.id}"
        told: dict[str, Any] = {
            "id": key,
            "object": procedure.object,
            "text": step.text,
            "norm": step.norm,
            "why": step.why,
        }
        mark = _mark(standing, "step", key)
        if not step.forbidden:
            right = {"after": list(step.after), "wait_min": step.wait_min, "by": list(step.by)}
            yield Part(
                kind="step",
                earned=mark.earned,
                possible=points.STEP,
                verdict=mark.verdict,
                given=mark.given,
                right=right,
                **told,
            )
        for kind in ("order", "forbidden"):
            if error := standing.marks.get((kind, key)):
                yield Part(
                    kind=kind, earned=error.earned, possible=0, verdict=error.verdict, **told
                )


def _ppe(standing: Standing, id_: str) -> Iterator[Part]:
    task, mark = standing.course.ppe[id_], _mark(standing, "ppe", id_)
    yield Part(
        kind="ppe",
        id=id_,
        object=task.person,
        earned=mark.earned,
        possible=points.WORN * len(task.need),
        verdict=mark.verdict,
        text=task.text,
        norm=task.norm,
        why=task.why,
        given=mark.given,
        right={"need": sorted(task.need), "forbid": sorted(task.forbid)},
    )


def _measurement(standing: Standing, id_: str) -> Iterator[Part]:
    task = standing.course.measurements[id_]
    measured = _mark(standing, "measure", id_)
    concluded = _mark(standing, "conclude", id_)
    yield Part(
        kind="measurement",
        id=id_,
        object=task.object,
        earned=measured.earned + concluded.earned,
        possible=points.MEASURED + points.CONCLUDED,
        verdict=_together(measured, concluded),
        text=task.text,
        norm=task.norm,
        why=task.why,
        given={**measured.given, **concluded.given},
        right={"instrument": task.instrument, "value": task.value, "verdict": task.verdict},
    )


def _document(standing: Standing, id_: str) -> Iterator[Part]:
    task, mark = standing.course.documents[id_], _mark(standing, "document", id_)
    marked = mark.given.get("fields", ())
    for name, flaw in task.flaws.items():
        found = name in marked
        yield Part(
            kind="flaw",
            id=f"{id_}.{name}",
            object=task.object,
            earned=points.FLAW if found else 0,
            possible=points.FLAW,
            verdict=RIGHT if found else MISSED,
            text=flaw.text,
            norm=flaw.norm,
            why=flaw.why,
            given={"document": id_, "fields": list(marked)},
            right={"document": id_, "fields": sorted(task.flaws)},
        )
    wrong = [name for name in marked if name not in task.flaws]
    if wrong:
        hits = len(marked) - len(wrong)
        yield Part(
            kind="mismarked",
            id=id_,
            object=task.object,
            earned=mark.earned - points.FLAW * hits,
            possible=0,
            verdict=WRONG,
            text=task.text,
            given={"document": id_, "fields": wrong},
        )


def _decision(standing: Standing, id_: str) -> Iterator[Part]:
    task, mark = standing.course.decisions[id_], _mark(standing, "decision", id_)
    taken = task.options.get(mark.given.get("option", ""))
    yield Part(
        kind="decision",
        id=id_,
        object=task.object,
        earned=mark.earned,
        possible=points.DECISION,
        verdict=mark.verdict,
        text=task.text,
        norm=(taken.norm if taken else "") or task.norm,
        why=(taken.why if taken else None) or task.why,
        given=mark.given,
        right={"option": task.best},
    )


_PARTS: Final[Mapping[str, Callable[[Standing, str], Iterator[Part]]]] = {
    PROCEDURES: _procedure,
    PPE: _ppe,
    MEASUREMENTS: _measurement,
    DOCUMENTS: _document,
    DECISIONS: _decision,
}
