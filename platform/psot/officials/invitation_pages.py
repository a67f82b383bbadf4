"""Invitations: made and counted by officials, opened by anybody who has the link."""

from typing import cast
from uuid import UUID

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.wrappers import Response

from content.regions import by_code
from psot import clock
from psot.config import Settings
from psot.database import transaction
from psot.members import arrival_mark
from psot.members.queries import current_member
from psot.officials import letters, operations, queries, words
from psot.officials.access import allowed, asked_region, viewer
from psot.officials.errors import UnfitInvitation, UnknownInvitation
from psot.officials.forms import InvitationForm
from psot.officials.pages import blueprint


@blueprint.route("/official/invitations", methods=["GET", "POST"])
def invitations() -> ResponseReturnValue:
    """List the invitations into the region, and make one."""
    region = asked_region()
    if region is None:
        return _to("officials.region")
    form = InvitationForm()
    if form.validate_on_submit():
        try:
            with transaction() as session:
                made = operations.invite(
                    session,
                    region=region.code,
                    name=form.name.data or "",
                    days=form.days.data,
                    official=viewer().id,
                )
                made_id = made.id
        except UnfitInvitation as error:
            for name, sentences in error.fields.items():
                form[name].errors = [*form[name].errors, *sentences]
        else:
            flash(gettext("The invitation is ready: copy the link or print the letter."), "success")
            return _to("officials.invitation", invitation_id=made_id)
    with transaction() as session:
        found = queries.invitations(session, region.code)
    return render_template(
        "officials/invitations.html", region=region, form=form, found=found, now=clock.now()
    )


@blueprint.get("/official/invitations/<uuid:invitation_id>")
def invitation(invitation_id: UUID) -> str:
    """Show one invitation: its link, its letter in either language, what came of it."""
    with transaction() as session:
        found = queries.invitation(session, invitation_id)
    region = allowed(viewer(), found.region)
    asked = request.args.get("in", "")
    language = asked if asked in letters.LANGUAGES else words.language()
    link = _link(found.code)
    return render_template(
        "officials/invitation.html",
        region=region,
        one=found,
        link=link,
        language=language,
        letter=letters.letter(found, region, link, language),
        qr=letters.qr(link),
        now=clock.now(),
    )


@blueprint.post("/official/invitations/<uuid:invitation_id>/revoke")
def revoke(invitation_id: UUID) -> ResponseReturnValue:
    """Let the link lead nowhere from now on."""
    with transaction() as session:
        allowed(viewer(), queries.invitation(session, invitation_id).region)
        revoked = operations.revoke(session, invitation_id, official=viewer().id)
    if revoked:
        flash(gettext("The link leads nowhere now; what came of it stays counted."), "success")
    return _to("officials.invitation", invitation_id=invitation_id)


@blueprint.get("/join/<code>")
def join(code: str) -> ResponseReturnValue:
    """Lead a visitor to registration and remember by which invitation they came."""
    if current_member() is not None:
        return redirect("/", 303)
    try:
        with transaction() as session:
            found = operations.open_one(session, code)
            if arrival_mark.remember(found.id):
                operations.count_arrival(session, found.id)
            region = by_code()[found.region]
    except UnknownInvitation:
        flash(gettext("This invitation holds no longer. You can register all the same."), "info")
    else:
        name = region.name(words.language())
        flash(gettext("You are invited to the community: %(region)s.", region=name), "info")
    return _to("security.register")


def _link(code: str) -> str:
    settings = cast("Settings", current_app.extensions["psot.settings"])
    return settings.base_url.rstrip("/") + url_for("officials.join", code=code)


def _to(endpoint: str, **values: object) -> Response:
    return redirect(url_for(endpoint, **values), 303)  # type: ignore[arg-type]  # names of ours only
