"""Racing: the same calls as over the socket. Nothing that is sent here holds a key."""

from typing import Any
from uuid import UUID

from psot.api import scopes
from psot.api.contract import operation
from psot.api.identity import caller
from psot.api.schemas.course import (
    EnterBody,
    EnteredSchema,
    LookBody,
    LookedSchema,
    RaceAnswerBody,
    RaceAnsweredSchema,
)
from psot.api.words import N_
from psot.clock import now
from psot.course import actions


@operation(
    "/races/<uuid:race_id>/enter",
    group="races",
    method="POST",
    summary=N_("Take the racer's seat"),
    about=N_("A newer seat takes over: the older one is refused from then on."),
    answer=EnteredSchema,
    body=EnterBody,
    scope=scopes.ANSWER,
    errors=(404, 409),
)
def enter_race(body: dict[str, Any], race_id: UUID) -> dict[str, Any]:  # noqa: ARG001 - an empty body, checked
    """Take the caller's seat in a race."""
    received_at = now()
    return actions.enter(race_id, caller().id, received_at)


@operation(
    "/races/<uuid:race_id>/look",
    group="races",
    method="POST",
    summary=N_("Where the racer is"),
    about=N_("The next task is stored and shown where it is due: its time begins to run."),
    answer=LookedSchema,
    body=LookBody,
    scope=scopes.ANSWER,
    errors=(404, 409),
)
def look_race(body: dict[str, Any], race_id: UUID) -> dict[str, Any]:
    """Return where the caller is."""
    received_at = now()
    return actions.look({**body, "race": race_id}, caller().id, received_at)


@operation(
    "/races/<uuid:race_id>/answers",
    group="races",
    method="POST",
    summary=N_("Answer the task shown"),
    about=N_(
        "The first answer wins: the same one again gets the same outcome, another is a conflict."
    ),
    answer=RaceAnsweredSchema,
    body=RaceAnswerBody,
    scope=scopes.ANSWER,
    errors=(404, 409),
)
def answer_race(body: dict[str, Any], race_id: UUID) -> dict[str, Any]:
    """Take an answer of the caller."""
    received_at = now()
    return actions.answer({**body, "race": race_id}, caller().id, received_at)
