"""The small shop of the golden runs: a scenario with a task of every kind.

``python -m tests.workplace`` writes the golden runs anew after a change that was meant; the front
end folds the same files.
"""

import copy
import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from content.scenarios import parse_scenario, public, resolved
from content.scenarios import told as told_effects
from scoring.workplace import START, Course, Refused, act, begin, best_actions, fold, read_course

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
    return read_course(resolved(mini(**changes), seed=seed)) if changes else _course(seed)


@cache
def _course(seed: int) -> Course:
    return read_course(resolved(_mini(), seed=seed))


def session(name: str) -> dict[str, Any]:
    """Return a golden run as it is now: what is sent, said and stored, and what it is worth."""
    told = SESSIONS[name]
    seed, mode, language = told["seed"], told["mode"], told["language"]
    row = mini()
    course = mini_course(seed)
    actions = told.get("actions") or best_actions(course, mode)
    judgement, answers, refused = begin(course, mode), [], []
    state: Any = START
    for number, action in enumerate(actions):
        try:
            judgement, effects = act(judgement, action, action["at_ms"])
        except Refused as error:
            refused.append({"action": number, "code": error.code})
            continue
        wire = told_effects(effects, row, seed=seed, language=language)
        state = {**fold(state, wire), "nth": judgement.nth}
        answers.append({"nth": judgement.nth, "effects": wire})
    return {
        "about": told["about"],
        "row": "mini.yaml",
        "seed": seed,
        "mode": mode,
        "language": language,
        "actions": actions,
        "refused": refused,
        "scenario": public(row, seed=seed, language=language),
        "answers": answers,
        "state": state,
        "score": asdict(judgement.score),
    }


def _write_sessions() -> None:
    for name in SESSIONS:
        text = json.dumps(session(name), ensure_ascii=False, indent=1, sort_keys=False)
        (GOLDEN / f"session_{name}.json").write_text(text + "\n", encoding="utf-8")


SESSIONS: dict[str, dict[str, Any]] = {
    "perfect": {
        "about": "the best run, in practice",
        "seed": 1,
        "mode": "practice",
        "language": "ru",
    },
    "perfect_check": {
        "about": "the best run of another seed, in a check and in English",
        "seed": 3,
        "mode": "check",
        "language": "en",
    },
    "mistakes": {
        "about": "every kind of mistake that does not end a run, hints, what is refused, a timeout",
        "seed": 1,
        "mode": "practice",
        "language": "en",
        "actions": [
            {"at_ms": 1000, "kind": "look", "object": "rack"},
            {"at_ms": 1500, "kind": "look", "object": "rack"},
            {"at_ms": 2000, "kind": "report", "object": "rack"},
            {"at_ms": 2500, "kind": "report", "object": "rack"},
            {"at_ms": 3000, "kind": "report", "object": "lathe"},
            {
                "at_ms": 4000,
                "kind": "assess",
                "object": "lathe",
                "hazard_kind": "chemical",
                "control": "engineering",
            },
            {"at_ms": 5000, "kind": "hint"},
            {"at_ms": 6000, "kind": "step", "procedure": "lockout", "step": "off"},
            {"at_ms": 7000, "kind": "step", "procedure": "lockout", "step": "tell"},
            {"at_ms": 8000, "kind": "step", "procedure": "lockout", "step": "off"},
            {"at_ms": 9000, "kind": "step", "procedure": "lockout", "step": "joke"},
            {"at_ms": 10000, "kind": "step", "procedure": "lockout", "step": "lock"},
            {"at_ms": 11000, "kind": "wait", "minutes": 12},
            {
                "at_ms": 12000,
                "kind": "step",
                "procedure": "lockout",
                "step": "test",
                "by": "fitter",
            },
            {
                "at_ms": 13000,
                "kind": "step",
                "procedure": "lockout",
                "step": "test",
                "by": "helper",
            },
            {
                "at_ms": 14000,
                "kind": "wear",
                "ppe": "fitter-wears",
                "items": ["glasses", "gloves", "helmet"],
            },
            {"at_ms": 15000, "kind": "mark", "document": "permit", "fields": ["leader", "number"]},
            {"at_ms": 16000, "kind": "measure", "measurement": "gas", "instrument": "tape"},
            {"at_ms": 17000, "kind": "measure", "measurement": "gas", "instrument": "gas_analyser"},
            {"at_ms": 18000, "kind": "decide", "decision": "alarm", "option": "call"},
            {"at_ms": 19000, "kind": "conclude", "measurement": "gas", "verdict": "unsafe"},
            {"at_ms": 100000, "kind": "decide", "decision": "rescue", "option": ""},
            {"at_ms": 101000, "kind": "finish"},
        ],
    },
    "critical_check": {
        "about": "a check that a critical error ends: nothing is told before it",
        "seed": 2,
        "mode": "check",
        "language": "ru",
        "actions": [
            {"at_ms": 1000, "kind": "report", "object": "lathe"},
            {
                "at_ms": 2000,
                "kind": "assess",
                "object": "lathe",
                "hazard_kind": "physical",
                "control": "engineering",
            },
            {"at_ms": 3000, "kind": "report", "object": "desk"},
            {"at_ms": 4000, "kind": "step", "procedure": "lockout", "step": "lock"},
            {"at_ms": 5000, "kind": "step", "procedure": "tidy", "step": "sweep"},
            {"at_ms": 6000, "kind": "mark", "document": "permit", "fields": ["leader"]},
            {"at_ms": 7000, "kind": "measure", "measurement": "gas", "instrument": "gas_analyser"},
            {"at_ms": 8000, "kind": "step", "procedure": "lockout", "step": "test"},
        ],
    },
    "time_out": {
        "about": "time decides, critically: the action that comes after it is not done",
        "seed": 1,
        "mode": "practice",
        "language": "ru",
        "actions": [
            {"at_ms": 1000, "kind": "mark", "document": "permit", "fields": ["leader", "team"]},
            {"at_ms": 2000, "kind": "measure", "measurement": "gas", "instrument": "gas_analyser"},
            {"at_ms": 60000, "kind": "report", "object": "lathe"},
        ],
    },
}
"""The golden runs by name."""

if __name__ == "__main__":
    _write_sessions()
