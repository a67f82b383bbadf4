"""The member's own tokens: make one, see it once, take it back."""

import uuid

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from psot import clock
from psot.api import operations, queries, scopes
from psot.api.errors import TooManyTokens
from psot.api.identity import caller
from psot.api.scopes import READ
from psot.database import transaction
from psot.observability.logs import security_log

blueprint = Blueprint("tokens", __name__, template_folder="templates")

LIFETIMES = (
    ("30", lazy_gettext("30 days")),
    ("90", lazy_gettext("90 days")),
    ("365", lazy_gettext("A year")),
)


class TokenForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """What a token is to be called, what it may do, and for how long."""

    name = StringField(
        lazy_gettext("What to call it"),
        [InputRequired(lazy_gettext("Name it, to know it again.")), Length(max=60)],
        description=lazy_gettext("What will use it, such as “report script”."),
    )
    scopes = SelectMultipleField(
        lazy_gettext("What it may do"),
        [InputRequired(lazy_gettext("Choose at least one."))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    days = RadioField(lazy_gettext("Valid for"), choices=lambda: LIFETIMES, default="90")


@blueprint.get("/me/tokens")
def own() -> str:
    """List the member's tokens and offer a new one."""
    return _page(_form())


@blueprint.post("/me/tokens")
def make() -> str | Response:
    """Make a token and show it, this once."""
    form, member = _form(), caller()
    if not form.validate_on_submit():
        return _page(form)
    try:
        with transaction() as session:
            made = operations.make_token(
                session,
                member=member.id,
                roles=member.roles,
                name=form.name.data.strip(),
                wanted=form.scopes.data,
                days=int(form.days.data),
                now=clock.now(),
            )
    except TooManyTokens as error:
        form.form_errors.append(str(error.message))
        return _page(form)
    security_log().info("api_key_made", member=str(member.id), key=str(made.id))
    return _page(_form(empty=True), secret=made.secret, made=made.id)


@blueprint.post("/me/tokens/<uuid:token>/revoke")
def revoke(token: uuid.UUID) -> Response:
    """Take a token back."""
    member = caller()
    with transaction() as session:
        operations.revoke_token(session, member=member.id, token=token)
    security_log().info("api_key_revoked", member=str(member.id), key=str(token))
    flash(gettext("The token is revoked."), "success")
    return redirect(url_for("tokens.own"), 303)


def _form(*, empty: bool = False) -> TokenForm:
    form = TokenForm(formdata=None) if empty else TokenForm()
    form.scopes.choices = [(one.name, one.label) for one in scopes.offered(caller().roles)]
    if not form.is_submitted() or empty:
        form.scopes.data = [READ]
    return form


def _page(form: TokenForm, secret: str = "", made: uuid.UUID | None = None) -> str:
    with transaction() as session:
        rows = _rows(session)
    labels = {one.name: one.label for one in scopes.SCOPES}
    return render_template(
        "api/tokens.html",
        form=form,
        rows=rows,
        secret=secret,
        made=made,
        labels=labels,
        now=clock.now(),
    )


def _rows(session: Session) -> list[queries.TokenView]:
    return queries.tokens_of(session, caller().id)
