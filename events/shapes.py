"""The JSON Schema of a fact's data, as frozen in ``events/schemas/`` the day it was born.

``python -m events.shapes`` writes the schema of every fact that has none yet; it never touches one
that exists: a changed shape is a new version of the fact.
"""

import json
import sys
import types
import typing
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from events.base import CATALOGUE, FactType

FOLDER = Path(__file__).parent / "schemas"

_SIMPLE: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    UUID: {"type": "string", "format": "uuid"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
}


def json_schema(entry: FactType) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the data of the fact ``entry``."""
    hints = typing.get_type_hints(entry.shape)
    names = [one.name for one in fields(entry.shape)]  # type: ignore[arg-type]  # every shape is made a dataclass by @fact
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": entry.name,
        "type": "object",
        "properties": {name: _of(hints[name]) for name in names},
        "required": names,
        "additionalProperties": False,
    }


def _of(annotation: Any) -> dict[str, Any]:
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is types.UnionType:
        return {"anyOf": [_of(one) for one in inner if one is not type(None)] + [{"type": "null"}]}
    if origin is tuple:
        return {"type": "array", "items": _of(inner[0])}
    if origin is dict:
        return {"type": "object", "additionalProperties": _of(inner[1])}
    return _SIMPLE[annotation]


def freeze(folder: Path = FOLDER) -> list[str]:
    """Write the schema of every fact that has none in ``folder``; returns their names."""
    born = [entry for name, entry in CATALOGUE.items() if not (folder / f"{name}.json").exists()]
    for entry in born:
        text = json.dumps(json_schema(entry), ensure_ascii=False, indent=2) + "\n"
        (folder / f"{entry.name}.json").write_text(text, encoding="utf-8")
    return [entry.name for entry in born]


if __name__ == "__main__":  # pragma: no cover - a command for developers
    import events  # noqa: F401 - declares every fact

    sys.stdout.write("".join(f"frozen: {name}\n" for name in freeze()))
