"""What scenarios may place: kinds of objects with their states, clothes, instruments, floors."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from content.quiz.names import Names

_FILE: Final = Path(__file__).with_name("kit.json")

HAZARD_KINDS: Final[Mapping[str, Names]] = {
    "physical": Names(ru="Физический фактор", en="Physical factor"),
    "chemical": Names(ru="Химический фактор", en="Chemical factor"),
    "biological": Names(ru="Биологический фактор", en="Biological factor"),
    "psychophysiological": Names(ru="Психофизиологический фактор", en="Psychophysiological factor"),
}
"""The groups of ГОСТ 12.0.003."""

CONTROLS: Final[Mapping[str, Names]] = {
    "eliminate": Names(ru="Устранить опасность", en="Eliminate the hazard"),
    "replace": Names(ru="Заменить на менее опасное", en="Replace with something less dangerous"),
    "engineering": Names(ru="Отгородить техническими средствами", en="Engineering controls"),
    "organise": Names(ru="Организационные меры", en="Organisational measures"),
    "ppe": Names(ru="Средства индивидуальной защиты", en="Personal protective equipment"),
}
"""The hierarchy of controls, the most reliable first."""

PERSON: Final = "person"
"""Kind of object that wears things, confirms steps and gets dressed."""


@cache
def kit() -> dict[str, Any]:
    """Return ``kit.json``: ``kinds``, ``wears``, ``instruments`` and ``floors``."""
    read: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return read


def usual_states(kind: str) -> dict[str, str]:
    """Return every state of a kind with its usual value, the first of its list."""
    states: Mapping[str, list[str]] = kit()["kinds"].get(kind, {}).get("states", {})
    return {name: values[0] for name, values in states.items()}
