"""The organizer's view of the outbox; what a mail says is shown only without a mail server."""

import uuid
from typing import cast

from flask import abort, current_app, render_template
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from psot.config import Settings
from psot.database import transaction
from psot.members.models import Mail, Member, MemberRole
from psot.members.pages import blueprint
from psot.members.queries import current_member
from psot.policies import SECOND_FACTOR

NEWEST = 100


@blueprint.get("/organizer/mails")
def mails() -> str:
    """List the newest mails with what became of them."""
    with transaction() as session:
        rows = session.scalars(select(Mail).order_by(Mail.created_at.desc()).limit(NEWEST)).all()
        waiting = session.scalar(
            select(func.count()).select_from(Mail).where(Mail.sent_at.is_(None))
        )
    return render_template(
        "members/mails.html", rows=rows, waiting=waiting or 0, server=_settings().smtp_host
    )


@blueprint.get("/organizer/mails/<uuid:mail_id>")
def one_mail(mail_id: uuid.UUID) -> str:
    """Show one mail."""
    with transaction() as session:
        mail = session.get(Mail, mail_id)
        if mail is None:
            abort(404)
        readable = _may_read(session, mail)
    return render_template("members/mail.html", mail=mail, readable=readable)


def _may_read(session: Session, mail: Mail) -> bool:
    """Whether the text may be shown: its links open accounts, so never one above the reader's."""
    settings, viewer = _settings(), current_member()
    if settings.smtp_host or viewer is None:
        return False
    if settings.demo or viewer.has_role("administrator"):
        return True
    staff = session.scalar(
        select(func.count())
        .select_from(MemberRole)
        .join(Member, Member.id == MemberRole.member_id)
        .where(func.lower(Member.email) == mail.recipient.lower())
        .where(MemberRole.name.in_(SECOND_FACTOR))
    )
    return not staff


def _settings() -> Settings:
    return cast("Settings", current_app.extensions["psot.settings"])
