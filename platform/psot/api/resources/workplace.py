"""Runs of the virtual workplace, as other learning systems read them."""

from typing import Any, cast
from uuid import UUID

from flask import current_app, url_for

from psot.api import scopes
from psot.api.contract import operation
from psot.api.identity import caller, token_in_use
from psot.api.schemas.workplace import StatementsQuery, StatementsSchema
from psot.api.words import N_
from psot.config import Settings
from psot.database import transaction
from psot.members.viewer import Viewer
from psot.observability.logs import security_log
from psot.policies import ORGANIZER
from psot.workplace.reporting import reported


@operation(
    "/workplace/runs/<uuid:run>/statements",
    group="workplace",
    summary=N_("A run as xAPI statements"),
    about=N_(
        "Its start, every action and its end, of a run under way as far as it has come. Members"
        " read their own runs; organizers read anybody's, with a token that may operate."
    ),
    answer=StatementsSchema,
    query=StatementsQuery,
    scope=scopes.READ,
    errors=(404,),
)
def run_statements(query: dict[str, Any], run: UUID) -> dict[str, Any]:
    """Return one page of a run's statements."""
    member = caller()
    first, limit = int(query["cursor"]), int(query["limit"])
    settings = cast("Settings", current_app.extensions["psot.settings"])
    with transaction() as session:
        found = reported(
            session,
            run=run,
            member=None if _oversees(member) else member.id,
            base_url=settings.base_url,
            skip=first,
            limit=limit,
        )
    if found.member != member.id:
        security_log().info("run_read", member=str(member.id), run=str(run))
    here = "api.run_statements"
    return {
        "statements": found.statements,
        "more": ""
        if found.next is None
        else url_for(here, run=run, cursor=str(found.next), limit=limit),
    }


def _oversees(member: Viewer) -> bool:
    """Tell whether the caller may read anybody's runs: a token has to be made for it."""
    token = token_in_use()
    allowed = token is None or scopes.OPERATE in token.scopes
    return allowed and member.has_role(*ORGANIZER.roles)
