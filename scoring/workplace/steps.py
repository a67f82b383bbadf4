"""Procedures: steps in their order, steps that must never be done, waiting, a second person."""

from typing import Final

from scoring.workplace import points, words
from scoring.workplace.conditions import steps_done
from scoring.workplace.course import PROCEDURES, Key, Procedure, Step, Words
from scoring.workplace.standing import (
    CHECK,
    RIGHT,
    WRONG,
    Action,
    Mark,
    Outcome,
    Refused,
    Standing,
)
from scoring.workplace.world import changes

LONGEST_WAIT_MIN: Final = 240
LONGEST_WAITS_MIN: Final = 24 * 60
"""All waits of a run together."""


def step(standing: Standing, action: Action) -> Outcome:
    """Do a step.

    In practice a step out of order does not happen (``done`` is false) and can be done later; in a
    check it happens. Either way its first try was wrong. A critical one ends the run.
    """
    procedure, wanted, by = _asked(standing, action)
    if wanted.forbidden:
        return _forbidden(standing, procedure, wanted)
    fault = out_of_order(standing, procedure, wanted)
    stranger = bool(wanted.by) and by not in wanted.by
    key = f"{procedure.id}.{wanted.id}"
    given = {"by": by}
    marks: dict[Key, Mark] = {
        ("step", key): Mark(earned=0, verdict=WRONG, given=given)
        if fault or stranger
        else Mark(earned=points.STEP, verdict=RIGHT, given=given)
    }
    if fault:
        marks["order", key] = Mark(earned=points.ORDER_ERROR, verdict=WRONG)
    wrong = fault or (words.SECOND_PERSON if stranger else None)
    done = not wrong or standing.mode == CHECK
    effect = {
        "t": "stepped",
        "procedure": procedure.id,
        "step": wanted.id,
        "by": by,
        "verdict": standing.told(WRONG if wrong else RIGHT),
        "done": done,
        "text": standing.words(wrong or wanted.why),
    }
    follows = changes(standing, wanted.sets, wanted.wears) if done else ()
    return Outcome(
        effects=(effect, *follows),
        marks=marks,
        critical=bool(fault) and wanted.critical,
        why=words.joined((fault, wanted.why)),
    )


def wait(standing: Standing, action: Action) -> Outcome:
    """Let simulated minutes pass; they are no part of the time that a run takes."""
    minutes = action["minutes"]
    total = standing.state["waited_min"] + minutes
    if not 1 <= minutes <= LONGEST_WAIT_MIN or total > LONGEST_WAITS_MIN:
        raise Refused("too_long", str(minutes))
    return Outcome(effects=({"t": "waited", "minutes": minutes},))


def out_of_order(standing: Standing, procedure: Procedure, wanted: Step) -> Words | None:
    """Say why it is too early for a step; None where it is its time."""
    if not steps_done(standing, procedure.id).issuperset(wanted.after):
        return words.TOO_EARLY
    return words.MUST_WAIT if minutes_left(standing, procedure, wanted) > 0 else None


def minutes_left(standing: Standing, procedure: Procedure, wanted: Step) -> int:
    """Return the simulated minutes that must still pass; steps it waits on must be done."""
    since = max((standing.done_min[procedure.id, one] for one in wanted.since), default=0)
    waited: int = standing.state["waited_min"]
    return wanted.wait_min - (waited - since)


def _asked(standing: Standing, action: Action) -> tuple[Procedure, Step, str]:
    name, by = action["procedure"], action.get("by", "")
    standing.opened(PROCEDURES, name)
    procedure = standing.course.procedures[name]
    wanted = procedure.steps.get(action["step"])
    if wanted is None:
        raise Refused("unknown", action["step"])
    if by and by not in standing.course.things:
        raise Refused("unknown", by)
    tried = ("forbidden", f"{name}.{wanted.id}") in standing.marks
    if tried or wanted.id in steps_done(standing, name):
        raise Refused("already", wanted.id)
    return procedure, wanted, by


def _forbidden(standing: Standing, procedure: Procedure, wanted: Step) -> Outcome:
    effect = {
        "t": "stepped",
        "procedure": procedure.id,
        "step": wanted.id,
        "by": "",
        "verdict": standing.told(WRONG),
        "done": standing.mode == CHECK,
        "text": standing.words(wanted.why),
    }
    key = f"{procedure.id}.{wanted.id}"
    return Outcome(
        effects=(effect,),
        marks={("forbidden", key): Mark(earned=points.FORBIDDEN, verdict=WRONG)},
        critical=wanted.critical,
        why=wanted.why,
    )
