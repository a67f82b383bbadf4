"""Who calls: a token in ``Authorization: Bearer``, or for reading the session of a browser."""

from typing import cast

from flask import Flask, g, request
from flask_babel import lazy_gettext as _

from psot import clock
from psot.api import operations, queries
from psot.api.errors import BadToken
from psot.api.queries import TokenView
from psot.database import transaction
from psot.members.queries import current_member, recognise_first, viewer
from psot.members.viewer import Viewer

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
PREFIX = "/api/"


def install(app: Flask) -> None:
    """Let ``app`` recognise a member by a token, before it looks at the browser's session."""
    recognise_first(app, by_token)


def by_token() -> Viewer | None:
    """Return the member whose token came with this request; raises BadToken for a bad one.

    None without a token, and outside the API, where no token opens anything.
    """
    given = request.headers.get("Authorization")
    if given is None or not request.path.startswith(PREFIX):
        return None
    kind, _space, secret = given.partition(" ")
    now = clock.now()
    with transaction() as session:
        token = queries.token_shown(session, secret.strip(), now)
        found = viewer(session, token.member) if token else None
        if kind.lower() != "bearer" or token is None or found is None:
            raise BadToken(_("This token is not valid."))
        if token.last_used_at is None or now - token.last_used_at > operations.USED_EVERY:
            operations.mark_used(session, token=token.id, now=now)
    g.psot_api_token = token
    return found


def token_in_use() -> TokenView | None:
    """Return the token of this request, None where there is none."""
    return cast("TokenView | None", g.get("psot_api_token"))


def caller() -> Viewer:
    """Return the member who calls; the door has made sure that there is one."""
    found = current_member()
    if found is None:
        raise BadToken(_("Sign in or send a token."))
    return found


def optional_caller() -> Viewer | None:
    """Return the member who calls where an operation is open to anybody."""
    return current_member()


def caller_key() -> str:
    """Return what limits are counted by: the token, else the member, else the address."""
    token = token_in_use()
    if token is not None:
        return f"token:{token.id}"
    found = current_member()
    if found is not None:
        return f"member:{found.id}"
    return f"address:{request.remote_addr}"
