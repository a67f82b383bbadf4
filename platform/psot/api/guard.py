"""What every call of the API is held to, before its view: token, scope, JSON, nothing unknown."""

from flask import request
from flask_babel import lazy_gettext as _

from psot.api.contract import CONTRACTS, Contract
from psot.api.errors import NotJson, ScopeMissing, TokenNeeded
from psot.api.identity import SAFE, caller, caller_key, token_in_use
from psot.errors import Invalid
from psot.members.queries import current_member
from psot.security.limits import Limit

# Room for a page that polls once a second from each of several tabs.
OFTEN = "300 per minute"
METHODS = ("GET", "POST")

JSON = "application/json"


def check() -> None:
    """Hold the request to the contract of its operation; raises what does not fit."""
    contract = CONTRACTS.get(request.endpoint or "")
    if contract is None:
        return
    # Asked even where anybody may: a bad token is told, never silently taken for no token.
    current_member()
    _check_scope(contract)
    _check_query(contract)
    _check_body(contract)


def limits() -> dict[str, tuple[Limit, ...]]:
    """Return the limits of every operation, counted per token, member or address."""
    return {
        endpoint: (Limit(often=OFTEN, per=caller_key, methods=METHODS),) for endpoint in CONTRACTS
    }


def _check_scope(contract: Contract) -> None:
    if not contract.scope:
        return
    caller()
    token = token_in_use()
    if token is None:
        if request.method not in SAFE:
            raise TokenNeeded(_("Changes need a token: a browser's session only reads here."))
    elif contract.scope not in token.scopes:
        raise ScopeMissing(_("The token was not made for this."), subject=contract.scope)


def _check_query(contract: Contract) -> None:
    if contract.reads_query:
        return
    unknown = {name: [str(_("Unknown field."))] for name in request.args}
    if unknown:
        raise Invalid(_("Some fields do not fit."), fields=unknown)


def _check_body(contract: Contract) -> None:
    if request.method in SAFE:
        return
    if contract.reads_body:
        if request.mimetype != JSON:
            raise NotJson(_("Send JSON."))
    elif request.get_data() not in {b"", b"{}"}:
        raise Invalid(_("Some fields do not fit."), fields={"body": [str(_("Unknown field."))]})
