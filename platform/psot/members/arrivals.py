"""Pages by which a member arrives with an invitation."""

from flask import flash, render_template
from flask_babel import gettext
from flask_security.utils import hash_password, login_user
from werkzeug.wrappers import Response

from psot.database import transaction
from psot.members import consents, invitations, operations
from psot.members.accounts import accounts
from psot.members.errors import UnfitDetails
from psot.members.forms import InvitedForm, consents_of, details_of, show
from psot.members.models import Invitation, Member
from psot.members.pages import blueprint, to
from psot.members.queries import current_member

NEXT = "security.two_factor_setup"


@blueprint.route("/invitation/<token>", methods=["GET", "POST"])
def accept_invitation(token: str) -> str | Response:
    """Let the invited take up a role: as themselves where they are a member, else as a new one."""
    with transaction() as session:
        invitation = invitations.look(session, token)
        member = operations.find_by_email(session, invitation.email)
    if member is None:
        return _as_newcomer(token, invitation)
    return _as_member(token, invitation, member)


def _as_member(token: str, invitation: Invitation, member: Member) -> str | Response:
    viewer, form = current_member(), InvitedForm()
    if viewer is None or viewer.id != member.id:
        flash(gettext("Sign in as %(email)s to take up the role.", email=invitation.email), "info")
        return to("security.login", next=f"/invitation/{token}")
    if not form.is_submitted():
        return render_template(
            "members/invitation.html", form=form, invitation=invitation, known=True
        )
    with transaction() as session:
        open_one = invitations.look(session, token, to_use=True)
        invitations.accept(session, open_one, operations.get(session, member.id))
    flash(gettext("You have a new role."), "success")
    return to(NEXT)


def _as_newcomer(token: str, invitation: Invitation) -> str | Response:
    form = InvitedForm()
    form.email = invitation.email
    if form.validate_on_submit():
        try:
            member = _join(token, form)
        except UnfitDetails as error:
            show(form, error)
        else:
            return sign_in(member, "invitation", NEXT)
    return render_template("members/invitation.html", form=form, invitation=invitation, known=False)


def _join(token: str, form: InvitedForm) -> Member:
    with transaction() as session:
        invitation = invitations.look(session, token, to_use=True)
        member = operations.create(
            session,
            details_of(form),
            email=invitation.email,
            password_hash=hash_password(form.password.data or ""),
        )
        for purpose in consents_of(form):
            consents.give(session, member, purpose, member.language)
        invitations.accept(session, invitation, member)
    return member


def sign_in(member: Member, via: str, endpoint: str) -> Response:
    """Sign in ``member``, who is committed already, and go on to ``endpoint``."""
    known = accounts().signed_in(member.fs_uniquifier)
    if known is not None:
        login_user(known, authn_via=[via])
    return to(endpoint)
