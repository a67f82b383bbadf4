"""The state of a run as a fold of effects, the same here and in the browser.

The state is plain JSON, ``State`` of the front end's types.ts; a state that was given is never
changed.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from scoring.workplace.course import TASKS

Effect = Mapping[str, Any]
State = Mapping[str, Any]

START: Final[State] = {
    "nth": 0,
    "looked": [],
    "reported": {},
    "assessed": {},
    "stepped": {},
    "waited_min": 0,
    "worn": {},
    "measured": {},
    "concluded": {},
    "marked": {},
    "decided": {},
    "states": {},
    "dressed": {},
    "opened": {kind: [] for kind in TASKS},
    "hints": [],
    "score_ppm": None,
    "ended": "",
}
"""What is known before the first action."""


def fold(state: State, effects: Iterable[Effect]) -> State:
    """Return ``state`` after the effects of one action; ``nth`` is for who counts the actions."""
    for effect in effects:
        state = {**state, **_CHANGES[effect["t"]](state, effect)}
    return state


def _looked(state: State, effect: Effect) -> State:
    looked = state["looked"]
    return {} if effect["object"] in looked else {"looked": [*looked, effect["object"]]}


def _stepped(state: State, effect: Effect) -> State:
    procedure = effect["procedure"]
    taken = {key: effect[key] for key in ("step", "by", "verdict", "done")}
    before = state["stepped"].get(procedure, [])
    return {"stepped": {**state["stepped"], procedure: [*before, taken]}}


def _changed(state: State, effect: Effect) -> State:
    before = state["states"].get(effect["object"], {})
    return {"states": {**state["states"], effect["object"]: {**before, **effect["states"]}}}


def _opened(state: State, effect: Effect) -> State:
    """Join open tasks, each once; they are ids here and public forms with an id in the browser."""
    both = {}
    for kind, known in state["opened"].items():
        fresh = effect["tasks"].get(kind, [])
        both[kind] = [*known, *(one for one in fresh if _id(one) not in [_id(k) for k in known])]
    return {"opened": both}


def _id(task: Any) -> Any:
    return task["id"] if isinstance(task, Mapping) else task


def _kept(part: str, name: str, *keys: str) -> Callable[[State, Effect], State]:
    """Keep ``keys`` of an effect in ``part`` of the state under the effect's ``name``."""

    def change(state: State, effect: Effect) -> State:
        return {part: {**state[part], effect[name]: {key: effect[key] for key in keys}}}

    return change


def _set(part: str, name: str, key: str) -> Callable[[State, Effect], State]:
    def change(state: State, effect: Effect) -> State:
        return {part: {**state[part], effect[name]: effect[key]}}

    return change


_CHANGES: Final[Mapping[str, Callable[[State, Effect], State]]] = {
    "looked": _looked,
    "reported": _set("reported", "object", "verdict"),
    "assessed": _set("assessed", "object", "verdict"),
    "stepped": _stepped,
    "waited": lambda state, effect: {"waited_min": state["waited_min"] + effect["minutes"]},
    "worn": _kept("worn", "ppe", "items", "verdict"),
    "measured": _kept("measured", "measurement", "instrument", "value", "verdict"),
    "concluded": _kept("concluded", "measurement", "answer", "verdict"),
    "marked": _kept("marked", "document", "fields", "verdict"),
    "decided": _kept("decided", "decision", "option", "in_time", "verdict", "text"),
    "changed": _changed,
    "dressed": _set("dressed", "object", "wears"),
    "opened": _opened,
    "hinted": lambda state, effect: {
        "hints": [*state["hints"], {"text": effect["text"], "object": effect["object"]}]
    },
    "scored": lambda _, effect: {"score_ppm": effect["score_ppm"]},
    "ended": lambda _, effect: {"ended": effect["how"]},
}
