"""Looking, reporting what is dangerous, and saying what it is and what helps against it."""

from typing import Final

from scoring.workplace import points
from scoring.workplace.course import Key
from scoring.workplace.standing import (
    PARTLY,
    RIGHT,
    WRONG,
    Action,
    Mark,
    Outcome,
    Refused,
    Standing,
)

KINDS: Final = frozenset({"physical", "chemical", "biological", "psychophysiological"})
CONTROLS: Final = frozenset({"eliminate", "replace", "engineering", "organise", "ppe"})


def look(standing: Standing, action: Action) -> Outcome:
    """Look closer at an object: worth nothing, and taken down."""
    _there(standing, action["object"])
    return Outcome(effects=({"t": "looked", "object": action["object"]},))


def report(standing: Standing, action: Action) -> Outcome:
    """Say that something is dangerous; a false alarm costs."""
    name = action["object"]
    _there(standing, name)
    if not standing.course.asks_hazards:
        raise Refused("not_asked", name)
    if name in standing.state["reported"]:
        raise Refused("already", name)
    hazard = standing.course.hazards.get(name)
    if hazard is None:
        verdict, earned = WRONG, points.FALSE_ALARM
    else:
        verdict, earned = RIGHT, points.FOUND[hazard.risk]
    text = hazard.text if hazard else None
    effect = {
        "t": "reported",
        "object": name,
        "verdict": standing.told(verdict),
        "text": standing.words(text),
    }
    return Outcome(
        effects=(effect,), marks={("report", name): Mark(earned=earned, verdict=verdict)}
    )


def assess(standing: Standing, action: Action) -> Outcome:
    """Say of which kind a reported hazard is and which control is right."""
    name, kind, control = action["object"], action["hazard_kind"], action["control"]
    _there(standing, name)
    if kind not in KINDS or control not in CONTROLS:
        raise Refused("unknown", kind if kind not in KINDS else control)
    if name in standing.state["assessed"]:
        raise Refused("already", name)
    # In practice it is known that an alarm was false. In a check nothing is: all can be assessed.
    if standing.state["reported"].get(name, WRONG) == WRONG:
        raise Refused("not_open", name)
    hazard = standing.course.hazards.get(name)
    right_kind = hazard is not None and hazard.kind == kind
    right_control = hazard is not None and hazard.control == control
    earned = right_kind * points.KIND + right_control * points.CONTROL
    verdict = RIGHT if right_kind and right_control else PARTLY if earned else WRONG
    given = {"kind": kind, "control": control}
    marks: dict[Key, Mark] = {("assess", name): Mark(earned=earned, verdict=verdict, given=given)}
    effect = {
        "t": "assessed",
        "object": name,
        "hazard_kind": kind,
        "control": control,
        "verdict": standing.told(verdict),
        "text": standing.words(hazard.why if hazard else None),
    }
    return Outcome(effects=(effect,), marks=marks)


def _there(standing: Standing, name: str) -> None:
    if name not in standing.course.things:
        raise Refused("unknown", name)
