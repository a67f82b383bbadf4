"""What an action changes in the world: states of objects, and what people wear."""

from collections.abc import Mapping, Sequence

from scoring.workplace.fold import Effect
from scoring.workplace.standing import Standing


def changes(
    standing: Standing,
    sets: Mapping[str, Mapping[str, str]],
    wears: Mapping[str, Sequence[str]],
) -> tuple[Effect, ...]:
    """Return the effects of setting states and dressing people; what is not there stays away."""
    things = standing.course.things
    changed = [
        {"t": "changed", "object": name, "states": dict(states)}
        for name, states in sets.items()
        if name in things
    ]
    dressed = [
        {"t": "dressed", "object": name, "wears": list(items)}
        for name, items in wears.items()
        if name in things
    ]
    return (*changed, *dressed)


def worn_by(standing: Standing, person: str) -> list[str]:
    """Return what a person wears now."""
    worn: Sequence[str] = standing.state["dressed"].get(
        person, standing.course.things[person].wears
    )
    return list(worn)
