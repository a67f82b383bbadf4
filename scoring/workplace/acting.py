"""A run is judged action by action: one table says which rule judges which action."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from scoring.workplace import decisions, documents, hazards, measuring, ppe, steps, words
from scoring.workplace.ahead import ahead
from scoring.workplace.conditions import open_tasks
from scoring.workplace.course import TASKS, Course, Key, Words
from scoring.workplace.fold import Effect, fold
from scoring.workplace.score import Score, score_of
from scoring.workplace.standing import (
    CHECK,
    MODES,
    Action,
    Outcome,
    Refused,
    Rule,
    Standing,
)

Effects = list[dict[str, Any]]

RULES: Final[Mapping[str, tuple[Rule, Mapping[str, type]]]] = {
    "look": (hazards.look, {"object": str}),
    "report": (hazards.report, {"object": str}),
    "assess": (hazards.assess, {"object": str, "hazard_kind": str, "control": str}),
    "step": (steps.step, {"procedure": str, "step": str}),
    "wait": (steps.wait, {"minutes": int}),
    "wear": (ppe.wear, {"ppe": str, "items": list}),
    "measure": (measuring.measure, {"measurement": str, "instrument": str}),
    "conclude": (measuring.conclude, {"measurement": str, "verdict": str}),
    "mark": (documents.mark, {"document": str, "fields": list}),
    "decide": (decisions.decide, {"decision": str, "option": str}),
    "hint": (lambda standing, _: _hint(standing), {}),
    "finish": (lambda _, __: Outcome(effects=()), {}),
}
"""The rule of each kind of action, and the fields that it must have."""


@dataclass(frozen=True, kw_only=True)
class Judgement(Standing):
    """A run so far and what it is worth; never changed, only followed by another."""

    @property
    def score(self) -> Score:
        """What the run is worth as it stands."""
        return score_of(self)


def begin(course: Course, mode: str) -> Judgement:
    """Return the judgement of a run that begins; raises ValueError for an unknown mode."""
    if mode not in MODES:
        raise ValueError(f"there is no mode {mode}")
    judgement = Judgement(course=course, mode=mode)
    return replace(judgement, open_ms=dict.fromkeys(open_tasks(judgement), 0))


def act(judgement: Judgement, action: Action, at_ms: int) -> tuple[Judgement, Effects]:
    """Return the run after an action, and what it has brought about.

    ``at_ms`` counts from the beginning of the run, pauses left out; it never goes back. Decisions
    that time has taken since the last action come first. Raises Refused for what cannot be.
    """
    if judgement.ended:
        raise Refused("ended")
    rule = _rule(action)
    at_ms = max(at_ms, judgement.at_ms)
    told: list[Effect] = []
    now = replace(judgement, at_ms=at_ms)
    while not now.ended and (late := decisions.overdue(now, at_ms)):
        now, effects = _after(now, decisions.time_out(now, late[0]))
        told += effects
        if action["kind"] == "decide" and action["decision"] == late[0].id:
            return _counted(now, told)
    if not now.ended:
        now, effects = _after(now, rule(now, action))
        told += effects
        if action["kind"] == "finish":
            now, effects = _end(now, "finished", now.course.debrief)
            told += effects
    return _counted(now, told)


def stop(judgement: Judgement, at_ms: int) -> tuple[Judgement, Effects]:
    """Return the run after it was left; raises Refused when it has ended."""
    if judgement.ended:
        raise Refused("ended")
    now = replace(judgement, at_ms=max(at_ms, judgement.at_ms))
    now, effects = _end(now, "stopped", None)
    return now, [dict(one) for one in effects]


def judge(course: Course, mode: str, actions: Iterable[Mapping[str, Any]]) -> Judgement:
    """Return the judgement of a whole run; each action has its ``at_ms``.

    Actions that are refused are passed over: they were never part of the run.
    """
    judgement = begin(course, mode)
    for action in actions:
        try:
            judgement, _ = act(judgement, action, action["at_ms"])
        except Refused:
            continue
    return judgement


def _rule(action: Action) -> Rule:
    """Return the rule for an action; raises Refused where its form is wrong."""
    kind = action.get("kind")
    if not isinstance(kind, str) or kind not in RULES:
        raise Refused("malformed", "kind")
    rule, fields = RULES[kind]
    for name, type_ in (*fields.items(), ("by", str)):
        value = action.get(name, "" if name == "by" else None)
        listed = value if isinstance(value, list) else ()
        if type(value) is not type_ or not all(isinstance(one, str) for one in listed):
            raise Refused("malformed", name)
    return rule


def _after(judgement: Judgement, outcome: Outcome) -> tuple[Judgement, list[Effect]]:
    """Apply what a rule has made of an action, and open what opens by it."""
    effects = list(outcome.effects)
    now = replace(
        judgement,
        state=fold(judgement.state, effects),
        # The first try counts: marks that are there stay.
        marks={**outcome.marks, **judgement.marks},
        done_min={**judgement.done_min, **_done(judgement, effects)},
    )
    if outcome.critical:
        now, more = _end(now, "critical", outcome.why)
    else:
        now, more = _opening(now)
    return now, [*effects, *more]


def _done(judgement: Judgement, effects: Sequence[Effect]) -> dict[Key, int]:
    return {
        (one["procedure"], one["step"]): judgement.state["waited_min"]
        for one in effects
        if one["t"] == "stepped" and one["done"]
    }


def _opening(judgement: Judgement) -> tuple[Judgement, list[Effect]]:
    """Open every task whose time has come."""
    fresh = [key for key in open_tasks(judgement) if key not in judgement.open_ms]
    if not fresh:
        return judgement, []
    opened = {kind: [id_ for one, id_ in fresh if one == kind] for kind in TASKS}
    effects: list[Effect] = [
        {"t": "opened", "tasks": {kind: ids for kind, ids in opened.items() if ids}}
    ]
    now = replace(
        judgement,
        state=fold(judgement.state, effects),
        open_ms={**judgement.open_ms, **dict.fromkeys(fresh, judgement.at_ms)},
    )
    return now, effects


def _end(judgement: Judgement, how: str, text: Words | None) -> tuple[Judgement, list[Effect]]:
    ended = replace(judgement, state=fold(judgement.state, [{"t": "ended", "how": how}]))
    effects: list[Effect] = [
        {"t": "scored", "score_ppm": ended.score.score_ppm},
        {"t": "ended", "how": how, "text": text},
    ]
    return replace(judgement, state=fold(judgement.state, effects)), effects


def _counted(judgement: Judgement, effects: Sequence[Effect]) -> tuple[Judgement, Effects]:
    state = {**judgement.state, "nth": judgement.nth + 1}
    return replace(judgement, state=state), [dict(one) for one in effects]


def _hint(standing: Standing) -> Outcome:
    """Tell what comes next and has not been hinted at; it costs."""
    if standing.mode == CHECK:
        raise Refused("no_hints")
    for action, place, about in ahead(standing):
        told = {"text": words.hint(action["kind"], about), "object": place}
        if told not in standing.state["hints"]:
            return Outcome(effects=({"t": "hinted", **told},))
    raise Refused("nothing_left")
