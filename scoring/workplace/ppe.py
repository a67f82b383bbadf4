"""Protection for a job: what is needed, what may be worn, what must not."""

from scoring.workplace import points
from scoring.workplace.course import PPE
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
from scoring.workplace.world import changes, worn_by


def wear(standing: Standing, action: Action) -> Outcome:
    """Put protection on, oneself or a person; what is neither needed nor forbidden is no matter."""
    name, items = action["ppe"], list(action["items"])
    standing.opened(PPE, name)
    if name in standing.state["worn"]:
        raise Refused("already", name)
    task = standing.course.ppe[name]
    worn = set(items)
    if len(worn) < len(items) or not worn <= {*task.offer}:
        raise Refused("unknown", name)
    right, wrong = worn & task.need, worn & task.forbid
    earned = max(0, points.WORN * (len(right) - len(wrong)))
    exact = right == task.need and not wrong
    verdict = RIGHT if exact else PARTLY if earned else WRONG
    effect = {
        "t": "worn",
        "ppe": name,
        "items": items,
        "verdict": standing.told(verdict),
        "text": standing.words(task.why),
    }
    dressed = {}
    if task.person:
        kept = [one for one in worn_by(standing, task.person) if one not in task.offer]
        dressed = {task.person: [*kept, *items]}
    return Outcome(
        effects=(effect, *changes(standing, {}, dressed)),
        marks={("ppe", name): Mark(earned=earned, verdict=verdict, given={"items": items})},
        critical=bool(task.critical & (wrong | (task.need - worn))),
        why=task.why,
    )
