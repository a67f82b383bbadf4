"""A scenario as one seed makes it, with its answers: what the judge needs, as plain JSON."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from content.scenarios.lots import Lots, drawn_flaws, drawn_hazards
from content.scenarios.public import TASKS, object_states, object_wears

Row = Mapping[str, Any]


def resolved(row: Row, *, seed: int) -> dict[str, Any]:
    """Return everything that judging a run needs; ``row`` holds against its schema.

    Texts stay in both languages. Absent objects and hazards that were not drawn are left out.
    """
    lots = Lots(scenario=row["id"], seed=seed)
    hazards = drawn_hazards(row, lots)
    by_object = {one["object"]: one for one in hazards}
    objects = [one for one in row["objects"] if not one.get("absent") or one["id"] in by_object]
    tasks = {kind: [dict(one) for one in row.get(kind, ())] for kind in TASKS}
    tasks["documents"] = _documents(row, drawn_flaws(row, lots))
    return {
        "id": row["id"],
        "version": row["version"],
        "minutes": row["minutes"],
        "modes": list(row.get("modes", ("practice", "check"))),
        "objects": [
            {
                "id": one["id"],
                "kind": one["kind"],
                "at": list(one.get("at") or one["path"][0]),
                "name": one["name"],
                "states": object_states(one, by_object.get(one["id"])),
                "wears": object_wears(one, by_object.get(one["id"])),
            }
            for one in objects
        ],
        "asks_hazards": bool(row.get("hazards")),
        "hazards": [
            {
                key: one[key]
                for key in ("id", "object", "kind", "risk", "control", "text", "why", "norm")
            }
            for one in hazards
        ],
        **tasks,
        "debrief": row["debrief"],
        "best_path": best_path(row, objects, by_object),
    }


def best_path(row: Row, objects: Sequence[Row], hazards: Iterable[str]) -> list[str]:
    """Return the objects to visit in a sensible order: the author's, or nearest first."""
    present = {one["id"]: one for one in objects}
    told = [one for one in row.get("best_path", ()) if one in present]
    wanted = [
        *hazards,
        *(one.get("object") or one.get("person") for kind in TASKS for one in row.get(kind, ())),
    ]
    left = [one for one in dict.fromkeys(wanted) if one in present and one not in told]
    path, here = list(told), row["site"]["start"]["at"]
    if told:
        here = _at(present[told[-1]])
    while left:
        nearest = min(left, key=lambda one: math.dist(here, _at(present[one])))
        left.remove(nearest)
        path.append(nearest)
        here = _at(present[nearest])
    return path


def _at(one: Row) -> Sequence[float]:
    spot: Sequence[float] = one.get("at") or one["path"][0]
    return spot


def _documents(row: Row, flaws: set[tuple[str, str]]) -> list[dict[str, Any]]:
    """Return the documents with what is written in them; a flaw that is not drawn is no flaw."""
    return [
        {
            **document,
            "fields": [
                {
                    **{key: value for key, value in field.items() if key != "flaw"},
                    **({"flaw": field["flaw"]} if (document["id"], field["id"]) in flaws else {}),
                }
                for field in document["fields"]
            ],
        }
        for document in row.get("documents", ())
    ]
