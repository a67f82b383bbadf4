"""Measuring with the right instrument, and what follows from the value."""

from scoring.workplace import points
from scoring.workplace.course import MEASUREMENTS
from scoring.workplace.standing import (
    RIGHT,
    WRONG,
    Action,
    Mark,
    Outcome,
    Refused,
    Standing,
)


def measure(standing: Standing, action: Action) -> Outcome:
    """Measure; a wrong instrument shows nothing, and another may be taken."""
    name, instrument = action["measurement"], action["instrument"]
    standing.opened(MEASUREMENTS, name)
    if standing.state["measured"].get(name, {}).get("value"):
        raise Refused("already", name)
    task = standing.course.measurements[name]
    right = instrument == task.instrument
    verdict = RIGHT if right else WRONG
    effect = {
        "t": "measured",
        "measurement": name,
        "instrument": instrument,
        "verdict": standing.told(verdict),
        "value": task.value if right else "",
        "text": None,
    }
    mark = Mark(
        earned=points.MEASURED if right else 0, verdict=verdict, given={"instrument": instrument}
    )
    return Outcome(effects=(effect,), marks={("measure", name): mark})


def conclude(standing: Standing, action: Action) -> Outcome:
    """Say whether a measured value is safe; to take danger for safety may end the run."""
    name, answer = action["measurement"], action["verdict"]
    standing.opened(MEASUREMENTS, name)
    if answer not in ("safe", "unsafe"):
        raise Refused("unknown", answer)
    if not standing.state["measured"].get(name, {}).get("value"):
        raise Refused("not_measured", name)
    if name in standing.state["concluded"]:
        raise Refused("already", name)
    task = standing.course.measurements[name]
    right = answer == task.verdict
    verdict = RIGHT if right else WRONG
    effect = {
        "t": "concluded",
        "measurement": name,
        "answer": answer,
        "verdict": standing.told(verdict),
        "text": standing.words(task.why),
    }
    mark = Mark(earned=points.CONCLUDED if right else 0, verdict=verdict, given={"verdict": answer})
    return Outcome(
        effects=(effect,),
        marks={("conclude", name): mark},
        critical=task.critical and not right and answer == "safe",
        why=task.why,
    )
