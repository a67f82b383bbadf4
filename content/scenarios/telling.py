"""From the judge's effects to what the browser is told: one language, public forms of tasks."""

from collections.abc import Iterable, Mapping
from typing import Any

from content.scenarios.public import task

Row = Mapping[str, Any]


def told(effects: Iterable[Row], row: Row, *, seed: int, language: str) -> list[dict[str, Any]]:
    """Return the effects of an action as they go over the wire (``Effect`` of types.ts).

    ``language`` is ``ru`` or ``en``; English values have a decimal point.
    ``effects`` are those of ``scoring.workplace.act``: texts in both languages or None, opened
    tasks as ids.
    """
    return [_told(one, row, seed, language) for one in effects]


def _told(effect: Row, row: Row, seed: int, language: str) -> dict[str, Any]:
    wire = dict(effect)
    if "tasks" in wire:
        wire["tasks"] = {
            kind: [task(row, kind, one, seed=seed, language=language) for one in ids]
            for kind, ids in effect["tasks"].items()
        }
    if "text" in wire:
        wire["text"] = effect["text"][language] if effect["text"] else ""
    if "value" in wire and language == "en":
        wire["value"] = effect["value"].replace(",", ".")
    return wire
