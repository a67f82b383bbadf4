"""Small sites to look at: what a scenario shows its members, built by hand."""

from typing import Any

from content.scenarios import usual_states


def thing(
    id_: str, kind: str, at: tuple[float, float], *, turn: float = 0, **states: str
) -> dict[str, Any]:
    """An object of the kit on its place, in its usual state but for ``states``."""
    return {
        "id": id_,
        "kind": kind,
        "at": list(at),
        "y": 0,
        "turn": turn,
        "name": id_.capitalize(),
        "look": "Стоит на месте.",
        "states": usual_states(kind) | states,
        "wears": [],
        "path": [],
        "size": 1,
        "model": "",
    }


def site(kind: str = "room", **changes: Any) -> dict[str, Any]:
    """A site of 12 by 9 metres whose visitors stand in the south and look to the north."""
    plain = {
        "kind": kind,
        "size": [12, 9],
        "height": 4.5,
        "floor": "concrete",
        "windows": ["north"],
        "start": {"at": [0, 3], "look": [0, -2]},
    }
    return plain | changes


def scenario(*objects: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A scenario with ``objects`` and nothing to do but to look for hazards."""
    plain = {
        "id": "scene",
        "version": 1,
        "title": "Сцена",
        "intro": "",
        "minutes": 8,
        "site": site(),
        "zones": [
            {
                "id": "aisle",
                "name": "Проход",
                "kind": "walkway",
                "area": [[-6, 0], [6, 0], [6, 1.4], [-6, 1.4]],
            }
        ],
        "objects": list(objects),
        "hazards": {"kinds": [], "controls": [], "total": 1},
        "instruments": [],
        "tasks": {
            "procedures": [],
            "ppe": [],
            "measurements": [],
            "documents": [],
            "decisions": [],
        },
    }
    return plain | changes
