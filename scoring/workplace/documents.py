"""Papers in which something may be wrong or missing."""

from scoring.workplace import points
from scoring.workplace.course import DOCUMENTS
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
from scoring.workplace.words import joined


def mark(standing: Standing, action: Action) -> Outcome:
    """Mark the fields of a document that are not as they should be; none may be right."""
    name, fields = action["document"], list(action["fields"])
    standing.opened(DOCUMENTS, name)
    if name in standing.state["marked"]:
        raise Refused("already", name)
    task = standing.course.documents[name]
    marked = set(fields)
    if len(marked) < len(fields) or not marked <= task.fields:
        raise Refused("unknown", name)
    flaws = set(task.flaws)
    earned = max(0, points.FLAW * len(marked & flaws) + points.MISMARKED * len(marked - flaws))
    verdict = RIGHT if marked == flaws else PARTLY if earned else WRONG
    effect = {
        "t": "marked",
        "document": name,
        "fields": fields,
        "verdict": standing.told(verdict),
        "text": standing.words(joined(one.why for one in task.flaws.values())),
    }
    worth = Mark(earned=earned, verdict=verdict, given={"fields": fields})
    return Outcome(effects=(effect,), marks={("document", name): worth})
