"""What is told once a run has ended: line by line what was missed, where, why, by which norm."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext
from sqlalchemy.orm import Session

from content import scenarios as forms
from content.quiz import Act, Norm
from psot.library import queries as library
from psot.workplace import queries
from psot.workplace.given import Told, tellings
from psot.workplace.values import RunView
from scoring.workplace import Part, Score

Row = Mapping[str, Any]

KINDS = {
    "hazard": "hazard",
    "false_alarm": "false_alarm",
    "step": "step",
    "order": "step",
    "forbidden": "step",
    "measurement": "measurement",
    "ppe": "ppe",
    "flaw": "document",
    "mismarked": "document",
    "decision": "decision",
}
"""Kinds of parts as the page calls them."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a debrief; ``number`` is its place on the page."""

    number: int
    kind: str
    id: str
    object: str
    verdict: str
    title: str
    text: str
    place: str
    """Where it is, in words."""
    earned: int
    possible: int
    told: tuple[Told, ...]
    """What was answered, and what would have been right."""
    norm: Norm | None
    act: Act | None


@dataclass(frozen=True, kw_only=True)
class Sum:
    """What all parts of a kind came to."""

    kind: str
    earned: int
    possible: int


@dataclass(frozen=True, kw_only=True)
class Debrief:
    """All of a debrief, and the data of its replay."""

    run: RunView
    score: Score
    lines: Sequence[Line]
    sums: Sequence[Sum]
    best: Sequence[tuple[str, str]]
    """Objects of the best path, id and name."""
    lesson: str
    data: Mapping[str, Any] = field(repr=False)

    @property
    def missed(self) -> list[Line]:
        """The lines to learn from."""
        return [one for one in self.lines if one.verdict != "right"]

    @property
    def right(self) -> list[Line]:
        """The lines that were right."""
        return [one for one in self.lines if one.verdict == "right"]


def debrief(session: Session, run: RunView, *, language: str) -> Debrief:
    """Return the debrief of an ended run."""
    row = library.scenario(session, run.scenario, run.version).row
    judgement = queries.score_of(session, run)
    lines = list(_lines(session, row, judgement.score.parts, language))
    names = {one["id"]: forms_text(one["name"], language) for one in row["objects"]}
    best = [(one, names[one]) for one in judgement.course.best_path]
    return Debrief(
        run=run,
        score=judgement.score,
        lines=lines,
        sums=_sums(judgement.score.parts),
        best=best,
        lesson=forms_text(row["debrief"], language),
        data={
            "scenario": forms.public(row, seed=run.seed, language=language),
            "duration_ms": run.duration_ms or 0,
            "lines": [_wire(one) for one in lines],
            "path": queries.way(session, run.id),
            "actions": [
                {
                    "at_ms": one.at_ms,
                    "action": one.action,
                    "verdict": next(
                        (effect["verdict"] for effect in one.effects if "verdict" in effect), ""
                    ),
                }
                for one in queries.deeds(session, run.id)
            ],
            "best": [one for one, _ in best],
        },
    )


def forms_text(names: Mapping[str, str] | None, language: str) -> str:
    """Return a text of a scenario in ``language``."""
    return "" if names is None else str(names["en" if language == "en" else "ru"])


def _lines(session: Session, row: Row, parts: Sequence[Part], language: str) -> Iterator[Line]:
    norms, acts = library.norms(session), library.acts(session)
    shown = [one for one in parts if _is_shown(one, parts)]
    shown.sort(key=lambda one: one.verdict == "right")
    for number, part in enumerate(shown, 1):
        norm = norms.get(part.norm)
        yield Line(
            number=number,
            kind=KINDS[part.kind],
            id=part.id,
            object=part.object,
            verdict=part.verdict,
            title=forms_text(part.text, language),
            text=_why(part, language),
            place=place(row, part.object, language),
            earned=part.earned,
            possible=part.possible,
            told=tuple(tellings(row, part, language)),
            norm=norm,
            act=acts.get(norm.act) if norm else None,
        )


def _is_shown(part: Part, parts: Sequence[Part]) -> bool:
    """A step out of order is told once: by the step itself, where that is not right."""
    if part.kind == "order":
        return any(
            one.kind == "step" and one.id == part.id and one.verdict == "right" for one in parts
        )
    return bool(part.possible or part.earned or part.verdict == "wrong")


def _why(part: Part, language: str) -> str:
    why = forms_text(part.why, language)
    if part.kind == "false_alarm":
        return str(gettext("There is nothing dangerous here: this was a false alarm."))
    if part.kind == "mismarked":
        return str(gettext("These fields are filled in as they should be."))
    if part.kind == "order":
        return " ".join(filter(None, (gettext("This was done out of order."), why)))
    if part.kind == "forbidden":
        return " ".join(filter(None, (gettext("This must never be done."), why)))
    return why


def place(row: Row, id_: str, language: str) -> str:
    """Return where an object is: its name, and the zone that it stands in."""
    found = next((one for one in row["objects"] if one["id"] == id_), None)
    if found is None:
        return ""
    name = forms_text(found["name"], language)
    spot = found.get("at") or found["path"][0]
    zone = next((one for one in row.get("zones", ()) if _inside(spot, one["area"])), None)
    if zone is None:
        return name
    return f"{name} ({forms_text(zone['name'], language)})"


def _inside(spot: Sequence[float], area: Sequence[Sequence[float]]) -> bool:
    """Tell whether a point lies in a polygon, by the crossings of a ray to the right."""
    x, z = spot
    inside = False
    for (ax, az), (bx, bz) in zip(area, [*area[1:], area[0]], strict=True):
        if (az > z) != (bz > z) and x < (bx - ax) * (z - az) / (bz - az) + ax:
            inside = not inside
    return inside


def _sums(parts: Sequence[Part]) -> list[Sum]:
    kinds = dict.fromkeys(KINDS[one.kind] for one in parts)
    return [
        Sum(
            kind=kind,
            earned=sum(one.earned for one in parts if KINDS[one.kind] == kind),
            possible=sum(one.possible for one in parts if KINDS[one.kind] == kind),
        )
        for kind in kinds
    ]


def _wire(line: Line) -> dict[str, Any]:
    """Return a line as the replay gets it: ``DebriefLine`` of the front end's types.ts."""
    told = " ".join(f"{one.label}: {one.text}." for one in line.told)
    return {
        "kind": line.kind,
        "id": line.id,
        "object": line.object,
        "verdict": line.verdict,
        "title": line.title,
        "text": " ".join(filter(None, (line.text, told))),
        "norm": line.norm.id if line.norm else "",
    }
