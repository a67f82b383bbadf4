"""Decisions and their consequences, and decisions that time takes."""

from scoring.workplace import points
from scoring.workplace.course import DECISIONS, Decision, Option
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
from scoring.workplace.world import changes

BEST: int = 100
"""Percent of the points that the best option has."""


def decide(standing: Standing, action: Action) -> Outcome:
    """Decide; no option at all means that time has run out, where there is a limit."""
    name, chosen = action["decision"], action["option"]
    standing.opened(DECISIONS, name)
    if name in standing.state["decided"]:
        raise Refused("already", name)
    decision = standing.course.decisions[name]
    if not chosen and decision.time_ms is not None:
        return time_out(standing, decision)
    if chosen not in decision.options:
        raise Refused("unknown", chosen)
    option = decision.options[chosen]
    earned = points.DECISION * option.score // BEST
    verdict = RIGHT if option.score == BEST else PARTLY if earned else WRONG
    return _outcome(standing, decision, option, Mark(earned=earned, verdict=verdict))


def overdue(standing: Standing, at_ms: int) -> list[Decision]:
    """Return the decisions that time has taken by ``at_ms``, the earliest first."""
    late = [
        (standing.open_ms[DECISIONS, one.id] + one.time_ms, one)
        for one in standing.course.decisions.values()
        if one.time_ms is not None
        and (DECISIONS, one.id) in standing.open_ms
        and one.id not in standing.state["decided"]
    ]
    due = [one for one in late if one[0] + points.GRACE_MS < at_ms]
    return [decision for _, decision in sorted(due, key=lambda one: one[0])]


def time_out(standing: Standing, decision: Decision) -> Outcome:
    """Let happen what happens without a decision; it earns nothing."""
    option = decision.options[decision.on_time_out]
    return _outcome(standing, decision, option, Mark(earned=0, verdict=WRONG), in_time=False)


def _outcome(
    standing: Standing, decision: Decision, option: Option, mark: Mark, *, in_time: bool = True
) -> Outcome:
    given = {"option": option.id, "in_time": in_time}
    effect = {
        "t": "decided",
        "decision": decision.id,
        "option": option.id,
        "in_time": in_time,
        "verdict": standing.told(mark.verdict),
        "text": standing.words(joined((option.then, option.why or decision.why))),
    }
    worth = Mark(earned=mark.earned, verdict=mark.verdict, given=given)
    return Outcome(
        effects=(effect, *changes(standing, option.sets, option.wears)),
        marks={("decision", decision.id): worth},
        critical=option.critical,
        why=joined((option.then, option.why)),
    )
