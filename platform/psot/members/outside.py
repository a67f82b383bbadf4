"""Outside sign-in: one OpenID Connect provider by configuration, none built in.

Authorization code with PKCE (S256), state and nonce; the id token's signature, issuer, audience and
times are checked against the provider's published keys. An account is found by the provider's
subject only. An address counts for nothing unless the provider vouches for it, and never opens an
account that exists already: its owner signs in first and links it.
"""

from dataclasses import asdict, dataclass
from typing import Any, cast

import structlog
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.flask_client import OAuth
from authlib.oauth2.rfc6749.errors import OAuth2Error
from flask import Flask, abort, current_app, flash, render_template, request, session, url_for
from flask_babel import gettext
from flask_security.proxies import _security
from joserfc.errors import JoseError
from requests import RequestException
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from psot import clock
from psot.config import Settings
from psot.database import transaction
from psot.members import arrival_mark, consents, operations
from psot.members.arrivals import sign_in
from psot.members.errors import EmailTaken, UnfitDetails
from psot.members.forms import ArrivalForm, consents_of, details_of, show
from psot.members.models import Member, OutsideIdentity
from psot.members.pages import blueprint, to
from psot.members.queries import current_member

# What the provider said of somebody who has no account yet, while they fill in the rest.
ARRIVING = "outside_arriving"
TIMEOUT_S = 10
_OAUTH = "psot.members.oauth"
_log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody as the provider vouches for them."""

    issuer: str
    subject: str
    email: str
    name: str


def install(app: Flask) -> None:
    """Know the provider of the settings, if there is one; nothing is fetched before its use."""
    settings = cast("Settings", app.extensions["psot.settings"])
    app.add_template_global(_label, "outside_sign_in")
    if not settings.oidc_issuer:
        return
    oauth = OAuth(app)
    oauth.register(
        name="outside",
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret or None,
        server_metadata_url=settings.oidc_issuer.rstrip("/") + "/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid email profile",
            "code_challenge_method": "S256",
            "default_timeout": TIMEOUT_S,
        },
    )
    app.extensions[_OAUTH] = oauth


@blueprint.get("/sign-in/outside")
def outside_start() -> Response:
    """Send the browser to the provider."""
    back = _settings().base_url + url_for("members.outside_back")
    try:
        return cast("Response", _provider().authorize_redirect(back))
    except RequestException as error:
        return _failed(error)


@blueprint.get("/sign-in/outside/back")
def outside_back() -> Response:
    """Take what the provider says: sign in, link, or ask for what is missing."""
    try:
        token = _provider().authorize_access_token()
    except (OAuthError, OAuth2Error, JoseError, RequestException, ValueError) as error:
        return _failed(error)
    claims = token.get("userinfo") or {}
    if not claims.get("sub") or not claims.get("email") or claims.get("email_verified") is not True:
        flash(gettext("The provider does not vouch for your e-mail address."), "error")
        return to("security.login")
    return _receive(
        Person(
            issuer=str(claims["iss"]),
            subject=str(claims["sub"]),
            email=str(claims["email"]).strip().lower(),
            name=" ".join(str(claims.get("name") or "").split())[:60],
        )
    )


def _receive(person: Person) -> Response:
    viewer = current_member()
    with transaction() as rows:
        known = rows.get(OutsideIdentity, (person.issuer, person.subject))
        if viewer is not None:
            if known is None:
                _link(rows, operations.get(rows, viewer.id), person)
            elif known.member_id != viewer.id:
                flash(gettext("This outside account belongs to another member."), "error")
                return to("members.settings")
            flash(gettext("The outside sign-in is linked to your account."), "success")
            return to("members.settings")
        member = operations.get(rows, known.member_id) if known is not None else None
        taken = operations.find_by_email(rows, person.email) is not None
    if member is not None:
        return _enter(member)
    if taken:
        flash(
            gettext("You have an account already. Sign in with your password, then link it."),
            "info",
        )
        return to("security.login", next=url_for("members.outside_start"))
    session[ARRIVING] = asdict(person)
    return to("members.arrive")


@blueprint.route("/sign-in/outside/arrive", methods=["GET", "POST"])
def arrive() -> str | Response:
    """Ask somebody new for region and consents, and make the account."""
    said = session.get(ARRIVING)
    if not said:
        return to("security.login")
    person = Person(**said)
    form = ArrivalForm(data={"display_name": person.name} if not request.form else None)
    if form.validate_on_submit():
        try:
            member = _join(form, person)
        except UnfitDetails as error:
            show(form, error)
        except EmailTaken as error:
            flash(str(error), "error")
            return to("security.login")
        else:
            session.pop(ARRIVING)
            return sign_in(member, "outside", "shell.home")
    return render_template("members/arrive.html", form=form, person=person)


def _join(form: ArrivalForm, person: Person) -> Member:
    with transaction() as rows:
        member = operations.create(rows, details_of(form), email=person.email)
        arrival_mark.settle(member)
        for purpose in consents_of(form):
            consents.give(rows, member, purpose, member.language)
        _link(rows, member, person)
        operations.confirm(rows, member)
    return member


def _enter(member: Member) -> Response:
    """Sign in by the provider's word; a second factor of ours is asked for all the same."""
    if not member.active:
        flash(gettext("This account is closed. Ask the organizer."), "error")
        return to("security.login")
    half_way = _security.two_factor_plugins.tf_enter(
        member, remember_me=False, primary_authn_via="outside", next_loc=None
    )
    return cast("Response", half_way) if half_way else sign_in(member, "outside", "shell.home")


def _link(rows: Session, member: Member, person: Person) -> None:
    rows.add(
        OutsideIdentity(
            issuer=person.issuer,
            subject=person.subject,
            member_id=member.id,
            linked_at=clock.now(),
        )
    )


def _provider() -> Any:
    oauth = current_app.extensions.get(_OAUTH)
    if oauth is None:
        abort(404)
    return oauth.outside


def _failed(error: Exception) -> Response:
    _log.warning("outside_sign_in_failed", error=type(error).__name__)
    flash(gettext("The outside sign-in did not work. Try again or use your password."), "error")
    return to("security.login")


def _label() -> str:
    """Return what stands on the button, or "" where no provider is configured."""
    settings = _settings()
    if not settings.oidc_issuer:
        return ""
    return settings.oidc_label or gettext("Sign in with the provider")


def _settings() -> Settings:
    return cast("Settings", current_app.extensions["psot.settings"])
