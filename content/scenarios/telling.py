"""From the judge's effects to what the browser is told: one language, public forms of tasks."""

from collections.abc import Iterable, Mapping
from typing import Any

from content.scenarios.public import task

Row = Mapping[str, Any]


def told(effects: Iterable[Row], row: Row, *, seed: int, language: str) -> list[dict[str, Any]]:
    """Return the effects of an action as they go over the wire (``Effect`` of types.ts).

    ``effects`` are those of ``scoring.workplace.act``: texts in both languages or None, opened
    tasks as ids.
    """
    return [_told(one, row, seed, language) for one in effects]


def _told(effect: Row, row: Row, seed: int, language: str) -> dict[str, Any]:
    if effect["t"] == "opened":
        tasks = {
            kind: [task(row, kind, one, seed=seed, language=language) for one in ids]
            for kind, ids in effect["tasks"].items()
        }
        return {**effect, "tasks": tasks}
    if "text" not in effect:
        return dict(effect)
    text = effect["text"]
    return {
        **effect,
        "text": text["en" if language == "en" else "ru"] if text else "",
    }
