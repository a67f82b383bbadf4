"""What writing a scenario needs: those there are, a beginning, the words of a map of misses."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from psot.library import desk
from psot.library import queries as library
from psot.library.desk import Line, Opened
from psot.workplace.debrief import KINDS as PAGE_KINDS
from psot.workplace.debrief import forms_text

__all__ = ["LONGEST_NAME", "PAGE_KINDS", "fresh", "opened", "pack", "shelf", "titles"]

KIND = "scenario"
LONGEST_NAME = 40
MOST = 200


def shelf(session: Session) -> list[Line]:
    """Return every scenario, drafts and retired ones among them."""
    found: list[Line] = []
    while True:
        page = desk.listed(session, desk.Wanted(kind=KIND, page=len(found) // desk.A_PAGE + 1))
        found += page.lines
        if len(found) >= min(page.total, MOST) or not page.lines:
            return found


def opened(session: Session, name: str) -> Opened | None:
    """Return a scenario on the desk, or None."""
    return desk.opened(session, KIND, name) if desk.exists(session, KIND, name) else None


def pack(session: Session) -> str:
    """Return the pack that a new scenario belongs to."""
    return next(iter(library.packs(session)), "start")


def fresh(session: Session, name: str) -> dict[str, Any]:
    """Return the row that a new scenario begins with: small, and to be filled."""
    topic = next(iter(library.topics(session)), "risk")
    both = {"ru": "", "en": ""}
    return {
        "id": name,
        "title": both.copy(),
        "intro": both.copy(),
        "topics": [topic],
        "minutes": 8,
        "site": {
            "kind": "room",
            "size": [12, 9],
            "height": 4,
            "floor": "concrete",
            "windows": ["north"],
            "start": {"at": [0, 3], "look": [0, 0]},
        },
        "zones": [],
        "objects": [
            {
                "id": "bench",
                "kind": "workbench",
                "at": [-3, -2],
                "turn": 0,
                "name": {"ru": "Верстак", "en": "Workbench"},
                "look": both.copy(),
            }
        ],
        "hazards": [],
        "debrief": both.copy(),
    }


def titles(row: Mapping[str, Any], language: str) -> dict[tuple[str, str], str]:
    """Return what each part of a scenario is called, by the kind and id of its outcome."""

    def text(names: Mapping[str, str]) -> str:
        return forms_text(names, language)

    found = {("hazard", one["id"]): text(one["text"]) for one in row.get("hazards", ())}
    found |= {("false_alarm", one["id"]): text(one["name"]) for one in row["objects"]}
    for one in row.get("procedures", ()):
        for step in one["steps"]:
            found["step", f"{one['id']}.{step['id']}"] = text(step["text"])
    found |= {("ppe", one["id"]): text(one["task"]) for one in row.get("ppe", ())}
    found |= {("measurement", one["id"]): text(one["point"]) for one in row.get("measurements", ())}
    found |= {("decision", one["id"]): text(one["text"]) for one in row.get("decisions", ())}
    for one in row.get("documents", ()):
        for field in one["fields"]:
            name = f"{text(one['title'])}: {text(field['name'])}"
            found["flaw", f"{one['id']}.{field['id']}"] = name
    return found
