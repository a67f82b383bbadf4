"""What may be shown of a scenario before anything is known: it has no answers."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from content.quiz.names import Names
from content.scenarios.kit import CONTROLS, HAZARD_KINDS, kit, usual_states
from content.scenarios.lots import Lots, drawn_flaws, drawn_hazards

Row = Mapping[str, Any]
Public = dict[str, Any]
Told = Mapping[str, str] | Names | None

TASKS: Final = ("procedures", "ppe", "measurements", "documents", "decisions")
"""Kinds of tasks, as they are called in a file and on the wire."""


def public(row: Row, *, seed: int, language: str) -> Public:
    """Return the scenario as the browser gets it (``Scenario`` of the front end's types.ts).

    ``row`` holds against its schema. Only tasks that are open from the beginning are in it.
    """
    lots = Lots(scenario=row["id"], seed=seed)
    hazards = {one["object"]: one for one in drawn_hazards(row, lots)}
    return {
        "id": row["id"],
        "version": row["version"],
        "title": _in(row["title"], language),
        "intro": _in(row["intro"], language),
        "minutes": row["minutes"],
        "site": {"windows": [], **row["site"]},
        "zones": [{**one, "name": _in(one["name"], language)} for one in row.get("zones", ())],
        "objects": [
            _placed(one, hazards.get(one["id"]), language)
            for one in row["objects"]
            if not one.get("absent") or one["id"] in hazards
        ],
        "hazards": {
            "kinds": _choices(HAZARD_KINDS, HAZARD_KINDS, language),
            "controls": _choices(CONTROLS, CONTROLS, language),
            "total": len(hazards),
        }
        if row.get("hazards")
        else None,
        "instruments": _choices(kit()["instruments"], kit()["instruments"], language)
        if row.get("measurements")
        else [],
        "tasks": {
            kind: [
                task(row, kind, one["id"], seed=seed, language=language)
                for one in row.get(kind, ())
                if not one.get("opens")
            ]
            for kind in TASKS
        },
    }


def task(row: Row, kind: str, id_: str, *, seed: int, language: str) -> Public:
    """Return the public form of one task; ``kind`` is one of `TASKS`."""
    lots = Lots(scenario=row["id"], seed=seed)
    found = next(one for one in row[kind] if one["id"] == id_)
    return _FORMS[kind](row, found, lots, language)


def _placed(one: Row, hazard: Row | None, language: str) -> Public:
    changed: Row = hazard or {}
    return {
        "id": one["id"],
        "kind": one["kind"],
        "at": one.get("at") or one["path"][0],
        "y": one.get("y", 0),
        "turn": one.get("turn", 0),
        "name": _in(one["name"], language),
        "look": _in(changed.get("look", one["look"]), language),
        "states": object_states(one, hazard),
        "wears": object_wears(one, hazard),
        "path": one.get("path", []),
        "size": one.get("size", 1),
        "model": one.get("model", ""),
    }


def object_states(one: Row, hazard: Row | None) -> dict[str, str]:
    """Return every state of an object with the hazard's, where there is one."""
    changed: Row = hazard or {}
    return {**usual_states(one["kind"]), **one.get("states", {}), **changed.get("states", {})}


def object_wears(one: Row, hazard: Row | None) -> list[str]:
    """Return what an object wears, or what the hazard has made of it."""
    changed: Row = hazard or {}
    return list(changed.get("wears", one.get("wears", ())))


def _procedure(_: Row, one: Row, lots: Lots, language: str) -> Public:
    offered = [*one["steps"], *one.get("forbidden", ())]
    return {
        "id": one["id"],
        "title": _in(one["title"], language),
        "intro": _in(one.get("intro"), language),
        "object": one["object"],
        "steps": [
            {
                "id": step["id"],
                "text": _in(step["text"], language),
                "asks_person": bool(step.get("by")),
            }
            for step in lots.shuffled(offered, one["id"], lambda each: str(each["id"]))
        ],
    }


def _ppe(_: Row, one: Row, lots: Lots, language: str) -> Public:
    offer = lots.shuffled(one["offer"], f"ppe:{one['id']}", str)
    return {
        "id": one["id"],
        "task": _in(one["task"], language),
        "person": one.get("person", ""),
        "offer": _choices(offer, kit()["wears"], language),
    }


def _measurement(_: Row, one: Row, __: Lots, language: str) -> Public:
    return {
        "id": one["id"],
        "object": one["object"],
        "point": _in(one["point"], language),
        "unit": _in(one["unit"], language),
    }


def _document(row: Row, one: Row, lots: Lots, language: str) -> Public:
    flaws = drawn_flaws(row, lots)
    return {
        "id": one["id"],
        "object": one["object"],
        "title": _in(one["title"], language),
        "kind": one["kind"],
        "fields": [
            {
                "id": field["id"],
                "name": _in(field["name"], language),
                "value": _in(
                    field["flaw"]["value"] if (one["id"], field["id"]) in flaws else field["value"],
                    language,
                ),
            }
            for field in one["fields"]
        ],
    }


def _decision(_: Row, one: Row, lots: Lots, language: str) -> Public:
    return {
        "id": one["id"],
        "text": _in(one["text"], language),
        "object": one.get("object", ""),
        "time_s": one.get("time_s"),
        "options": [
            {"id": option["id"], "text": _in(option["text"], language)}
            for option in lots.shuffled(one["options"], one["id"], lambda each: str(each["id"]))
        ],
    }


_FORMS: Final[Mapping[str, Callable[[Row, Row, Lots, str], Public]]] = {
    "procedures": _procedure,
    "ppe": _ppe,
    "measurements": _measurement,
    "documents": _document,
    "decisions": _decision,
}


def _in(names: Told, language: str) -> str:
    if isinstance(names, Names):
        return names.in_language(language)
    return "" if names is None else str(names["en" if language == "en" else "ru"])


def _choices(ids: Iterable[str], names: Mapping[str, Told], language: str) -> list[Public]:
    return [{"id": one, "name": _in(names[one], language)} for one in ids]
