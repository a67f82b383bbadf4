"""A run as xAPI statements: what other learning systems read, and simulators elsewhere report.

Pure: the fact and where it happened come in as values. An actor is the member's random id at the
address of this house; names stay here.
"""

from collections.abc import Mapping
from datetime import datetime
from json import loads
from typing import Any
from uuid import UUID, uuid5

from events import Fact
from events.workplace import Acted, RunFinished, RunStarted
from psot.workplace.values import PASSED_FROM_PPM

ADL = "http://adlnet.gov/expapi/"
VERBS: Mapping[str, str] = {
    name: f"{ADL}verbs/{name}"
    for name in ("initialized", "interacted", "completed", "passed", "failed", "terminated")
}
SIMULATION = f"{ADL}activities/simulation"
PPM = 1_000_000
_SPACE = UUID("9d1c8b9e-4c36-4f9c-9a53-5d2f5b8b6a10")

Statement = dict[str, Any]


def statements(fact: Fact, *, at: datetime, base_url: str) -> list[Statement]:
    """Return the statements that tell of ``fact``, which happened at ``at``; none for others.

    A finished run is completed, and passed or failed; one that a dangerous mistake ended is failed
    and terminated; one that was left is terminated.
    """
    if isinstance(fact, RunStarted):
        extensions = {"mode": fact.mode, "version": fact.version, "number": fact.number}
        return [_statement(fact, "initialized", at, base_url, extensions=extensions)]
    if isinstance(fact, Acted):
        told = {"nth": fact.nth, "at_ms": fact.at_ms, "action": loads(fact.action)}
        return [_statement(fact, "interacted", at, base_url, extensions=told)]
    if isinstance(fact, RunFinished):
        return [_statement(fact, verb, at, base_url, result=_result(fact)) for verb in _ends(fact)]
    return []


def _ends(fact: RunFinished) -> list[str]:
    passed = "passed" if fact.score_ppm >= PASSED_FROM_PPM else "failed"
    ends = {
        "finished": ["completed", passed],
        "critical": ["failed", "terminated"],
        "stopped": ["terminated"],
    }
    return ends[fact.how]


def _result(fact: RunFinished) -> dict[str, Any]:
    seconds, milliseconds = divmod(fact.duration_ms, 1000)
    finished = fact.how == "finished"
    return {
        "score": {"scaled": fact.score_ppm / PPM},
        "completion": finished,
        "success": finished and fact.score_ppm >= PASSED_FROM_PPM,
        "duration": f"PT{seconds}.{milliseconds // 10:02}S",
    }


def _statement(
    fact: RunStarted | Acted | RunFinished,
    verb: str,
    at: datetime,
    base_url: str,
    *,
    result: Mapping[str, Any] | None = None,
    extensions: Mapping[str, Any] | None = None,
) -> Statement:
    base = base_url.rstrip("/")
    made: Statement = {
        "id": str(uuid5(_SPACE, f"{fact.run}:{verb}:{getattr(fact, 'nth', 0)}")),
        "actor": {
            "objectType": "Agent",
            "account": {"homePage": base, "name": str(fact.member)},
        },
        "verb": {"id": VERBS[verb], "display": {"en-US": verb}},
        "object": {
            "objectType": "Activity",
            "id": f"{base}/workplace/{fact.scenario}",
            "definition": {"type": SIMULATION},
        },
        "context": {"registration": str(fact.run), "platform": "PSOT"},
        "timestamp": at.isoformat(),
        "version": "1.0.3",
    }
    if extensions:
        where = f"{base}/xapi/extensions/"
        told = {f"{where}{name}": value for name, value in extensions.items()}
        made["context"]["extensions"] = told
    if result:
        made["result"] = dict(result)
    return made
