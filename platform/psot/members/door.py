"""The door: every request meets its policy here, before anything else looks at it."""

from typing import cast

from flask import Flask, current_app, flash, redirect, request, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response

from psot.config import Settings
from psot.errors import Forbidden, Unauthenticated
from psot.members.queries import current_member
from psot.policies import ROUTES, Policy, refusal


class SecondFactorRequired(Forbidden):
    """A role of the caller asks for a second factor that is not set up."""

    code = "second_factor_required"


def install(app: Flask) -> None:
    """Let nobody pass whom no policy lets; what is not listed is closed."""
    app.before_request(check)


def check() -> Response | None:
    """Refuse, or send to sign in, whoever the policy of this endpoint does not let pass."""
    if request.endpoint is None:
        return None  # no such address or method: routing answers
    policy = ROUTES.get(request.endpoint)
    if policy is None:
        raise Forbidden(lazy_gettext("This address is not open to anybody."))
    if not policy.signed_in:
        return None
    return _answer(policy)


def _answer(policy: Policy) -> Response | None:
    reason = refusal(policy, current_member())
    if not reason:
        return None
    machine = request.path.startswith("/api/")
    if reason == "sign_in_required":
        if machine:
            raise Unauthenticated(lazy_gettext("Sign in first."))
        target = request.full_path.rstrip("?") if request.method == "GET" else "/"
        return _to("security.login", next=target)
    if reason == "second_factor_required":
        if machine:
            raise SecondFactorRequired(lazy_gettext("Your role needs a second factor."))
        flash(gettext("Your role needs a second factor: set it up to go on."), "warning")
        return _to("security.two_factor_setup")
    raise Forbidden(lazy_gettext("Your role does not include this."))


def _to(endpoint: str, **values: str) -> Response:
    return redirect(url_for(endpoint, **values), 303)  # type: ignore[arg-type]  # names of ours only


def settings() -> Settings:
    """Return the settings of the running app."""
    return cast("Settings", current_app.extensions["psot.settings"])
