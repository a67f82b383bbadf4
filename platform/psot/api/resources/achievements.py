"""A member's own achievements."""

from typing import Any

from psot import clock
from psot.achievements import queries
from psot.api import scopes
from psot.api.contract import operation
from psot.api.identity import caller
from psot.api.schemas.achievements import AchievementsPage
from psot.api.words import N_
from psot.database import transaction


@operation(
    "/me/achievements",
    group="me",
    summary=N_("My achievements"),
    about=N_("Those earned, with the fact each rests on, and how far the others are."),
    answer=AchievementsPage,
    scope=scopes.READ,
)
def own_achievements() -> dict[str, Any]:
    """Return the caller's achievements."""
    member = caller()
    with transaction() as session:
        found = queries.mine(session, member.id, clock.now())
    return {
        "items": [
            {
                "name": one.name,
                "held": [
                    {"subject": each.subject, "earned_at": each.at, "fact": each.seq}
                    for each in one.held
                ],
                "done": one.done,
                "need": one.need,
            }
            for one in found
        ],
        "next": None,
    }
