"""The member's own pages; signing in and its neighbours are Flask-Security's, in our look."""

import uuid
from dataclasses import replace

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import get_locale, gettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from psot.database import transaction
from psot.members import consents, operations, queries, session_store, sessions
from psot.members.errors import UnfitDetails
from psot.members.forms import ConsentsForm, DetailsForm, details_of, show
from psot.members.models import Member
from psot.members.operations import Details
from psot.members.queries import current_member, public_name

blueprint = Blueprint("members", __name__, template_folder="templates")


def reader_language() -> str:
    """Return "ru" or "en", whichever this reader sees."""
    locale = get_locale()
    return "en" if locale is not None and locale.language == "en" else "ru"


def own(session: Session) -> Member:
    """Return the signed-in member for a write; the door has made sure that there is one."""
    viewer = current_member()
    if viewer is None:
        abort(401)
    return operations.get(session, viewer.id)


def to(endpoint: str, **values: str) -> Response:
    """Return a redirect after a form was taken."""
    return redirect(url_for(endpoint, **values), 303)  # type: ignore[arg-type]  # names of ours only


@blueprint.get("/register/sent")
def sent() -> str:
    """Tell where to look after registering; the same words for everybody."""
    return render_template("members/sent.html")


@blueprint.route("/me/settings", methods=["GET", "POST"])
def settings() -> str | Response:
    """Show and change what the member tells about themselves."""
    with transaction() as session:
        member = own(session)
        form = DetailsForm(obj=member)
        if form.validate_on_submit():
            try:
                with session.begin_nested():
                    told = _count(session, member, details_of(form), counted=form.counted.data)
                    operations.change_details(session, member, told)
            except UnfitDetails as error:
                show(form, error)
            else:
                flash(gettext("Your details are saved."), "success")
                return to("members.settings")
        return render_template(
            "members/settings.html",
            form=form,
            member=member,
            municipalities=queries.municipalities_known(session, member.region),
        )


def _count(session: Session, member: Member, told: Details, *, counted: bool) -> Details:
    """Give or withdraw the consent that a municipality is kept by; it goes with the consent."""
    if counted:
        consents.give(session, member, consents.REGION_COUNTS, reader_language())
    elif member.counted:
        consents.withdraw(session, member, consents.REGION_COUNTS)
        return replace(told, municipality="")
    return told


@blueprint.get("/me/sessions")
def own_sessions() -> str:
    """List the browsers that are signed in."""
    with transaction() as session:
        rows = session_store.of_member(session, own(session).id)
    return render_template("members/sessions.html", rows=rows, current=sessions.current_key())


@blueprint.post("/me/sessions/<uuid:key>/end")
def end_session(key: uuid.UUID) -> Response:
    """End one of the member's own sessions, and its sockets with it."""
    with transaction() as session:
        ended = session_store.end(session, key, member=own(session).id)
    sessions.announce(ended)
    if ended:
        flash(gettext("The session is ended."), "success")
    return to("members.own_sessions")


@blueprint.post("/me/sessions/end-others")
def end_other_sessions() -> Response:
    """End all of the member's sessions but this one."""
    with transaction() as session:
        ended = operations.end_sessions(session, own(session).id, keep=sessions.current_key())
    sessions.announce(ended)
    flash(gettext("All other sessions are ended."), "success")
    return to("members.own_sessions")


@blueprint.route("/me/consents", methods=["GET", "POST"])
def own_consents() -> str | Response:
    """Show what the member agreed to, and give or withdraw what is optional."""
    with transaction() as session:
        member = own(session)
        # Nothing ticked is an answer too: it is taken from the form even where that is empty.
        ticked = request.form if request.method == "POST" else None
        form = ConsentsForm(
            ticked, data={"publish_name": member.name_public, "region_counts": member.counted}
        )
        if form.validate_on_submit():
            given = frozenset(one for one in consents.OPTIONAL if form[one].data)
            operations.set_consents(session, member, given, reader_language())
            flash(gettext("Your consents are saved."), "success")
            return to("members.own_consents")
        return render_template(
            "members/consents.html",
            form=form,
            member=member,
            standing=consents.standing(session, member.id),
            public_name=str(public_name(member.name_public, member.display_name, member.number)),
            purposes=consents.PURPOSES,
        )


@blueprint.get("/documents/<purpose>")
@blueprint.get("/documents/<purpose>/<int:version>")
def document(purpose: str, version: int = 0) -> str:
    """Show the text of a consent: the newest version, or the one that was agreed to."""
    try:
        text = (
            consents.document(purpose, version, reader_language())
            if version
            else consents.newest(purpose, reader_language())
        )
    except LookupError:
        abort(404)
    return render_template("members/document.html", document=text)
