"""Who calls."""

from typing import Any

from psot.api import scopes
from psot.api.contract import operation
from psot.api.identity import caller, token_in_use
from psot.api.schemas.me import MeSchema
from psot.api.words import N_


@operation(
    "/me",
    group="me",
    summary=N_("Who calls"),
    about=N_("The member of the token, and what the token may do."),
    answer=MeSchema,
    scope=scopes.READ,
)
def me() -> dict[str, Any]:
    """Return the calling member."""
    member, token = caller(), token_in_use()
    return {
        "id": member.id,
        "public_name": member.public_name,
        "roles": sorted(member.roles),
        "region": member.region,
        "language": member.language,
        "timezone": member.timezone,
        "scopes": sorted(token.scopes) if token else [],
    }
